import fc from 'fast-check';
import { SOCKETS_PER_HOST, SOCKETS_TOTAL } from '@/connection';
import type { WxSocketTask } from '@/connection/wx-socket-gate';
import type { AttemptOutcome, SyncEnd } from '../unit/fakes/fake-nim';
import { as, createRig, type Rig } from '../unit/fakes/rig';

/** One step of a random story; all of them together are what can happen to a client. */
export type Step =
  | { do: 'login' | 'switch'; account: string }
  | { do: 'abortLogin'; account: string; afterMs: number }
  | { do: 'logout' | 'hide' | 'show' | 'offline' | 'online' | 'kick' | 'cut' | 'retryNow' }
  | { do: 'server'; outcome: AttemptOutcome }
  | { do: 'sync'; end: SyncEnd }
  /** A sign-in with a provider, which answers after so long; Infinity: never. */
  | { do: 'loginDynamic'; account: string; answerMs: number }
  | { do: 'unanswered' | 'farewellHangs' }
  /** Every socket is gone for the host without a word. */
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
    arbitrary: fc.record({ do: fc.constantFrom('login' as const, 'switch' as const), account }),
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
    arbitrary: fc.record({ do: fc.constantFrom('unanswered' as const, 'farewellHangs' as const) }),
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

/** What the user wished last; in the end it must hold. */
type Wish =
  | { kind: 'none' | 'out' | 'ended' }
  | { kind: 'either'; account: string }
  | { kind: 'in'; account: string; instancesBefore: number; done: boolean };

/** Sockets to rooms: plain ones, and ways out of leased ones. */
interface Rooms {
  sockets: WxSocketTask[];
  leaves: (() => void)[];
}

/** Plays a story and throws when a limit is broken, the machine is stuck or the last wish does not hold. */
export async function play({ steps, jitter }: { steps: Step[]; jitter: number }): Promise<void> {
  const rig = createRig({ random: () => jitter });
  const rooms: Rooms = { sockets: [], leaves: [] };
  let wish: Wish = { kind: 'none' };
  for (const each of steps) {
    wish = await perform(rig, rooms, each, wish);
    checkLimits(rig, each);
  }
  await recover(rig, rooms);
  checkEnd(rig, wish);
}

async function perform(rig: Rig, rooms: Rooms, each: Step, wish: Wish): Promise<Wish> {
  const { manager, server, clock } = rig;
  const ignore = () => undefined;
  switch (each.do) {
    case 'login':
    case 'switch': {
      const next: Wish = {
        kind: 'in',
        account: each.account,
        instancesBefore: rig.nims.length,
        done: false,
      };
      const login =
        each.do === 'login'
          ? manager.login(as(each.account))
          : manager.switchAccount(as(each.account));
      login.then(() => (next.done = true), ignore);
      return next;
    }
    case 'loginDynamic': {
      const next: Wish = {
        kind: 'in',
        account: each.account,
        instancesBefore: rig.nims.length,
        done: false,
      };
      const { answerMs } = each;
      let asked = 0;
      const tokenProvider = () =>
        new Promise<string>((resolve) => {
          // Only the first question is answered late, or never.
          const ms = asked++ === 0 ? answerMs : 0;
          if (Number.isFinite(ms)) clock.setTimeout(() => resolve('token'), ms);
        });
      const login = manager.login({ accountId: each.account, authType: 'dynamic', tokenProvider });
      login.then(() => (next.done = true), ignore);
      return next;
    }
    case 'sync':
      server.syncs.push(each.end);
      return wish;
    case 'unanswered':
      if (rig.nims.length > 0) void rig.nim().unanswered();
      return wish;
    case 'farewellHangs':
      server.farewellHangs = true;
      return wish;
    case 'dropSilently':
      rig.host.dropSilently(each.errMsg);
      return wish;
    case 'abortLogin': {
      const abort = new AbortController();
      let isDone = false;
      const login = manager.login(as(each.account), { signal: abort.signal });
      login.then(() => (isDone = true), ignore);
      await clock.advance(each.afterMs);
      abort.abort();
      // Aborting a login that is already done changes nothing, whatever became of its link; else it ends.
      return isDone
        ? { kind: 'in', account: each.account, instancesBefore: 0, done: true }
        : { kind: 'ended' };
    }
    case 'logout':
      void manager.logout();
      return { kind: 'out' };
    case 'kick': {
      if (rig.nims.length === 0 || rig.nim().loginStatus() !== 1) return wish;
      rig.nim().kick();
      if (wish.kind !== 'in') return wish;
      if (wish.done || rig.nims.length > wish.instancesBefore) return { kind: 'ended' };
      // The sign-in was asked for in this very moment: the kick may come before or after it.
      return { kind: 'either', account: wish.account };
    }
    case 'cut':
      if (rig.nims.length > 0) rig.nim().cut();
      return wish;
    case 'retryNow':
      manager.retryNow();
      return wish;
    case 'hide':
      rig.hide();
      return wish;
    case 'show':
      rig.show();
      return wish;
    case 'offline':
      rig.setNetwork(false);
      return wish;
    case 'online':
      rig.setNetwork(true);
      return wish;
    case 'server':
      server.script.push(each.outcome);
      return wish;
    case 'alive':
      server.alive = each.alive;
      return wish;
    case 'closeSpeed':
      rig.host.options.closeMs = each.closeMs;
      return wish;
    case 'ignoreClose':
      rig.host.ignoreCloseWhileConnecting = each.ignore;
      return wish;
    case 'roomOpen':
      rooms.sockets.push(
        rig.connect(
          each.host === 'link' ? server.url : 'wss://room.example/socket',
          `room:${rooms.sockets.length}`,
        ),
      );
      return wish;
    case 'roomClose':
      rooms.sockets.shift()?.close();
      return wish;
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
      return wish;
    case 'release':
      rooms.leaves.shift()?.();
      return wish;
    case 'wait':
      await clock.advance(each.ms);
      return wish;
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

/** Everything works again and time passes: no fault is left that would excuse a stuck machine. */
async function recover(rig: Rig, rooms: Rooms): Promise<void> {
  rig.server.script = [];
  rig.server.syncs = [];
  rig.server.farewellHangs = false;
  rig.server.alive = true;
  rig.host.ignoreCloseWhileConnecting = false;
  for (const room of rooms.sockets.splice(0)) room.close();
  for (const leave of rooms.leaves.splice(0)) leave();
  rig.setNetwork(true);
  rig.show();
  // The limit of a sync that never ends is 160 s at most.
  await rig.clock.advance(4 * 60_000);
  // A lease that was waiting for its place has it now.
  for (const leave of rooms.leaves.splice(0)) leave();
  await rig.clock.advance(60_000);
}

function checkEnd(rig: Rig, wish: Wish): void {
  const { manager, gate } = rig;
  const state = manager.state.name;
  const who = manager.connection?.accountId;
  const im = gate.list().filter(({ owner }) => owner.startsWith('im')).length;
  const told = `${state} as ${who ?? 'nobody'}, ${im} IM sockets, ${gate.counts().held} held`;
  const final = ['loggedOut', 'kicked', 'refused', 'lost', 'idle'].includes(state);
  if (final && (manager.connection !== null || im !== 0))
    throw new Error(`over, but something is left: ${told}`);
  if (manager.rooms.rooms().length > 0) throw new Error(`a room is still leased: ${told}`);
  if (gate.counts().held > 0) throw new Error(`a connect is still held: ${told}`);
  const held = state === 'online' && im === 1;
  if (wish.kind === 'either') {
    if (!final && !(held && who === wish.account))
      throw new Error(`wished ${wish.account}, got ${told}`);
  } else if (wish.kind === 'in') {
    // The server may have said a final no; then that is the end, and the user was told.
    const refused = state === 'refused';
    if (!refused && !(held && who === wish.account)) {
      throw new Error(`wished ${wish.account}, got ${told}`);
    }
  } else if (!final) {
    throw new Error(`wished ${wish.kind}, got ${told}`);
  }
}
