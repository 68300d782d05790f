import { readFileSync, statSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';
import { transformSync } from '@swc/core';

type Wrapper = (
  module: { exports: unknown },
  exports: unknown,
  require: (request: string) => unknown,
  jest: unknown,
) => void;

const ENDINGS = ['', '.ts', '.tsx', '.js', '.json', '/index.ts', '/index.tsx'];

/** Packages that are published as ES modules only; node 20 cannot `require` them. */
const ES_PACKAGES = /node_modules\/nim-web-sdk-ng\/dist\/esm\//;

const isFile = (file: string) => statSync(file, { throwIfNoEntry: false })?.isFile() === true;

/**
 * The modules below `root`, transformed as jest.config.js says and compiled a single time. `load` runs a file with
 * fresh copies of all project modules, which takes milliseconds, because nothing is read, resolved or compiled again.
 * Packages are loaded once and shared by all runs.
 */
export class Modules {
  private readonly wrappers = new Map<string, Wrapper>();
  private readonly resolved = new Map<string, string | undefined>();

  constructor(
    private readonly root: string,
    private readonly options: object,
  ) {}

  /** Runs a test file. `jestFor` makes the `jest` object of a file from what depends on the loaded modules. */
  load(file: string, jestFor: (parts: JestParts) => unknown): void {
    let registry = new Map<string, { exports: unknown }>();
    const factories = new Map<string, () => unknown>();
    const run = (target: string): unknown => {
      const known = registry.get(target);
      if (known) return known.exports;
      const module = { exports: {} };
      registry.set(target, module);
      if (target.endsWith('.json')) {
        module.exports = JSON.parse(readFileSync(target, 'utf8')) as object;
        return module.exports;
      }
      const requireActual = (request: string): unknown => {
        const found = this.resolve(target, request);
        return found === undefined ? createRequire(target)(request) : run(found);
      };
      const requireHere = (request: string): unknown => {
        const key = this.resolve(target, request) ?? request;
        const factory = factories.get(key);
        if (!factory) return requireActual(request);
        const mocked = registry.get(`mock ${key}`) ?? { exports: factory() };
        registry.set(`mock ${key}`, mocked);
        return mocked.exports;
      };
      const jest = jestFor({
        mock: (request, factory) =>
          factories.set(this.resolve(target, request) ?? request, factory),
        requireActual,
        resetModules: () => void (registry = new Map()),
      });
      this.compile(target)(module, module.exports, requireHere, jest);
      return module.exports;
    };
    run(file);
  }

  /** The project's file or ES package behind a request. Undefined for what node can `require` itself. */
  private resolve(from: string, request: string): string | undefined {
    if (isBuiltin(request)) return undefined;
    const key = `${path.dirname(from)} ${request}`;
    if (this.resolved.has(key)) return this.resolved.get(key);
    const found = this.search(from, request);
    this.resolved.set(key, found);
    return found;
  }

  private search(from: string, request: string): string | undefined {
    const base = request.startsWith('@/')
      ? path.join(this.root, 'src', request.slice(2))
      : request.startsWith('.')
        ? path.resolve(path.dirname(from), request)
        : undefined;
    if (base !== undefined) {
      const file = ENDINGS.map((ending) => base + ending).find(isFile);
      if (file === undefined) throw new Error(`${from} imports ${request}, which does not exist`);
      return file;
    }
    const file = createRequire(from).resolve(request);
    return ES_PACKAGES.test(file) ? file : undefined;
  }

  private compile(file: string): Wrapper {
    const known = this.wrappers.get(file);
    if (known) return known;
    const { code } = transformSync(readFileSync(file, 'utf8'), {
      ...this.options,
      filename: file,
      sourceMaps: false,
      swcrc: false,
    });
    const wrapper = vm.compileFunction(
      code,
      ['module', 'exports', 'require', 'jest', '__filename', '__dirname'],
      { filename: file },
    ) as (...given: unknown[]) => void;
    const bound: Wrapper = (module, exports, require, jest) =>
      wrapper(module, exports, require, jest, file, path.dirname(file));
    this.wrappers.set(file, bound);
    return bound;
  }
}

/** The parts of `jest` that depend on the loaded modules. */
export interface JestParts {
  mock: (request: string, factory: () => unknown) => unknown;
  requireActual: (request: string) => unknown;
  resetModules: () => void;
}
