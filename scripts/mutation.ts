import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import { ROOT } from './lib/build';
import { changedLines } from './lib/changed-lines';
import { listenersIn, resultsIn, scoreOf, survivorsIn, type Results } from './lib/mutation';

/**
 * `npm run mutation -- PATHS [--least 80] [--tests PATH] [--minutes N]`: breaks the files below PATHS in one place
 * after the other with StrykerJS, runs the unit tests that reach the place, and prints the score, the removed
 * listeners and the survivors. `--tests` names files or folders of tests. docs/reliability.md has the results.
 *
 * `npm run mutation -- --changed [REF]`: the same for the lines of the measured folders that have changed since REF
 * or in the last ten commits; fails below 80 %. `--minutes` ends a run in time; what was measured until then is judged.
 */
const { values, positionals } = parseArgs({
  options: {
    changed: { type: 'boolean', default: false },
    least: { type: 'string' },
    minutes: { type: 'string' },
    tests: { type: 'string', multiple: true },
    workers: { type: 'string', default: '1' },
  },
  allowPositionals: true,
});
if (positionals.length === 0 && !values.changed) {
  console.error('mutation: name files or folders below src, for example src/stores/teams');
  process.exit(2);
}

/** The least share of the changed lines, in percent. */
const LEAST_CHANGED = 80;

/** A share of so few survivors says nothing: a single mutant that no test can notice would fail a small change. */
const FEW_SURVIVORS = 3;

/** Lets the tests beside a run go first. */
const PRIORITY = 10;

/** The unit tests of each measured part. Tests of other parts reach it as well, but what they notice is an accident. */
const TESTS: readonly (readonly [part: string, tests: readonly string[]])[] = [
  ['src/connection', ['test/unit/connection']],
  ['src/sdk', ['test/unit/sdk', 'test/unit/connection']],
  ['src/stores', ['test/unit/stores']],
  ['src/packages/chatroom', ['test/unit/chatroom']],
];

/** Random stories: what they notice depends on the seed, and they take seconds for each mutant that survives. */
const STORIES = /-chaos\.test\.ts$/;

/** Tables without behaviour; the test of the error catalogue compares their texts with docs/errors.md. */
const TABLES = ['src/connection/room-reasons.ts', 'src/connection/team-reasons.ts'];

const START = Date.now();
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

function testFiles(parts: readonly string[]): string[] {
  if (values.tests) return values.tests.flatMap(testsIn).sort();
  const given = TESTS.filter(([part]) => parts.some((one) => one.startsWith(part)));
  const folders = (given.length > 0 ? given : TESTS).flatMap(([, tests]) => tests);
  return [...new Set(folders.flatMap(testsIn))].filter((file) => !STORIES.test(file)).sort();
}

/** @param parts files, folders or lines of files */
async function measure(parts: readonly string[]): Promise<Results> {
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
  const { projects } = createRequire(__filename)('../jest.config.js') as {
    projects: [{ transform: Record<string, [string, { jsc: { transform: object } }]> }];
  };
  const [[, swc] = ['', { jsc: { transform: {} } }]] = Object.values(projects[0].transform);
  // @swc/jest switches this on by itself: jest.mock goes above the imports.
  Object.assign(swc.jsc.transform, { hidden: { jest: true } });
  const config = {
    mutate: [...parts.map(globOf), ...TABLES.map((file) => `!${file}`)],
    ignorers: ['texts'],
    testRunner: 'unit',
    plugins,
    unitTests: { files: testFiles(parts), swc },
    coverageAnalysis: 'perTest',
    // A mutant of a constant that is made when its file loads would run every test.
    ignoreStatic: true,
    // Types are of no concern here: swc strips them without a check.
    disableTypeChecks: false,
    concurrency: Number(values.workers),
    // A mutant that runs out of time counts as killed: the limit is far above the time of any test on a busy machine.
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
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  };
  let isEnded = false;
  const limit =
    values.minutes === undefined
      ? undefined
      : setTimeout(
          () => {
            isEnded = true;
            end();
          },
          Number(values.minutes) * 60_000 - (Date.now() - START),
        );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  const status = await new Promise<number | null>((done) => child.on('exit', done));
  clearTimeout(limit);
  if (status !== 0 && !isEnded) throw new Error(`StrykerJS ended with ${status ?? 'a signal'}`);
  const text = existsSync(RESULTS) ? readFileSync(RESULTS, 'utf8') : '';
  if (isEnded)
    console.log(
      text === ''
        ? `mutation: ${values.minutes} minutes were over before the first result`
        : `mutation: ended after ${values.minutes} minutes`,
    );
  return resultsIn(text, (file) => readFileSync(path.join(ROOT, file), 'utf8'));
}

function git(...args: string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  });
  return status === 0 ? stdout : undefined;
}

/** What is measured, or undefined when nothing has changed. */
function partsToMeasure(): string[] | undefined {
  if (!values.changed) return positionals;
  const { since, parts } = changedLines(git, positionals[0]);
  if (since === undefined) {
    console.log('mutation: no earlier commit to compare with');
    return undefined;
  }
  if (parts.length === 0) {
    console.log(`mutation: no measured line has changed since ${since.slice(0, 12)}`);
    return undefined;
  }
  console.log(`mutation: lines changed since ${since.slice(0, 12)}`);
  return parts;
}

async function main(): Promise<void> {
  const parts = partsToMeasure();
  if (!parts) return;
  if (os.getPriority() < PRIORITY) os.setPriority(PRIORITY);
  const { mutants, left } = await measure(parts).finally(() => {
    for (const folder of [FOLDER, SANDBOX]) rmSync(folder, { recursive: true, force: true });
  });
  const listeners = listenersIn(mutants);
  const scores = scoreOf(mutants);
  for (const { name, value, of, percent } of scores)
    console.log(
      `${name.padEnd(60)} ${String(value).padStart(5)} of ${String(of).padStart(5)} ${percent.toFixed(1).padStart(6)} %`,
    );
  console.log(
    `listeners: ${listeners.killed} of ${listeners.all} fail a test when they are taken out`,
  );
  for (const [file, count] of left) console.log(`${file}: ${count} places were not reached`);
  const survivors = survivorsIn(mutants);
  for (const line of survivors) console.log(line);
  const least = Number(values.least ?? (values.changed ? LEAST_CHANGED : 0));
  const total = scores.at(-1)?.percent ?? 100;
  const isLow = total < least && (!values.changed || survivors.length > FEW_SURVIVORS);
  if (isLow) console.error(`mutation: ${total.toFixed(1)} % is below ${least} %`);
  const isListenerLeft = !values.changed && listeners.killed < listeners.all;
  process.exitCode = isLow || isListenerLeft ? 1 : 0;
}

void main();
