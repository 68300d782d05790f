import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './lib/build';
import { listenersIn, type MutationReport, mutantsIn, scoreOf, survivorsIn } from './lib/mutation';

/**
 * `npm run mutation -- PATHS [--least 80] [--tests GLOB]`: breaks the files below PATHS in one place after the other
 * with StrykerJS, runs the unit tests that reach the place, and prints the score, the removed listeners and the
 * survivors. `--tests` names the tests; by default all unit tests that import a mutated file run. docs/reliability.md
 * has the results.
 */
const { values, positionals } = parseArgs({
  options: {
    least: { type: 'string', default: '0' },
    tests: { type: 'string', multiple: true },
    workers: { type: 'string', default: '2' },
  },
  allowPositionals: true,
});
if (positionals.length === 0) {
  console.error('mutation: name files or folders below src, for example src/stores/teams');
  process.exit(2);
}

const FOLDER = path.join(ROOT, '.cache');
const CONFIG = path.join(FOLDER, 'stryker.config.json');
const REPORT = path.join(FOLDER, 'mutation.json');

/** A folder stands for its TypeScript files. `:10-20` after a file limits the lines. */
function globOf(given: string): string {
  const isFolder = statSync(path.join(ROOT, given), { throwIfNoEntry: false })?.isDirectory();
  return isFolder ? `${given.replace(/\/$/, '')}/**/*.ts` : given;
}

const config = {
  mutate: positionals.map(globOf),
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: {
    projectType: 'custom',
    configFile: 'jest.mutation.config.js',
    enableFindRelatedTests: values.tests === undefined,
    ...(values.tests
      ? { config: { testMatch: values.tests.map((one) => `<rootDir>/${one}`) } }
      : {}),
  },
  coverageAnalysis: 'perTest',
  // A mutant of a constant that is made when its file loads would run every test.
  ignoreStatic: true,
  // Types are of no concern here: jest strips them without a check.
  disableTypeChecks: false,
  concurrency: Number(values.workers),
  // A mutant that runs out of time counts as killed, so the limit is far above the time of any test on a busy machine.
  timeoutMS: 8000,
  tempDirName: '.cache/stryker',
  cleanTempDir: 'always',
  ignorePatterns: ['dist', '.cache', '.swc', 'artifacts'],
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: REPORT },
  logLevel: 'error',
};
mkdirSync(FOLDER, { recursive: true });
rmSync(REPORT, { force: true });
writeFileSync(CONFIG, JSON.stringify(config));
const program = path.join(ROOT, 'node_modules/@stryker-mutator/core/bin/stryker.js');
const { status } = spawnSync(process.execPath, [program, 'run', CONFIG], {
  cwd: ROOT,
  stdio: ['ignore', process.stderr, process.stderr],
});
if (status !== 0) process.exit(status ?? 1);

const mutants = mutantsIn(JSON.parse(readFileSync(REPORT, 'utf8')) as MutationReport);
const listeners = listenersIn(mutants);
const scores = scoreOf(mutants);
for (const { name, value, of, percent } of scores)
  console.log(`${name.padEnd(44)} ${String(value).padStart(5)} of ${of}   ${percent.toFixed(1)} %`);
console.log(
  `listeners: ${listeners.killed} of ${listeners.all} fail a test when they are taken out`,
);
for (const line of survivorsIn(mutants)) console.log(line);
const total = scores.at(-1)?.percent ?? 0;
const isLow = total < Number(values.least);
if (isLow) console.error(`mutation: ${total.toFixed(1)} % is below ${values.least} %`);
process.exitCode = isLow || listeners.killed < listeners.all ? 1 : 0;
