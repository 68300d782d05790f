import type { Emulator } from '../../emulator';
import type { Actor } from './connection-actors';

/**
 * A situation of the table in docs/connection.md: the actions of an app, and the account that must be online
 * at the end.
 */
export interface Row {
  name: string;
  /** Plays the situation. Resolves after the last request of the app. */
  play(actor: Actor, emulator: Emulator): Promise<void>;
  /** The account that must be online at the end. */
  expected: string;
  /** The row takes most of a minute of real time because of the SDK's own timers. */
  slow?: boolean;
  /** The row takes a minute, and runs in `npm run bench -- connection` only. */
  benchOnly?: boolean;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const quiet = (work: Promise<unknown>) => work.catch(() => undefined);

/** Resolves when the actor has detected the loss of its link. */
async function offline(actor: Actor): Promise<void> {
  while (actor.online() !== undefined) await pause(1);
}

export const ROWS: readonly Row[] = [
  {
    name: 'login of another account while logged in',
    expected: 'u2',
    play: async (actor) => {
      await actor.login('u1');
      await actor.login('u2');
    },
  },
  {
    name: 'login of another account while logging in',
    expected: 'u2',
    play: async (actor) => {
      const first = quiet(actor.login('u1'));
      await actor.login('u2');
      await first;
    },
  },
  {
    name: 'logout and login, four times',
    expected: 'u1',
    play: async (actor) => {
      await actor.login('u1');
      for (let i = 0; i < 4; i++) {
        await actor.logout();
        await actor.login('u1');
      }
    },
  },
  {
    name: 'destroy and a new instance at once',
    expected: 'u2',
    play: async (actor) => {
      await actor.login('u1');
      const gone = quiet(actor.destroy());
      await actor.login('u2');
      await gone;
    },
  },
  {
    name: 'first login refused with 503 three times',
    expected: 'u1',
    play: async (actor, emulator) => {
      emulator.faults.add({ kind: 'command', command: '26_3', code: 503, times: 3 });
      await quiet(actor.login('u1'));
    },
  },
  {
    name: 'network off and on, four times in 0.3 s',
    expected: 'u1',
    play: async (actor) => {
      await actor.login('u1');
      for (let i = 0; i < 4; i++) {
        actor.wx.network.set(false);
        await pause(35);
        actor.wx.network.set(true);
        await pause(35);
      }
    },
  },
  {
    name: 'server closes the link',
    expected: 'u1',
    play: async (actor, emulator) => {
      await actor.login('u1');
      emulator.faults.cut({ how: 'close' });
      await offline(actor);
    },
  },
  {
    name: 'server sends 0::',
    expected: 'u1',
    play: async (actor, emulator) => {
      await actor.login('u1');
      emulator.faults.cut({ how: 'disconnect' });
      await offline(actor);
    },
  },
  {
    name: 'no 1:: on the first link',
    expected: 'u1',
    slow: true,
    play: async (actor, emulator) => {
      emulator.faults.add({ kind: 'noConnectFrame', times: 1 });
      await actor.login('u1');
    },
  },
  {
    name: 'login not answered once',
    expected: 'u1',
    slow: true,
    play: async (actor, emulator) => {
      emulator.faults.add({ kind: 'command', command: '26_3', drop: 'request', times: 1 });
      await actor.login('u1');
    },
  },
  {
    // 30 s to the next heartbeat, then 8 s and five probes of 3 s (docs/yunxin-protocol.md, section 1.5).
    name: 'heartbeat unanswered (half-open link)',
    expected: 'u1',
    benchOnly: true,
    play: async (actor, emulator) => {
      await actor.login('u1');
      emulator.faults.halfOpen();
      await offline(actor);
    },
  },
];

export interface Outcome {
  maxLive: number;
  maxPerHost: number;
  requestsLost: number;
}

const SETTLE_MS = 20_000;

/** Plays a row and waits until the expected account is online, or for 20 s. */
export async function outcomeOf(row: Row, actor: Actor, emulator: Emulator): Promise<Outcome> {
  await row.play(actor, emulator);
  const until = Date.now() + SETTLE_MS;
  while (actor.online() !== row.expected && Date.now() < until) await pause(20);
  const requestsLost = actor.online() === row.expected ? 0 : 1;
  const { maxLive, maxOfAnyHost } = actor.wx.sockets;
  return { maxLive, maxPerHost: maxOfAnyHost, requestsLost };
}
