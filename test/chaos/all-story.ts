import type { Fault } from '../../emulator/faults/fault-types';
import type { CutHow } from '../../emulator/faults/faults';
import { seededRandom } from '../../emulator/faults/random';
import { formatSteps } from './problems';

/** The devices of a story. Anna has two; Dora has none, and the server sends in Dora's name. */
export const DEVICES = ['anna/phone', 'anna/tablet', 'ben/phone', 'chen/phone'] as const;
export type DeviceName = (typeof DEVICES)[number];
export const PEOPLE = ['anna', 'ben', 'chen', 'dora'] as const;
export type Person = (typeof PEOPLE)[number];
/** A chat: with a person, or with the team. The chatroom is a page of its own. */
export type Place = Person | 'team';

/** The kinds of messages that a client sends. */
const KINDS = [
  'text',
  'image',
  'audio',
  'video',
  'file',
  'location',
  'tips',
  'nameCard',
  'custom',
] as const;
export type SentKind = (typeof KINDS)[number];

/** A step of a story. `nth` selects from the current candidates, modulo their number. */
export type AllStep =
  | { do: 'wait'; ms: number }
  | { do: 'open'; who: DeviceName; place: Place }
  | { do: 'close' | 'resend' | 'older' | 'scrollUp' | 'scrollDown'; who: DeviceName }
  /** Sends this many messages of a kind in a single turn into the open chat. */
  | { do: 'write'; who: DeviceName; kind: SentKind; count: number }
  | { do: 'recall' | 'edit' | 'remove' | 'react' | 'pin' | 'unpin'; who: DeviceName; nth: number }
  | { do: 'clear'; who: DeviceName; place: Place }
  | { do: 'draft'; who: DeviceName; place: Place; nth: number }
  | { do: 'enterRoom' | 'leaveRoom'; who: DeviceName }
  | { do: 'writeInRoom'; who: DeviceName; count: number }
  /** The server sends or recalls in the name of Dora. */
  | { do: 'doraWrites'; to: Place | 'room'; count: number }
  | { do: 'doraRecalls'; to: Place | 'room'; nth: number }
  /** `cut`: WeChat closes the sockets of the app in the background. */
  | { do: 'hide'; who: DeviceName; cut: boolean }
  | { do: 'show'; who: DeviceName }
  /** WeChat ends the app; `start` is a cold start with the storage and the files that are left. */
  | { do: 'end' | 'start'; who: DeviceName }
  /** The user switches to another account of the device. */
  | { do: 'switch'; who: DeviceName; to: Person }
  | { do: 'network'; who: DeviceName; on: boolean }
  | { do: 'refuseConnects'; who: DeviceName; times: number }
  | { do: 'storage'; who: DeviceName; is: 'fine' | 'full' | 'broken' }
  /** The clock of the device jumps by this many milliseconds. */
  | { do: 'shiftClock'; who: DeviceName; ms: number }
  /** The app server has given the account another token; the old token is refused. */
  | { do: 'expireToken'; account: Person }
  /** The server ends and starts again from its data directory. */
  | { do: 'restartServer'; downMs: number }
  | { do: 'cut'; account: Person; how: CutHow }
  | { do: 'halfOpen' | 'restore'; account: Person }
  | { do: 'fault'; fault: Fault; forMs: number }
  /** Calls `AllOptions.onMeasure`. */
  | { do: 'measure' };

export interface AllStory {
  seed: number;
  steps: AllStep[];
  /** Delay of a device's `onClose`, ms. */
  closeDelayMs: number;
}

const HOUR = 3_600_000;
/** Number of messages that users and the server send; some are refused, and about 500 reach the log of the server. */
const MESSAGES = 620;
/** Commands that a client sends in chats and teams, by `sid_cid`. */
const SENDS = ['30_1', '30_1', '31_2'];
const HISTORY = ['30_6', '31_23'];
const ACTS = [
  ...['30_13', '30_23', '30_18', '30_31', '31_37', '33_3', '33_4', '33_7', '33_15', '33_17'],
  ...['33_21', '7_25', '7_16', '30_11', '31_28', '31_29'],
];
/** As `nth`: the newest candidate. */
const NEWEST = -1;
const SYNC = '27_1';
const LOGIN = '26_3';
const ROOM = ['36_6', '36_6', '36_9', '36_2'];
const MESSAGE_PUSHES = ['7_2', '7_101', '8_3', '8_102'];
const OTHER_PUSHES = ['7_14', '7_33', '7_123', '7_116', '7_12', '8_31'];

/** Returns the story of a seed, the same story each time. */
export function allStory(seed: number, messages = MESSAGES): AllStory {
  const random = seededRandom(seed);
  const below = (end: number) => Math.floor(random() * end);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  const chance = (share: number) => random() < share;
  const device = () => pick(DEVICES);
  const personOf = (who: DeviceName) => who.split('/')[0] as Person;
  const account = (): Person => personOf(device());
  let written = 0;
  const some = (counts: readonly number[]): number => {
    const count = pick(counts);
    written += count;
    return count;
  };
  const placeOf = (who: DeviceName): Place => {
    if (chance(0.4)) return 'team';
    if (chance(0.2)) return 'dora';
    return pick(PEOPLE.filter((person) => person !== personOf(who)));
  };
  const kind = (): SentKind => (chance(0.75) ? 'text' : pick(KINDS));
  const nth = () => below(200);
  const pause = (): AllStep => ({
    do: 'wait',
    ms: pick([1, 5, 20, 60, 130, 300, 300, 900, 2500, 6000, 12_000]),
  });

  const command = (): Fault => {
    const base = { kind: 'command', accountId: account(), times: pick([1, 1, 2, 3]) } as const;
    const any = [...SENDS, ...SENDS, ...HISTORY, ...ACTS, ...ROOM];
    return pick<() => Fault>([
      () => ({ ...base, command: pick([...any, LOGIN]), drop: 'request' }),
      () => ({ ...base, command: pick([...any, LOGIN, SYNC]), drop: 'reply' }),
      () => ({ ...base, command: SYNC, drop: 'request', times: 1 }),
      () => ({ ...base, command: pick([...any, SYNC]), delayMs: pick([60, 300, 1500, 5000]) }),
      () => ({ ...base, command: '*', delayMs: pick([40, 200, 1200]), times: 8 }),
      () => ({ ...base, command: pick(any), code: pick([416, 500]) }),
    ])();
  };
  const link = (): Fault =>
    pick<() => Fault>([
      () => ({ kind: 'handshake', status: 503, times: pick([1, 2]) }),
      () => ({ kind: 'handshake', hang: true, times: 1 }),
      () => ({ kind: 'upgrade', how: pick(['status', 'drop', 'hang'] as const), times: 1 }),
      () => ({ kind: 'upgrade', how: 'delay', delayMs: pick([200, 1500]), times: 1 }),
      () => ({ kind: 'noConnectFrame', times: 1 }),
      () => ({ kind: 'slowClose', delayMs: pick([300, 3000]), times: pick([1, 3]) }),
      () => ({ kind: 'lbs', how: pick(['status', 'hang', 'html'] as const), times: 2 }),
      () => ({ kind: 'lbs', how: 'json', body: {}, times: 1 }),
      () => ({ kind: 'upload', how: pick(['cut', 'status', 'lostAnswer'] as const), times: 1 }),
    ])();
  const push = (): Fault => ({
    kind: 'push',
    accountId: account(),
    duplicate: pick([0, 0.3, 1]),
    reorderWindowMs: pick([20, 150, 600]),
    commands: [...MESSAGE_PUSHES, ...(chance(0.5) ? OTHER_PUSHES : [])],
    seed: below(1000),
  });

  const steps: AllStep[] = [];
  const add = (...more: AllStep[]) => void steps.push(...more);
  const around = (before: AllStep, after: AllStep) => {
    add(before);
    for (let left = below(3); left > 0; left--) talk();
    add(pause(), after);
  };
  /** A few messages and acts on messages. */
  const talk = (): void => {
    const who = device();
    if (chance(0.5)) add({ do: 'open', who, place: placeOf(who) });
    if (chance(0.3)) add(pause());
    const many = chance(0.1) ? [15, 25] : [1, 1, 2, 3, 5];
    add({ do: 'write', who, kind: kind(), count: some(many) });
  };

  /** A message that its sender edits at once, while the pushes to an account come in another order. */
  const rewrite = (who = device(), place = placeOf(who), reader = account()): void => {
    const commands = [...MESSAGE_PUSHES, ...OTHER_PUSHES];
    const base = { kind: 'push', duplicate: 0, reorderWindowMs: 600, commands } as const;
    const fault = { ...base, accountId: reader, seed: below(1000) };
    add({ do: 'fault', fault, forMs: 2000 }, { do: 'open', who, place });
    add({ do: 'wait', ms: 300 }, { do: 'write', who, kind: 'text', count: some([1, 2]) });
    add({ do: 'wait', ms: 60 }, { do: 'edit', who, nth: NEWEST });
  };

  const kinds: readonly [weight: number, make: () => void][] = [
    [22, talk],
    [1, rewrite],
    [
      7,
      () => {
        const to = chance(0.4) ? 'team' : pick(PEOPLE.filter((person) => person !== 'dora'));
        add({ do: 'doraWrites', to, count: some([1, 1, 2, 6]) });
      },
    ],
    [3, () => add({ do: 'doraWrites', to: 'room', count: some([1, 2, 6, 40]) })],
    [9, () => add({ do: 'writeInRoom', who: device(), count: some([1, 1, 2, 5]) })],
    [3, () => add({ do: pick(['enterRoom', 'enterRoom', 'leaveRoom'] as const), who: device() })],
    [2, () => add({ do: 'doraRecalls', to: pick(['team', 'room', 'anna', 'ben']), nth: nth() })],
    [
      16,
      () =>
        add({
          do: pick(['recall', 'edit', 'edit', 'remove', 'react', 'react', 'pin', 'unpin'] as const),
          who: device(),
          nth: nth(),
        }),
    ],
    [
      0.3,
      () => {
        const who = device();
        add({ do: 'clear', who, place: placeOf(who) });
      },
    ],
    [
      2,
      () => {
        const who = device();
        add({ do: 'draft', who, place: placeOf(who), nth: nth() });
      },
    ],
    [
      5,
      () => {
        const who = device();
        add({ do: 'open', who, place: placeOf(who) });
      },
    ],
    [
      4,
      () =>
        add({
          do: pick(['close', 'close', 'resend', 'older', 'scrollUp', 'scrollDown'] as const),
          who: device(),
        }),
    ],
    [
      4,
      () => {
        const who = device();
        around({ do: 'hide', who, cut: chance(0.4) }, { do: 'show', who });
      },
    ],
    [
      4,
      () => {
        const who = device();
        around({ do: 'network', who, on: false }, { do: 'network', who, on: true });
      },
    ],
    [
      2,
      () => {
        const who = device();
        around({ do: 'end', who }, { do: 'start', who });
      },
    ],
    [
      0.6,
      () => {
        const who = device();
        const other = pick(PEOPLE.filter((person) => person !== personOf(who)));
        around({ do: 'switch', who, to: other }, { do: 'switch', who, to: personOf(who) });
      },
    ],
    [
      1,
      () => {
        const who = device();
        around(
          { do: 'storage', who, is: pick(['full', 'broken'] as const) },
          { do: 'storage', who, is: 'fine' },
        );
      },
    ],
    [
      1,
      () =>
        add({
          do: 'shiftClock',
          who: device(),
          ms: pick([700, -700, 60_000, -60_000, HOUR, -HOUR]),
        }),
    ],
    [1, () => add({ do: 'refuseConnects', who: device(), times: pick([1, 2, 3]) })],
    [0.7, () => add({ do: 'expireToken', account: account() })],
    [0.5, () => add({ do: 'restartServer', downMs: pick([1, 800, 5000]) })],
    [
      5,
      () => add({ do: 'cut', account: account(), how: pick(['terminate', 'close', 'disconnect']) }),
    ],
    [2, () => add({ do: 'halfOpen', account: account() })],
    [2, () => add({ do: 'restore', account: account() })],
    [5, () => add({ do: 'fault', fault: command(), forMs: pick([2000, 8000]) })],
    [2, () => add({ do: 'fault', fault: link(), forMs: 6000 })],
    [2, () => add({ do: 'fault', fault: push(), forMs: pick([2000, 8000]) })],
  ];
  const total = kinds.reduce((sum, [weight]) => sum + weight, 0);
  while (written < messages) {
    let at = random() * total;
    for (const [weight, make] of kinds) {
      at -= weight;
      if (at >= 0) continue;
      make();
      break;
    }
    if (chance(0.6)) add(pause());
  }
  // The last scene is compared before its chats are closed.
  add(
    { do: 'open', who: 'ben/phone', place: 'anna' },
    { do: 'open', who: 'anna/phone', place: 'ben' },
  );
  for (let times = 0; times < 3; times++) {
    rewrite('anna/phone', 'ben', 'ben');
    rewrite('ben/phone', 'anna', 'anna');
  }
  return { seed, steps, closeDelayMs: pick([0, 0, 0, 40, 400]) };
}

/** Formats the story as lines for the text of a failure. */
export function formatAllStory({ seed, steps, closeDelayMs }: AllStory): string {
  return formatSteps(`seed ${seed}, onClose after ${closeDelayMs} ms`, steps);
}
