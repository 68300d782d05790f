import { parseArgs } from 'node:util';
import { runJest } from './lib/jest';

/**
 * `npm run chaos -- SUBJECT [--seeds N] [--from S] [--seed S]`: plays more random stories against one subject; `--from`
 * is the first seed of all, teams, frames and inputs. Only `connection` and `call` play without the real SDK and the
 * emulator; `inputs` also starts the built package, and a story of `all` takes some seconds.
 */
const SUBJECTS: Readonly<Record<string, { project: string; file: string }[]>> = {
  connection: [{ project: 'unit', file: 'test/unit/connection/connection-chaos' }],
  call: [{ project: 'unit', file: 'test/unit/stores/call-chaos' }],
  teams: [{ project: 'integration', file: 'test/integration/team-chaos' }],
  chat: [{ project: 'integration', file: 'test/integration/chat-chaos' }],
  all: [
    { project: 'integration', file: 'test/integration/all-chaos' },
    { project: 'integration', file: 'test/integration/all-planted' },
  ],
  soak: [{ project: 'integration', file: 'test/integration/all-soak' }],
  frames: [{ project: 'integration', file: 'test/integration/frame-fuzz' }],
  inputs: [
    { project: 'integration', file: 'test/integration/input-fuzz' },
    { project: 'weapp', file: 'test/weapp/input-fuzz' },
  ],
  'call-links': [{ project: 'integration', file: 'test/integration/call-chaos' }],
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
const projects = subject.map(({ project }) => project);
// A single seed is played without the planted faults, which have seeds of their own.
const played = values.seed === undefined ? subject : subject.slice(0, 1);
const files = played.map(({ file }) => `${file}.test.ts`);
process.exitCode = runJest(['--selectProjects', ...projects, '--runTestsByPath', ...files], {
  CHAOS_RUNS: values.seeds,
  ...(values.seed === undefined ? {} : { CHAOS_SEED: values.seed }),
  ...(values.from === undefined ? {} : { CHAOS_FROM: values.from }),
});
