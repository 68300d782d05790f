import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import { ROOT } from './lib/build';
import { listenersIn, resultsIn, scoreOf, survivorsIn, type Results } from './lib/mutation';

/**
 * `npm run mutation -- PATHS [--least 80] [--tests PATH] [--minutes N]`: breaks the files below PATHS in one place after
 * the other with StrykerJS, runs the unit tests that reach the place, and prints the score, the removed listeners and
 * the survivors. `--tests` names files or folders of tests. docs/reliability.md has the results.
 */
const { values, positionals } = parseArgs({
  options: {
    least: { type: 'string', default: '0' },
    minutes: { type: 'string' },
    tests: { type: 'string', multiple: true },
    workers: { type: 'string', default: '1' },
  },
  allowPositionals: true,
});
if (positionals.length === 0) {
  console.error('mutation: name files or folders below src, for example src/stores/teams');
  process.exit(2);
}

/** The unit tests of each measured part. Tests of other parts reach it as well, but what they notice is an accident. */
const TESTS: readonly (readonly [part: string, tests: readonly string[]])[] = [
  ['src/connection', ['test/unit/connection']],
  ['src/sdk', ['test/unit/sdk', 'test/unit/connection']],
  ['src/stores', ['test/unit/stores']],
  ['src/packages/chatroom', ['test/unit/chatroom']],
];

/** Random stories: what they notice depends on the seed, and they take seconds for each mutant that survives. */
const STORIES = /-chaos\.test\.ts$/;

/** Tables without behaviour; test/unit/docs/error-catalogue.test.ts compares their texts with docs/errors.md. */
const TABLES = ['src/connection/team-reasons.ts'];

const FOLDER = path.join(ROOT, '.cache', `mutation-${process.pid}`);
/** Outside of the project, whose jest would crawl a copy of the project. */
const SANDBOX = path.join(os.tmpdir(), `yunxin-mutation-${process.pid}`);
const RESULTS = path.join(FOLDER, 'results.jsonl');

/** A folder stands for its TypeScript files. `:10-20` after a file limits the lines. */
function globOf(given: string): string {
  const isFolder = statSync(path.join(ROOT, given), { throwIfNoEntry: false })?.isDirectory();
  return isFolder ? `${given.replace(/\/$/, '')}/**/*.ts` : given;
}

function testsIn(given: string): string[] {
  if (statSync(path.join(ROOT, given)).isFile()) return [given];
  return readdirSync(path.join(ROOT, given), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => path.join(given, name));
}

function testFiles(): string[] {
  if (values.tests) return values.tests.flatMap(testsIn).sort();
  const given = TESTS.filter(([part]) => positionals.some((one) => one.startsWith(part)));
  const folders = (given.length > 0 ? given : TESTS).flatMap(([, tests]) => tests);
  return [...new Set(folders.flatMap(testsIn))].filter((file) => !STORIES.test(file)).sort();
}

async function measure(): Promise<{ results: Results; isWhole: boolean }> {
  mkdirSync(FOLDER, { recursive: true });
  const plugins = ['runner', 'reporter', 'ignorer'].map((name) => path.join(FOLDER, `${name}.mjs`));
  for (const plugin of plugins)
    buildSync({
      entryPoints: [path.join(ROOT, 'scripts/mutation', `${path.basename(plugin, '.mjs')}.ts`)],
      outfile: plugin,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
    });
  const { projects } = require('../jest.config.js') as {
    projects: [{ transform: Record<string, [string, { jsc: { transform: object } }]> }];
  };
  const [[, swc] = ['', { jsc: { transform: {} } }]] = Object.values(projects[0].transform);
  // @swc/jest switches this on by itself: jest.mock goes above the imports.
  Object.assign(swc.jsc.transform, { hidden: { jest: true } });
  const config = {
    mutate: [...positionals.map(globOf), ...TABLES.map((file) => `!${file}`)],
    ignorers: ['texts'],
    testRunner: 'unit',
    plugins,
    unitTests: { files: testFiles(), swc },
    coverageAnalysis: 'perTest',
    // A mutant of a constant that is made when its file loads would run every test.
    ignoreStatic: true,
    // Types are of no concern here: swc strips them without a check.
    disableTypeChecks: false,
    concurrency: Number(values.workers),
    // A mutant that runs out of time counts as killed, so the limit is far above the time of any test on a busy machine.
    timeoutMS: 15_000,
    tempDirName: SANDBOX,
    cleanTempDir: 'always',
    ignorePatterns: ['dist', '.cache', '.swc', 'artifacts'],
    reporters: ['lines', 'progress-append-only'],
    resultsFile: RESULTS,
    logLevel: 'error',
  };
  writeFileSync(path.join(FOLDER, 'stryker.config.json'), JSON.stringify(config));
  const program = path.join(ROOT, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const child = spawn(
    process.execPath,
    [program, 'run', path.join(FOLDER, 'stryker.config.json')],
    {
      cwd: ROOT,
      stdio: ['ignore', process.stderr, process.stderr],
      detached: true,
    },
  );
  const end = () => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  const limit =
    values.minutes === undefined ? undefined : setTimeout(end, Number(values.minutes) * 60_000);
  const status = await new Promise<number | null>((done) => child.on('exit', done));
  clearTimeout(limit);
  if (status !== null && status !== 0) process.exit(status);
  const text = existsSync(RESULTS) ? readFileSync(RESULTS, 'utf8') : '';
  const results = resultsIn(text, (file) => readFileSync(path.join(ROOT, file), 'utf8'));
  return { results, isWhole: status === 0 };
}

async function main(): Promise<void> {
  os.setPriority(10);
  const { results, isWhole } = await measure().finally(() => {
    for (const folder of [FOLDER, SANDBOX]) rmSync(folder, { recursive: true, force: true });
  });
  void isWhole;
  const listeners = listenersIn(results.mutants);
  const scores = scoreOf(results.mutants);
  for (const { name, value, of, percent } of scores)
    console.log(
      `${name.padEnd(44)} ${String(value).padStart(5)} of ${of}   ${percent.toFixed(1)} %`,
    );
  console.log(
    `listeners: ${listeners.killed} of ${listeners.all} fail a test when they are taken out`,
  );
  for (const line of survivorsIn(results.mutants)) console.log(line);
  const total = scores.at(-1)?.percent ?? 0;
  const isLow = total < Number(values.least);
  if (isLow) console.error(`mutation: ${total.toFixed(1)} % is below ${values.least} %`);
  process.exitCode = isLow || listeners.killed < listeners.all ? 1 : 0;
}

void main();
