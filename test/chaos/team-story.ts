import type { Fault } from '../../emulator/faults/fault-types';
import type { CutHow } from '../../emulator/faults/faults';
import { seededRandom } from '../../emulator/faults/random';
import { formatSteps } from './problems';

/** The accounts with a client. */
export const PLAYERS = ['anna', 'ben', 'chen'] as const;
export type Player = (typeof PLAYERS)[number];
/** Accounts without a client; the server acts in their name. */
const OTHERS = ['dora', 'emil'] as const;
export const ACCOUNTS: readonly string[] = [...PLAYERS, ...OTHERS];

/** The commands on a team. A story contains all of them. */
const ACTS = [
  'create',
  'invite',
  'apply',
  'accept',
  'reject',
  'kick',
  'leave',
  'dismiss',
  'transfer',
  'transferAndLeave',
  'addManager',
  'removeManager',
  'muteAll',
  'unmuteAll',
  'muteMember',
  'unmuteMember',
  'setNick',
  'setOwnNick',
  'update',
  'setModes',
] as const;
export type Act = (typeof ACTS)[number];

/** A step of a story. `team`, `target` and `nth` select from the current candidates, modulo their number. */
export type TeamStep =
  | { do: 'wait'; ms: number }
  /**
   * `as`: the role of the account that acts. When no player has the role, the server acts in the name of an account
   * that has it.
   */
  | {
      do: 'act';
      act: Act;
      as: 'owner' | 'manager' | 'any';
      team: number;
      target: number;
      nth: number;
    }
  | { do: 'open' | 'close'; who: Player; team: number }
  | { do: 'hide' | 'show'; who: Player }
  | { do: 'network'; who: Player; on: boolean }
  | { do: 'cut'; account: Player; how: CutHow }
  | { do: 'halfOpen' | 'restore'; account: Player }
  | { do: 'fault'; fault: Fault; forMs: number };

export interface TeamStory {
  seed: number;
  /** Steps with faults. */
  steps: TeamStep[];
  /** Steps after the recovery, without faults: a reconnect afterwards would repair what an event has missed. */
  calm: TeamStep[];
}

/** Weight and role of each act. */
const WEIGHTS: Readonly<Record<Act, readonly [weight: number, as: 'owner' | 'manager' | 'any']>> = {
  create: [1, 'any'],
  invite: [6, 'manager'],
  apply: [5, 'any'],
  accept: [6, 'any'],
  reject: [2, 'any'],
  kick: [3, 'manager'],
  leave: [2, 'any'],
  dismiss: [0.7, 'owner'],
  transfer: [2, 'owner'],
  transferAndLeave: [1, 'owner'],
  addManager: [4, 'owner'],
  removeManager: [3, 'owner'],
  muteAll: [2, 'manager'],
  unmuteAll: [1, 'manager'],
  muteMember: [4, 'manager'],
  unmuteMember: [3, 'manager'],
  setNick: [2, 'manager'],
  setOwnNick: [3, 'any'],
  update: [4, 'manager'],
  setModes: [3, 'manager'],
};

/** Commands of both kinds of teams, as `sid_cid`: changes, reads, and the sync. */
const COMMANDS = [
  ...[
    '31_5',
    '31_6',
    '31_7',
    '31_8',
    '31_12',
    '31_13',
    '31_14',
    '31_16',
    '31_17',
    '31_18',
    '31_19',
  ],
  ...[
    '31_20',
    '31_21',
    '31_25',
    '31_32',
    '32_5',
    '32_6',
    '32_8',
    '32_27',
    '32_26',
    '32_31',
    '32_29',
  ],
  ...['31_9', '31_34', '31_35', '31_36', '32_9', '32_36', '32_37'],
];
const SYNC = '27_1';
const PUSHES = ['8_3', '8_102', '8_119', '21_3', '21_102', '21_110', '7_3', '21_19'];

/** Returns the story of a seed, the same story each time. */
export function teamStory(seed: number): TeamStory {
  const random = seededRandom(seed);
  const below = (end: number) => Math.floor(random() * end);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  const chance = (share: number) => random() < share;
  const player = () => pick(PLAYERS);
  const total = ACTS.reduce((sum, act) => sum + WEIGHTS[act][0], 0);

  const act = (): TeamStep => {
    let at = random() * total;
    const chosen = ACTS.find((each) => (at -= WEIGHTS[each][0]) < 0) ?? 'update';
    // Some acts are tried without the role, and are refused.
    const as = chance(0.1) ? 'any' : WEIGHTS[chosen][1];
    return { do: 'act', act: chosen, as, team: below(100), target: below(100), nth: below(100) };
  };
  const pause = (): TeamStep => ({
    do: 'wait',
    ms: pick([1, 5, 20, 60, 150, 300, 300, 900, 2500, 6000, 12_000]),
  });
  const command = (): Fault => {
    const base = { kind: 'command', accountId: player(), times: pick([1, 1, 2]) } as const;
    return pick<() => Fault>([
      () => ({ ...base, command: pick(COMMANDS), drop: 'request' }),
      () => ({ ...base, command: pick([...COMMANDS, SYNC]), drop: 'reply' }),
      () => ({ ...base, command: pick(COMMANDS), delayMs: pick([60, 300, 1500, 5000]) }),
      () => ({ ...base, command: '*', delayMs: pick([40, 200, 1200]), times: 8 }),
      () => ({ ...base, command: pick(COMMANDS), code: pick([416, 500]) }),
    ])();
  };
  const push = (): Fault => ({
    kind: 'push',
    accountId: player(),
    duplicate: pick([0.3, 1]),
    commands: PUSHES,
    seed: below(1000),
  });

  const kinds: readonly [weight: number, make: () => TeamStep[]][] = [
    [26, () => [act()]],
    [3, () => [{ do: 'open', who: player(), team: below(100) }]],
    [2, () => [{ do: 'close', who: player(), team: below(100) }]],
    [6, () => [{ do: 'cut', account: player(), how: pick(['terminate', 'close', 'disconnect']) }]],
    [2, () => [{ do: 'halfOpen', account: player() }]],
    [1, () => [{ do: 'restore', account: player() }]],
    [5, () => [{ do: 'fault', fault: command(), forMs: pick([2000, 8000]) }]],
    [2, () => [{ do: 'fault', fault: push(), forMs: pick([2000, 8000]) }]],
    // Things happen to an account while its link is gone.
    [
      5,
      () => {
        const who = player();
        const acts = Array.from({ length: 1 + below(4) }, act);
        return [
          { do: 'network', who, on: false },
          ...acts,
          pause(),
          { do: 'network', who, on: true },
        ];
      },
    ],
    [
      3,
      () => {
        const who = player();
        return [{ do: 'hide', who }, act(), pause(), { do: 'show', who }];
      },
    ],
  ];
  const weights = kinds.reduce((sum, [weight]) => sum + weight, 0);
  const some = (): TeamStep[] => {
    let at = random() * weights;
    for (const [weight, make] of kinds) if ((at -= weight) < 0) return make();
    return [];
  };

  const steps: TeamStep[] = [];
  for (let left = 25 + below(35); left > 0; left--) {
    steps.push(...some());
    if (chance(0.7)) steps.push(pause());
  }
  const calm: TeamStep[] = [];
  for (let left = 8 + below(10); left > 0; left--) {
    calm.push(act());
    if (chance(0.6)) calm.push(pause());
  }
  return { seed, steps, calm };
}

/** Formats the story as lines for the text of a failure. */
export function formatTeamStory({ seed, steps, calm }: TeamStory): string {
  return [formatSteps(`seed ${seed}`, steps), formatSteps('without faults', calm)].join('\n');
}
