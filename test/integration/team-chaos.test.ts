import { type Class, playSeeds } from '../chaos/problems';
import { playTeams } from '../chaos/team-model';
import type { TeamPhone } from '../chaos/team-phone';
import { formatTeamStory, teamStory } from '../chaos/team-story';

/**
 * CHAOS_SEED=n replays a single story. CHAOS_RUNS=n plays n stories from the seed CHAOS_FROM on.
 */
const { CHAOS_SEED, CHAOS_RUNS = '3', CHAOS_FROM = '1' } = process.env;
const seeds = CHAOS_SEED
  ? [Number(CHAOS_SEED)]
  : Array.from({ length: Number(CHAOS_RUNS) }, (_, i) => Number(CHAOS_FROM) + i);

test(`${seeds.length} random stories of teams over the real SDK`, async () => {
  const failure = await playSeeds(
    seeds,
    (seed) => playTeams(teamStory(seed)),
    (seed) => formatTeamStory(teamStory(seed)),
    'teams',
  );
  expect(failure).toBe('');
}, 3_600_000);

type Handler = (...args: never[]) => void;

/** Plants a fault between the SDK's events and the stores of the pages. */
const changeListeners =
  (change: (event: string, handler: Handler) => Handler | null) =>
  ({ client }: TeamPhone) => {
    const connection = client.account.connection as unknown as {
      listen: (service: string, event: string, handler: Handler) => () => void;
    };
    const { listen } = connection;
    connection.listen = (service, event, handler) => {
      const changed = change(event, handler);
      return changed ? listen.call(connection, service, event, changed) : () => undefined;
    };
  };

const without = (name: string) =>
  changeListeners((event, handler) => (event === name ? null : handler));

const PLANTED: readonly [Class, string, (phone: TeamPhone) => void][] = [
  ['members', 'the pages have no listener for members who joined', without('onTeamMemberJoined')],
  ['members', 'the pages have no listener for members who left', without('onTeamMemberLeft')],
  ['members', 'the pages have no listener for removed members', without('onTeamMemberKicked')],
  ['info', 'the pages have no listener for changed teams', without('onTeamInfoUpdated')],
  ['members', 'the pages have no listener for dismissed teams', without('onTeamDismissed')],
  ['members', 'the pages have no listener for teams that the account left', without('onTeamLeft')],
  ['members', 'the pages have no listener for joined teams', without('onTeamJoined')],
  ['mutes', 'the pages have no listener for changed members', without('onTeamMemberInfoUpdated')],
  [
    'roles',
    'a changed role is not taken over',
    changeListeners((event, handler) =>
      event === 'onTeamMemberInfoUpdated'
        ? (((members: object[]) =>
            handler(
              ...([members.map((one) => ({ ...one, memberRole: 0 }))] as never[]),
            )) as Handler)
        : handler,
    ),
  ],
];

/** Plays seeds until a story reports the planted fault; false when no story does. */
async function isReported(expected: Class, plant: (phone: TeamPhone) => void): Promise<boolean> {
  for (let seed = 1; seed <= 20; seed++) {
    const { problems } = await playTeams(teamStory(seed), { onPhone: plant });
    if (problems.some((one) => one.class === expected)) return true;
  }
  return false;
}

test.each(PLANTED)(
  'a fault planted in teams is reported as %s: %s',
  async (expected, _, plant) => {
    expect(await isReported(expected, plant)).toBe(true);
  },
  120_000,
);
