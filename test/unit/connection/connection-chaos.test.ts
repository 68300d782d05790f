import fc from 'fast-check';
import { play, story } from '../../chaos/connection-model';

const RUNS = Number(process.env.CHAOS_RUNS ?? 4_000);
const seed = process.env.CHAOS_SEED ? Number(process.env.CHAOS_SEED) : Date.now() % 2 ** 31;

describe('gate, state machine and manager in a random story', () => {
  it(`keep the limits, never get stuck and end in the state that the user chose (${RUNS} stories, seed ${seed})`, async () => {
    await fc.assert(fc.asyncProperty(story, play), { numRuns: RUNS, seed, endOnFailure: false });
  }, 600_000);
});
