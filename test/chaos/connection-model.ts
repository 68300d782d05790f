import fc from 'fast-check';
import { SOCKETS_PER_HOST, SOCKETS_TOTAL } from '@/connection';
import type { WxSocketTask } from '@/connection/wx-socket-gate';
import type { AttemptOutcome, SyncEnd } from '../unit/fakes/fake-nim';
import { as, createRig, type Rig } from '../unit/fakes/rig';

/** A step of a random story. The steps cover every event that a client can meet. */
export type Step =
  | { do: 'login'; account: string }
  | { do: 'abortLogin'; account: string; afterMs: number }
  | { do: 'logout' | 'hide' | 'show' | 'offline' | 'online' | 'kick' | 'cut' | 'retryNow' }
  | { do: 'server'; outcome: AttemptOutcome }
  | { do: 'sync'; end: SyncEnd }
  /** Signs in with a provider that answers after this time; Infinity means never. */
  | { do: 'loginDynamic'; account: string; answerMs: number }
  | { do: 'unanswered' | 'logoutHangs' }
  /** The host drops every socket without an event. */
  | { do: 'dropSilently'; errMsg: string }
  | { do: 'alive'; alive: boolean }
  | { do: 'closeSpeed'; closeMs: number }
  | { do: 'ignoreClose'; ignore: boolean }
  | { do: 'roomOpen'; host: string }
  | { do: 'roomClose' }
  | { do: 'lease'; roomId: string }
  | { do: 'release' }
  | { do: 'wait'; ms: number };

const account = fc.constantFrom('u1', 'u2', 'u3');

const outcome: fc.Arbitrary<AttemptOutcome> = fc.oneof(
  fc.constant<AttemptOutcome>('ok'),
  fc.constantFrom<AttemptOutcome>('refuseSocket', 'silent', 'openAndFailed', 'openAndForgotten'),
  fc.constantFrom(302, 403, 422, 500, 503, 399).map((code) => ({ code })),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('login' as const), account }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('abortLogin' as const),
      account,
      afterMs: fc.nat(3000),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom(
        ...(['logout', 'hide', 'show', 'offline', 'online', 'kick', 'cut', 'retryNow'] as const),
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('server' as const), outcome }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('sync' as const),
      end: fc.constantFrom<SyncEnd>('never', { code: 416 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('loginDynamic' as const),
      account,
      answerMs: fc.constantFrom(0, 500, 9_999, Number.POSITIVE_INFINITY),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('unanswered' as const, 'logoutHangs' as const) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('dropSilently' as const),
      errMsg: fc.constantFrom(
        'closeSocket:fail task not found',
        'closeSocket:fail taskID not exist',
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('alive' as const), alive: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('closeSpeed' as const),
      closeMs: fc.constantFrom(0, 300, 2000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('ignoreClose' as const), ignore: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('roomOpen' as const),
      host: fc.constantFrom('link', 'room'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('roomClose' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('lease' as const),
      roomId: fc.constantFrom('1', '2', '3'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(1, 10, 50, 300, 1000, 5000, 40_000),
    }),
  },
);

export const story: fc.Arbitrary<{ steps: Step[]; jitter: number }> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 30 }),
  jitter: fc.double({ min: 0, max: 0.999, noNaN: true }),
});

/** The last request of the user, which must be fulfilled at the end. */
type LastRequest =
  | { kind: 'none' | 'out' | 'ended' }
  | { kind: 'either'; account: string }
  | { kind: 'in'; account: string; instancesBefore: number; done: boolean };

/** Sockets to rooms: plain sockets, and functions that close leased sockets. */
interface Rooms {
  sockets: WxSocketTask[];
  leaves: (() => void)[];
}

/**
 * Plays a story and throws when a limit is broken, the machine is stuck or the last request is not fulfilled.
 */
export async function play({ steps, jitter }: { steps: Step[]; jitter: number }): Promise<void> {
  const rig = createRig({ random: () => jitter });
  const rooms: Rooms = { sockets: [], leaves: [] };
  let last: LastRequest = { kind: 'none' };
  for (const each of steps) {
    last = await perform(rig, rooms, each, last);
    checkLimits(rig, each);
  }
  await recover(rig, rooms);
  checkEnd(rig, last);
}

async function perform(
  rig: Rig,
  rooms: Rooms,
  each: Step,
  last: LastRequest,
): Promise<LastRequest> {
  const { manager, server, clock } = rig;
  const ignore = () => undefined;
  switch (each.do) {
    case 'login': {
      const next: LastRequest = {
        kind: 'in',
        account: each.account,
        instancesBefore: rig.nims.length,
        done: false,
      };
      manager.login(as(each.account)).then(() => (next.done = true), ignore);
      return next;
    }
    case 'loginDynamic': {
      const next: LastRequest = {
        kind: 'in',
        account: each.account,
        instancesBefore: rig.nims.length,
        done: false,
      };
      const { answerMs } = each;
      let asked = 0;
      const tokenProvider = () =>
        new Promise<string>((resolve) => {
          // Only the first request for a token is answered late, or never.
          const ms = asked++ === 0 ? answerMs : 0;
          if (Number.isFinite(ms)) clock.setTimeout(() => resolve('token'), ms);
        });
      const login = manager.login({ accountId: each.account, authType: 'dynamic', tokenProvider });
      login.then(() => (next.done = true), ignore);
      return next;
    }
    case 'sync':
      server.syncs.push(each.end);
      return last;
    case 'unanswered':
      if (rig.nims.length > 0) void rig.nim().unanswered();
      return last;
    case 'logoutHangs':
      server.logoutHangs = true;
      return last;
    case 'dropSilently':
      rig.host.dropSilently(each.errMsg);
      return last;
    case 'abortLogin': {
      const abort = new AbortController();
      let isDone = false;
      const login = manager.login(as(each.account), { signal: abort.signal });
      login.then(() => (isDone = true), ignore);
      await clock.advance(each.afterMs);
      abort.abort();
      // Aborting a finished login changes nothing, whatever the state of its link; otherwise the login ends.
      return isDone
        ? { kind: 'in', account: each.account, instancesBefore: 0, done: true }
        : { kind: 'ended' };
    }
    case 'logout':
      void manager.logout();
      return { kind: 'out' };
    case 'kick': {
      if (rig.nims.length === 0 || rig.nim().loginStatus() !== 1) return last;
      rig.nim().kick();
      if (last.kind !== 'in') return last;
      if (last.done || rig.nims.length > last.instancesBefore) return { kind: 'ended' };
      // The sign-in was requested in the same turn, so the kick may come before or after the sign-in.
      return { kind: 'either', account: last.account };
    }
    case 'cut':
      if (rig.nims.length > 0) rig.nim().cut();
      return last;
    case 'retryNow':
      manager.retryNow();
      return last;
    case 'hide':
      rig.hide();
      return last;
    case 'show':
      rig.show();
      return last;
    case 'offline':
      rig.setNetwork(false);
      return last;
    case 'online':
      rig.setNetwork(true);
      return last;
    case 'server':
      server.script.push(each.outcome);
      return last;
    case 'alive':
      server.alive = each.alive;
      return last;
    case 'closeSpeed':
      rig.host.options.closeMs = each.closeMs;
      return last;
    case 'ignoreClose':
      rig.host.ignoreCloseWhileConnecting = each.ignore;
      return last;
    case 'roomOpen':
      rooms.sockets.push(
        rig.connect(
          each.host === 'link' ? server.url : 'wss://room.example/socket',
          `room:${rooms.sockets.length}`,
        ),
      );
      return last;
    case 'roomClose':
      rooms.sockets.shift()?.close();
      return last;
    case 'lease':
      manager.rooms.lease(each.roomId).then((lease) => {
        const socket = rig.connect('wss://room.example/socket', lease.owner);
        const leave = () => {
          socket.close();
          void lease.release();
        };
        lease.onRevoked(leave);
        rooms.leaves.push(leave);
      }, ignore);
      return last;
    case 'release':
      rooms.leaves.shift()?.();
      return last;
    case 'wait':
      await clock.advance(each.ms);
      return last;
  }
}

function checkLimits(rig: Rig, after: Step): void {
  const { host } = rig;
  const im = rig.gate
    .list()
    .filter(({ owner, state }) => owner.startsWith('im') && state !== 'held').length;
  if (host.maxLive > SOCKETS_TOTAL || host.maxPerHost > SOCKETS_PER_HOST || im > 1) {
    throw new Error(
      `limits broken after ${JSON.stringify(after)}: ${host.maxLive} live, ${host.maxPerHost} a host, ${im} IM`,
    );
  }
}

/** Removes every fault and lets time pass, so that a stuck machine has no excuse. */
async function recover(rig: Rig, rooms: Rooms): Promise<void> {
  rig.server.script = [];
  rig.server.syncs = [];
  rig.server.logoutHangs = false;
  rig.server.alive = true;
  rig.host.ignoreCloseWhileConnecting = false;
  for (const room of rooms.sockets.splice(0)) room.close();
  for (const leave of rooms.leaves.splice(0)) leave();
  rig.setNetwork(true);
  rig.show();
  // A sync that never ends times out after at most 160 s.
  await rig.clock.advance(4 * 60_000);
  // A lease that waited for a place has the place now.
  for (const leave of rooms.leaves.splice(0)) leave();
  await rig.clock.advance(60_000);
}

function checkEnd(rig: Rig, last: LastRequest): void {
  const { manager, gate } = rig;
  const state = manager.state.name;
  const who = manager.connection?.accountId;
  const im = gate.list().filter(({ owner }) => owner.startsWith('im')).length;
  const found = `${state} as ${who ?? 'nobody'}, ${im} IM sockets, ${gate.counts().held} held`;
  const final = ['loggedOut', 'kicked', 'refused', 'lost', 'idle'].includes(state);
  if (final && (manager.connection !== null || im !== 0))
    throw new Error(`the login ended, but a connection or a socket is left: ${found}`);
  if (manager.rooms.rooms().length > 0) throw new Error(`a room is still leased: ${found}`);
  if (gate.counts().held > 0) throw new Error(`a connect is still held: ${found}`);
  const held = state === 'online' && im === 1;
  if (last.kind === 'either') {
    if (!final && !(held && who === last.account))
      throw new Error(`expected ${last.account}, got ${found}`);
  } else if (last.kind === 'in') {
    // The server may have sent a final refusal; then the login has ended, and the user is informed.
    const refused = state === 'refused';
    if (!refused && !(held && who === last.account)) {
      throw new Error(`expected ${last.account}, got ${found}`);
    }
  } else if (!final) {
    throw new Error(`expected ${last.kind}, got ${found}`);
  }
}
