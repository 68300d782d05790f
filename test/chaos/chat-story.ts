import type { CutHow } from '../../emulator/faults/faults';
import type { Fault } from '../../emulator/faults/fault-types';
import { seededRandom } from '../../emulator/faults/random';
import { formatSteps } from './problems';

/** The phones of a story. Anna has two; Chen has none, and the server sends in Chen's name. */
export const PHONES = ['anna/phone', 'anna/tablet', 'ben/phone'] as const;
export type PhoneName = (typeof PHONES)[number];
export const PEOPLE = ['anna', 'ben', 'chen'] as const;
export type Person = (typeof PEOPLE)[number];

/** A step of a story. `nth` selects from the current candidates, modulo their number. */
export type ChatStep =
  | { do: 'wait'; ms: number }
  | { do: 'open'; who: PhoneName; peer: Person }
  | { do: 'close' | 'resend' | 'older' | 'scrollUp' | 'scrollDown'; who: PhoneName }
  /** Writes this many texts in a single turn into the open chat. */
  | { do: 'write'; who: PhoneName; texts: number }
  | { do: 'recall' | 'remove'; who: PhoneName; nth: number }
  | { do: 'clear'; who: PhoneName; peer: Person }
  /** The server sends or recalls in the name of Chen. */
  | { do: 'chenWrites'; to: Person; texts: number }
  | { do: 'chenRecalls'; to: Person; nth: number }
  /** `cut`: WeChat closes the sockets of the app in the background. */
  | { do: 'hide'; who: PhoneName; cut: boolean }
  | { do: 'show'; who: PhoneName }
  | { do: 'network'; who: PhoneName; on: boolean }
  | { do: 'refuseConnects'; who: PhoneName; times: number }
  | { do: 'cut'; account: Person; how: CutHow }
  | { do: 'halfOpen' | 'restore'; account: Person }
  | { do: 'fault'; fault: Fault; forMs: number };

export interface ChatStory {
  seed: number;
  steps: ChatStep[];
  /** Difference between the clock of each phone and the clock of the server, ms. */
  skew: Record<PhoneName, number>;
  /** Delay of a phone's `onClose`, ms. */
  closeDelayMs: number;
}

const HOUR = 3_600_000;
/** Commands that a client sends in a chat, by `sid_cid`. */
const SEND = '30_1';
const RECALL = '30_13';
const DELETE = '30_23';
const CLEAR = '30_18';
const HISTORY = '30_6';
const MARK_READ = ['7_25', '7_16'];
const RECEIPT = '30_11';
const ACKNOWLEDGE = '4_5';
const SYNC = '27_1';
const LOGIN = '26_3';

/** Returns the story of a seed, the same story each time. */
export function chatStory(seed: number): ChatStory {
  const random = seededRandom(seed);
  const below = (end: number) => Math.floor(random() * end);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  const chance = (share: number) => random() < share;

  const phone = () => pick(PHONES);
  const account = (): Person => pick(['anna', 'anna', 'ben']);
  const personOf = (who: PhoneName) => who.split('/')[0] as Person;
  const peerOf = (who: PhoneName): Person => {
    if (chance(0.25)) return 'chen';
    return who === 'ben/phone' ? 'anna' : 'ben';
  };

  const command = (): Fault => {
    const accountId = account();
    const times = pick([1, 1, 2, 3]);
    const base = { kind: 'command', accountId, times } as const;
    const any = [SEND, SEND, RECALL, DELETE, CLEAR, HISTORY, ...MARK_READ, RECEIPT];
    return pick<() => Fault>([
      () => ({ ...base, command: pick([...any, ACKNOWLEDGE, LOGIN]), drop: 'request' }),
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
      () => ({ kind: 'upgrade', how: 'status', times: pick([1, 2]) }),
      () => ({ kind: 'upgrade', how: 'drop', times: 1 }),
      () => ({ kind: 'upgrade', how: 'hang', times: 1 }),
      () => ({ kind: 'upgrade', how: 'delay', delayMs: pick([200, 1500]), times: 1 }),
      () => ({ kind: 'noConnectFrame', times: 1 }),
      () => ({ kind: 'slowClose', delayMs: pick([300, 3000]), times: pick([1, 3]) }),
      () => ({ kind: 'lbs', how: 'status', times: 2 }),
    ])();
  const push = (): Fault => ({
    kind: 'push',
    accountId: account(),
    duplicate: pick([0, 0.3, 1]),
    reorderWindowMs: pick([20, 150, 600]),
    commands: ['7_2', '7_101', ...(chance(0.5) ? ['7_14', '7_123', '7_116'] : [])],
    seed: below(1000),
  });

  const kinds: readonly [weight: number, make: () => ChatStep[]][] = [
    [
      9,
      () => {
        const who = phone();
        return [
          { do: 'open', who, peer: peerOf(who) },
          ...(chance(0.6) ? [pause()] : []),
          { do: 'write', who, texts: pick([1, 1, 1, 2, 4]) },
        ];
      },
    ],
    [9, () => [{ do: 'write', who: phone(), texts: pick([1, 1, 2, 5]) }]],
    [4, () => [{ do: 'chenWrites', to: pick(['anna', 'ben']), texts: pick([1, 1, 2, 6]) }]],
    [1, () => [{ do: 'chenRecalls', to: pick(['anna', 'ben']), nth: below(50) }]],
    [
      5,
      () => {
        const who = phone();
        return [{ do: 'open', who, peer: peerOf(who) }];
      },
    ],
    [5, () => [{ do: 'close', who: phone() }]],
    [2, () => [{ do: 'resend', who: phone() }]],
    [3, () => [{ do: 'recall', who: phone(), nth: below(50) }]],
    [3, () => [{ do: 'remove', who: phone(), nth: below(50) }]],
    [
      0.5,
      () => {
        const who = phone();
        return [{ do: 'clear', who, peer: peerOf(who) }];
      },
    ],
    // The user opens a chat while the link is faulty, and closes the chat.
    [
      4,
      () => {
        const who = phone();
        const trouble = pick<() => ChatStep[]>([
          () => [{ do: 'network', who, on: false }],
          () => [{ do: 'halfOpen', account: personOf(who) }],
          () => [{ do: 'cut', account: personOf(who), how: 'terminate' }],
          () => [{ do: 'fault', fault: command(), forMs: 8000 }],
        ])();
        return [
          ...trouble,
          { do: 'open', who, peer: peerOf(who) },
          ...(chance(0.5) ? [pause()] : []),
          ...(chance(0.3) ? [{ do: 'write', who, texts: pick([1, 2]) } as const] : []),
          ...(chance(0.7) ? [{ do: 'close', who } as const] : []),
          { do: 'chenWrites', to: personOf(who), texts: pick([1, 3]) },
          pause(),
          { do: 'network', who, on: true },
        ];
      },
    ],
    [1, () => [{ do: pick(['older', 'scrollUp', 'scrollDown'] as const), who: phone() }]],
    [
      4,
      () => {
        const who = phone();
        const hide: ChatStep = { do: 'hide', who, cut: chance(0.4) };
        return chance(0.7) ? [hide, pause(), { do: 'show', who }] : [hide];
      },
    ],
    [3, () => [{ do: 'show', who: phone() }]],
    [
      4,
      () => {
        const who = phone();
        return [{ do: 'network', who, on: false }, pause(), { do: 'network', who, on: true }];
      },
    ],
    [1, () => [{ do: 'refuseConnects', who: phone(), times: pick([1, 2, 3]) }]],
    [6, () => [{ do: 'cut', account: account(), how: pick(['terminate', 'close', 'disconnect']) }]],
    [3, () => [{ do: 'halfOpen', account: account() }]],
    [2, () => [{ do: 'restore', account: account() }]],
    [6, () => [{ do: 'fault', fault: command(), forMs: pick([2000, 8000]) }]],
    [2, () => [{ do: 'fault', fault: link(), forMs: 6000 }]],
    [2, () => [{ do: 'fault', fault: push(), forMs: pick([2000, 8000]) }]],
  ];
  const total = kinds.reduce((sum, [weight]) => sum + weight, 0);
  const pause = (): ChatStep => ({
    do: 'wait',
    ms: pick([1, 5, 20, 60, 130, 300, 300, 900, 2500, 6000, 12_000]),
  });
  const some = (): ChatStep[] => {
    let at = random() * total;
    for (const [weight, make] of kinds) if ((at -= weight) < 0) return make();
    return [];
  };

  const steps: ChatStep[] = [];
  for (let left = 30 + below(40); left > 0; left--) {
    steps.push(...some());
    if (chance(0.75)) steps.push(pause());
  }
  const skew = () => pick([0, 0, 0, 0, 700, -700, 3 * HOUR, -3 * HOUR]);
  return {
    seed,
    steps,
    skew: { 'anna/phone': skew(), 'anna/tablet': skew(), 'ben/phone': skew() },
    closeDelayMs: pick([0, 0, 0, 40, 400]),
  };
}

/** Formats the story as lines for the text of a failure. */
export function formatChatStory({ seed, steps, skew, closeDelayMs }: ChatStory): string {
  const first = `seed ${seed}, clocks ${JSON.stringify(skew)}, onClose after ${closeDelayMs} ms`;
  return formatSteps(first, steps);
}
