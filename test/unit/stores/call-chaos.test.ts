import fc from 'fast-check';
import { callStory, playCalls } from '../../chaos/call-model';

const RUNS = Number(process.env.CHAOS_RUNS ?? 1_000);
const seed = process.env.CHAOS_SEED ? Number(process.env.CHAOS_SEED) : Date.now() % 2 ** 31;

describe('calls in random stories', () => {
  it(`leave no channel open, end, and have a single record (${RUNS} stories, seed ${seed})`, async () => {
    await fc.assert(fc.asyncProperty(callStory, playCalls), {
      numRuns: RUNS,
      seed,
      endOnFailure: false,
    });
  }, 300_000);
});
