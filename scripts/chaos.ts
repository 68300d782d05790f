import { parseArgs } from 'node:util';
import { runJest } from './lib/jest';

/**
 * `npm run chaos -- SUBJECT [--seeds N] [--from S] [--seed S]`: plays more random stories against one subject; `--from`
 * is the first seed of teams and frames. `call-links`, `chat`, `teams` and `frames` use the real SDK and the emulator,
 * three to five stories a second.
 */
const SUBJECTS: Readonly<Record<string, { project: string; file: string }>> = {
  connection: { project: 'unit', file: 'test/unit/connection/connection-chaos' },
  call: { project: 'unit', file: 'test/unit/stores/call-chaos' },
  teams: { project: 'integration', file: 'test/integration/team-chaos' },
  chat: { project: 'integration', file: 'test/integration/chat-chaos' },
  frames: { project: 'integration', file: 'test/integration/frame-fuzz' },
  'call-links': { project: 'integration', file: 'test/integration/call-chaos' },
};

const { values, positionals } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100000' },
    seed: { type: 'string' },
    from: { type: 'string' },
  },
  allowPositionals: true,
});
const subject = SUBJECTS[positionals[0] ?? ''];
if (!subject) {
  console.error(`chaos: name a subject: ${Object.keys(SUBJECTS).join(', ')}`);
  process.exit(2);
}
const { project, file } = subject;
process.exitCode = runJest(['--selectProjects', project, '--runTestsByPath', `${file}.test.ts`], {
  CHAOS_RUNS: values.seeds,
  ...(values.seed === undefined ? {} : { CHAOS_SEED: values.seed }),
  ...(values.from === undefined ? {} : { CHAOS_FROM: values.from }),
});
