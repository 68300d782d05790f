import { type AllOutcome, playAll } from '../chaos/all-model';
import { allStory, formatAllStory } from '../chaos/all-story';
import type { Class } from '../chaos/problems';
import { shrink } from '../chaos/shrink';

/**
 * Plays random stories of the whole app: five devices in chats, a team and a chatroom, see docs/reliability.md.
 * CHAOS_SEED=n replays a single story; CHAOS_RUNS=n plays n stories from CHAOS_FROM on. CHAOS_SHRINK=1 shortens the
 * schedule of a failing story.
 */
const from = Number(process.env.CHAOS_FROM ?? 1);
const seeds = process.env.CHAOS_SEED
  ? [Number(process.env.CHAOS_SEED)]
  : Array.from({ length: Number(process.env.CHAOS_RUNS ?? 1) }, (_, i) => from + i);
/** Messages of a story; npm test plays a shorter one. */
const messages = process.env.CHAOS_RUNS || process.env.CHAOS_SEED ? undefined : 150;

/** The parts of the summary and the problems that each part counts. */
const PARTS: readonly [name: string, classes: readonly Class[]][] = [
  ['lost', ['lost']],
  ['duplicated', ['double']],
  ['out of order', ['order']],
  [
    'wrong state',
    ['unread', 'recalled', 'deleted', 'preview', 'state', 'draft', 'stuck', 'secret', 'leak'],
  ],
  ['limit violations', ['sockets']],
  ['unhandled', ['thrown']],
];

function summaryOf(outcomes: readonly AllOutcome[]): string {
  const texts = outcomes.reduce((sum, one) => sum + one.texts, 0);
  const problems = outcomes.flatMap((one) => one.problems);
  const parts = PARTS.map(
    ([name, classes]) => `${problems.filter((one) => classes.includes(one.class)).length} ${name}`,
  );
  return [`${outcomes.length} seeds, ${texts} messages`, ...parts].join(', ');
}

const MOST_PRINTED = 5;

test(`${seeds.length} random stories of the whole app over the real SDK`, async () => {
  const outcomes: AllOutcome[] = [];
  const failures: string[] = [];
  for (const seed of seeds) {
    const story = allStory(seed, messages);
    const trace = process.env.CHAOS_TRACE
      ? (line: string) => void process.stderr.write(`${line}\n`)
      : undefined;
    const outcome = await playAll(story, trace ? { trace } : {});
    outcomes.push(outcome);
    const { problems } = outcome;
    if (problems.length === 0) continue;
    const first = problems.slice(0, 3).map((one) => `${one.class}: ${one.text}`.slice(0, 400));
    if (process.env.CHAOS_RUNS) process.stderr.write(`seed ${seed}: ${first.join('\n  ')}\n`);
    if (failures.length >= MOST_PRINTED) continue;
    const classes = new Set(problems.map((one) => one.class));
    let shown = story;
    if (process.env.CHAOS_SHRINK) {
      const steps = await shrink(story.steps, async (fewer) => {
        const again = await playAll({ ...story, steps: [...fewer] });
        return again.problems.some((one) => classes.has(one.class));
      });
      shown = { ...story, steps: [...steps] };
    }
    const lines = problems.slice(0, 20).map((one) => `  ${one.class}: ${one.text}`);
    failures.push(
      [`npm run chaos -- all --seed ${seed}`, ...lines, formatAllStory(shown)].join('\n'),
    );
  }
  const summary = summaryOf(outcomes);
  if (process.env.CHAOS_RUNS) process.stderr.write(`${summary}\n`);
  expect(failures.join('\n\n')).toBe('');
}, 36_000_000);
