import type { CutHow } from '../../emulator/faults/faults';
import type { Fault } from '../../emulator/faults/fault-types';
import { seededRandom } from '../../emulator/faults/random';
import { formatSteps } from './problems';

/** Accounts with the app; dora writes without the app. */
export const VISITORS = ['anna', 'ben', 'chen'] as const;
export type Visitor = (typeof VISITORS)[number];

/** A step of a story. `nth` selects from the current candidates, modulo their number. */
export type RoomStep =
  | { do: 'wait'; ms: number }
  | { do: 'write'; who: Visitor; texts: number }
  | { do: 'doraWrites'; texts: number }
  /** The server's API recalls a text of any author. */
  | { do: 'recall'; nth: number }
  | { do: 'leave' | 'enter' | 'resend' | 'older' | 'scrollUp' | 'scrollDown'; who: Visitor }
  /** `cut`: WeChat closes the sockets of the app in the background. */
  | { do: 'hide'; who: Visitor; cut: boolean }
  | { do: 'show'; who: Visitor }
  | { do: 'network'; who: Visitor; on: boolean }
  | { do: 'refuseConnects'; who: Visitor; times: number }
  | { do: 'cut'; who: Visitor; how: CutHow }
  | { do: 'halfOpen' | 'restore'; who: Visitor }
  | { do: 'fault'; fault: Fault; forMs: number };

export interface RoomStory {
  seed: number;
  steps: RoomStep[];
  /** Accounts that are signed in to IM as well. */
  inIm: readonly Visitor[];
  /** Delay of a visitor's `onClose`, ms. */
  closeDelayMs: number;
}

const ENTER = '36_2';
const SEND = '36_6';
const HISTORY = '36_9';

/** Returns the story of a seed, the same story each time. */
export function roomStory(seed: number): RoomStory {
  const random = seededRandom(seed);
  const below = (end: number) => Math.floor(random() * end);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  const chance = (share: number) => random() < share;
  const who = () => pick(VISITORS);
  const pause = (): RoomStep => ({
    do: 'wait',
    ms: pick([1, 5, 20, 60, 130, 300, 300, 900, 2500, 6000, 12_000]),
  });

  const command = (): Fault => {
    const base = {
      kind: 'command',
      service: 'chatroom',
      accountId: who(),
      times: pick([1, 1, 2, 3, 4]),
    } as const;
    return pick<() => Fault>([
      () => ({ ...base, command: pick([SEND, SEND, HISTORY, ENTER]), drop: 'request' }),
      () => ({ ...base, command: pick([SEND, SEND, HISTORY, ENTER]), drop: 'reply' }),
      () => ({
        ...base,
        command: pick([SEND, HISTORY, ENTER]),
        delayMs: pick([60, 300, 1500, 5000]),
      }),
      () => ({ ...base, command: '*', delayMs: pick([40, 200, 1200]), times: 8 }),
      () => ({ ...base, command: pick([SEND, HISTORY]), code: pick([416, 500]) }),
      () => ({ ...base, command: ENTER, code: 500 }),
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
    ])();
  const push = (): Fault => ({
    kind: 'push',
    service: 'chatroom',
    accountId: who(),
    duplicate: pick([0, 0.3, 1]),
    reorderWindowMs: pick([20, 150, 600]),
    seed: below(1000),
  });

  const kinds: readonly [weight: number, make: () => RoomStep[]][] = [
    [14, () => [{ do: 'write', who: who(), texts: pick([1, 1, 2, 5]) }]],
    [8, () => [{ do: 'doraWrites', texts: pick([1, 1, 2, 6]) }]],
    [6, () => [{ do: 'recall', nth: below(50) }]],
    [2, () => [{ do: 'resend', who: who() }]],
    [1, () => [{ do: pick(['older', 'scrollUp', 'scrollDown'] as const), who: who() }]],
    [
      2,
      () => {
        const one = who();
        return [
          { do: 'leave', who: one },
          ...(chance(0.7) ? [pause()] : []),
          { do: 'enter', who: one },
        ];
      },
    ],
    [
      3,
      () => {
        const one = who();
        return [{ do: 'hide', who: one, cut: chance(0.4) }, pause(), { do: 'show', who: one }];
      },
    ],
    [
      4,
      () => {
        const one = who();
        return [
          { do: 'network', who: one, on: false },
          ...(chance(0.5) ? [{ do: 'write', who: one, texts: 2 } as const] : []),
          pause(),
          ...(chance(0.5) ? [{ do: 'recall', nth: below(50) } as const] : []),
          { do: 'network', who: one, on: true },
        ];
      },
    ],
    [1, () => [{ do: 'refuseConnects', who: who(), times: pick([1, 2, 3]) }]],
    [8, () => [{ do: 'cut', who: who(), how: pick(['terminate', 'close', 'disconnect']) }]],
    [3, () => [{ do: 'halfOpen', who: who() }]],
    [2, () => [{ do: 'restore', who: who() }]],
    [6, () => [{ do: 'fault', fault: command(), forMs: pick([2000, 8000]) }]],
    [2, () => [{ do: 'fault', fault: link(), forMs: 6000 }]],
    [2, () => [{ do: 'fault', fault: push(), forMs: pick([2000, 8000]) }]],
  ];
  const total = kinds.reduce((sum, [weight]) => sum + weight, 0);
  const some = (): RoomStep[] => {
    let at = random() * total;
    for (const [weight, make] of kinds) if ((at -= weight) < 0) return make();
    return [];
  };

  const steps: RoomStep[] = [];
  for (let left = 25 + below(35); left > 0; left--) {
    steps.push(...some());
    if (chance(0.75)) steps.push(pause());
  }
  return {
    seed,
    steps,
    inIm: VISITORS.filter(() => chance(0.3)),
    closeDelayMs: pick([0, 0, 0, 40, 400]),
  };
}

/** Formats the story as lines for the text of a failure. */
export function formatRoomStory({ seed, steps, inIm, closeDelayMs }: RoomStory): string {
  const first = `room, seed ${seed}, in IM: ${inIm.join(' ')}, onClose after ${closeDelayMs} ms`;
  return formatSteps(first, steps);
}
