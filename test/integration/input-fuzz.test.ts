import { playInputs } from '../chaos/input-model';
import { playSeeds } from '../chaos/problems';

/** CHAOS_SEED=n replays a seed. CHAOS_RUNS=n plays n seeds from CHAOS_FROM on. */
const { CHAOS_SEED, CHAOS_RUNS = '2', CHAOS_FROM = '1' } = process.env;
const seeds = CHAOS_SEED
  ? [Number(CHAOS_SEED)]
  : Array.from({ length: Number(CHAOS_RUNS) }, (_, index) => Number(CHAOS_FROM) + index);

test(`storage, answers and results of wx that are changed at random stop nothing, seeds ${seeds[0]} to ${seeds.at(-1)}`, async () => {
  let changed = 0;
  const kinds: Record<string, number> = {};
  let last: readonly string[] = [];
  const failure = await playSeeds(
    seeds,
    async (seed) => {
      const { fuzz, ...outcome } = await playInputs(seed);
      changed += fuzz.changed;
      for (const [kind, count] of Object.entries(fuzz.counts))
        kinds[kind] = (kinds[kind] ?? 0) + count;
      if (outcome.problems.length > 0) last = [...fuzz.last];
      return outcome;
    },
    () => `the last changed inputs:\n${last.join('\n')}`,
    'inputs',
  );
  process.stderr.write(
    `inputs: ${seeds.length} seeds, ${changed} changed inputs, ` +
      `${failure === '' ? '0 crashes' : 'CRASHES'}\n${JSON.stringify(kinds)}\n`,
  );
  expect(failure).toBe('');
  expect(changed).toBeGreaterThan(10 * seeds.length);
}, 3_600_000);
