import path from 'node:path';
import { jestExpect } from '@jest/expect';
import { ModernFakeTimers } from '@jest/fake-timers';
import type { InstrumenterContext, StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  type DryRunOptions,
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import circus, { addEventHandler, getState, resetState, run } from 'jest-circus';
import { ModuleMocker } from 'jest-mock';
import { Globals } from './globals';
import { type JestParts, Modules } from './modules';

/** Limit of a test in ms, besides five times its own duration. A test with an injected clock takes less than 100 ms. */
const LIMIT = 1500;

/** Limit of a test in the first run, in ms. */
const FIRST_LIMIT = 60_000;

type Block = ReturnType<typeof getState>['rootDescribeBlock'];
type Test = Block['tests'][number];

interface How {
  limit: number;
  /** The tests to run; without it all. */
  filter?: ReadonlySet<string>;
  /** Whether the rest of the file is left out after a failed test. */
  bail?: boolean;
  onLoaded?: () => void;
}

const context = ((globalThis as { __stryker__?: InstrumenterContext }).__stryker__ ??= {});

/**
 * Runs the unit tests for StrykerJS with jest's own parts (jest-circus, expect, jest-mock, fake timers) in this
 * process, from modules that are compiled once. StrykerJS's own jest runner starts jest anew for each mutant and loads
 * every test file that imports the mutated file: 91 files in 43 s for a file of src/connection. This runner loads only
 * the files with tests that reach the mutant, and stops at the first test that fails.
 */
class UnitRunner implements TestRunner {
  static inject = tokens(commonTokens.options);

  private readonly modules: Modules;
  private readonly files: string[];
  private readonly ids = new Map<Test, string>();
  private readonly mocker = new ModuleMocker(globalThis);
  private readonly globals = new Globals();
  private readonly timers = new ModernFakeTimers({
    global: globalThis,
    config: { rootDir: process.cwd(), fakeTimers: {} } as never,
  });
  /** Durations of the tests in the first run, in ms. */
  private readonly durations = new Map<string, number>();
  private results: TestResult[] = [];
  private isFileFailed = false;
  private doesBail = false;

  constructor(options: StrykerOptions) {
    const { files, swc } = options.unitTests as { files: string[]; swc: object };
    this.files = files;
    this.modules = new Modules(process.cwd(), swc);
    addEventHandler((event) => {
      if (event.name === 'test_start') {
        if (this.doesBail && this.isFileFailed) event.test.mode = 'skip';
        context.currentTestId = this.ids.get(event.test);
      }
      if (event.name !== 'test_done') return;
      context.currentTestId = undefined;
      if (event.test.errors.length > 0) this.isFileFailed = true;
    });
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun({ coverageAnalysis }: DryRunOptions): Promise<DryRunResult> {
    context.mutantCoverage = { static: {}, perTest: {} };
    this.results = [];
    for (const file of this.files) {
      const error = await this.runFile(file, { limit: FIRST_LIMIT });
      if (error === undefined) continue;
      return { status: DryRunStatus.Error, errorMessage: `${file}: ${textOf(error)}` };
    }
    for (const { id, timeSpentMs } of this.results) this.durations.set(id, timeSpentMs);
    return {
      status: DryRunStatus.Complete,
      tests: this.results,
      mutantCoverage: coverageAnalysis === 'off' ? undefined : context.mutantCoverage,
    };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, disableBail, hitLimit, mutantActivation, testFilter } = options;
    const filters = filtersOf(testFilter);
    context.hitLimit = hitLimit;
    context.hitCount = hitLimit === undefined ? undefined : 0;
    this.results = [];
    try {
      for (const file of filters ? this.quickestFirst(filters) : this.files) {
        context.activeMutant = mutantActivation === 'static' ? activeMutant.id : undefined;
        const error = await this.runFile(file, {
          limit: LIMIT,
          filter: filters?.get(file),
          bail: !disableBail,
          onLoaded: () => {
            context.activeMutant = activeMutant.id;
          },
        });
        const endless = determineHitLimitReached(context.hitCount, context.hitLimit);
        if (endless) return toMutantRunResult(endless);
        if (error !== undefined)
          return toMutantRunResult({ status: DryRunStatus.Error, errorMessage: textOf(error) });
        if (!disableBail && this.isFileFailed) break;
      }
      return toMutantRunResult({ status: DryRunStatus.Complete, tests: this.results }, disableBail);
    } finally {
      context.activeMutant = context.hitLimit = context.hitCount = undefined;
    }
  }

  private quickestFirst(filters: ReadonlyMap<string, ReadonlySet<string>>): string[] {
    const timeOf = (ids: ReadonlySet<string>) =>
      [...ids].reduce((sum, id) => sum + (this.durations.get(id) ?? 0), 0);
    return [...filters]
      .map(([file, ids]) => ({ file, time: timeOf(ids) }))
      .sort((a, b) => a.time - b.time)
      .map(({ file }) => file);
  }

  /** Runs a file's tests and adds their results. Returns the error of a file that cannot be loaded. */
  private async runFile(file: string, how: How): Promise<unknown> {
    resetState();
    const state = getState();
    this.ids.clear();
    this.isFileFailed = false;
    this.doesBail = how.bail === true;
    const restore = this.globals.enter((error) => {
      state.currentlyRunningTest?.errors.push(error as Error);
    });
    Object.assign(globalThis, circus, { expect: jestExpect });
    jestExpect.setState({ testPath: file, currentTestName: undefined });
    try {
      this.modules.load(path.resolve(file), (parts) => this.jestFor(parts));
      const tests = [...testsIn(state.rootDescribeBlock)];
      this.name(tests, file);
      this.limitWaits(state.rootDescribeBlock);
      for (const test of tests) {
        const id = this.ids.get(test) ?? '';
        if (how.filter && !how.filter.has(id)) test.mode = 'skip';
        test.timeout = how.limit + 5 * (this.durations.get(id) ?? 0);
      }
      how.onLoaded?.();
      await run();
      for (const test of tests)
        if (test.status === 'done') this.results.push(this.resultOf(test, file));
      return undefined;
    } catch (error) {
      return error;
    } finally {
      context.currentTestId = undefined;
      this.timers.useRealTimers();
      this.mocker.restoreAllMocks();
      restore();
    }
  }

  private resultOf(test: Test, file: string): TestResult {
    const id = this.ids.get(test) ?? '';
    const result = {
      id,
      name: id.slice(file.length + 1),
      timeSpentMs: test.duration ?? 0,
      fileName: path.resolve(file),
    };
    return test.errors.length === 0
      ? { ...result, status: TestStatus.Success }
      : { ...result, status: TestStatus.Failed, failureMessage: textOf(test.errors[0]) };
  }

  /** Tests with the same name in a file get numbers. */
  private name(tests: readonly Test[], file: string): void {
    const used = new Map<string, number>();
    for (const test of tests) {
      const names = [test.name];
      for (let at: Block | undefined = test.parent; at?.parent; at = at.parent)
        names.unshift(at.name);
      const name = names.join(' ');
      const count = (used.get(name) ?? 0) + 1;
      used.set(name, count);
      this.ids.set(test, `${file}#${name}${count > 1 ? ` (${count})` : ''}`);
    }
  }

  /** Tests and hooks fail at once when nothing is left in the process that they could wait for. */
  private limitWaits(block: Block): void {
    const limited = (fn: unknown) => {
      const given = fn as (this: unknown) => unknown;
      if (given.length > 0) return given;
      const { globals } = this;
      return function (this: unknown) {
        const result = given.call(this);
        return result instanceof Promise ? globals.unlessStuck(result) : undefined;
      };
    };
    for (const hook of block.hooks) hook.fn = limited(hook.fn) as typeof hook.fn;
    for (const child of block.children)
      if (child.type === 'describeBlock') this.limitWaits(child);
      else child.fn = limited(child.fn) as typeof child.fn;
  }

  private jestFor(parts: JestParts): object {
    const { mocker, timers } = this;
    return {
      ...parts,
      fn: mocker.fn.bind(mocker),
      spyOn: mocker.spyOn.bind(mocker),
      mocked: (value: unknown) => value,
      resetAllMocks: () => mocker.resetAllMocks(),
      restoreAllMocks: () => mocker.restoreAllMocks(),
      clearAllMocks: () => mocker.clearAllMocks(),
      setTimeout: () => undefined,
      useFakeTimers: (config?: never) => timers.useFakeTimers(config),
      useRealTimers: () => timers.useRealTimers(),
      setSystemTime: (now?: number | Date) => timers.setSystemTime(now),
      getTimerCount: () => timers.getTimerCount(),
      runAllTimers: () => timers.runAllTimers(),
      advanceTimersByTime: (ms: number) => timers.advanceTimersByTime(ms),
      advanceTimersByTimeAsync: (ms: number) => timers.advanceTimersByTimeAsync(ms),
    };
  }
}

function* testsIn(block: Block): Generator<Test> {
  for (const child of block.children)
    if (child.type === 'describeBlock') yield* testsIn(child);
    else yield child;
}

/** The wanted tests of each file. */
function filtersOf(ids: readonly string[] | undefined): Map<string, Set<string>> | undefined {
  if (!ids) return undefined;
  const filters = new Map<string, Set<string>>();
  for (const id of ids) {
    const file = id.slice(0, id.indexOf('#'));
    filters.set(file, (filters.get(file) ?? new Set()).add(id));
  }
  return filters;
}

function textOf(error: unknown): string {
  const first: unknown = Array.isArray(error) ? error[0] : error;
  return first instanceof Error ? (first.stack ?? first.message) : String(first);
}

// ts-unused-exports:disable-next-line
export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'unit', UnitRunner)];

// ts-unused-exports:disable-next-line
export const strykerValidationSchema = { properties: { unitTests: { type: 'object' } } };
