import { parseArgs } from 'node:util';
import { runJest } from './lib/jest';

/** `npm run chaos -- connection|call [--seeds N] [--seed S]`: more random stories against one subject. */
const SUBJECTS: Readonly<Record<string, string>> = {
  connection: 'test/unit/connection/connection-chaos',
  call: 'test/unit/stores/call-chaos',
};

const { values, positionals } = parseArgs({
  options: { seeds: { type: 'string', default: '100000' }, seed: { type: 'string' } },
  allowPositionals: true,
});
const file = SUBJECTS[positionals[0] ?? ''];
if (!file) {
  console.error(`chaos: name a subject: ${Object.keys(SUBJECTS).join(', ')}`);
  process.exit(2);
}
process.exitCode = runJest(['--selectProjects', 'unit', '--runTestsByPath', `${file}.test.ts`], {
  CHAOS_RUNS: values.seeds,
  ...(values.seed === undefined ? {} : { CHAOS_SEED: values.seed }),
});
