import path from 'node:path';
import vm from 'node:vm';
import type { PackageFault } from '../wx';
import type { PackageFiles } from './package-files';

/** Parameters of WeChat's define() wrapper: browser names that are undefined in every file. */
const SHADOWED = [
  'window',
  'document',
  'frames',
  'self',
  'location',
  'navigator',
  'localStorage',
  'history',
  'Caches',
  'screen',
  'alert',
  'confirm',
  'prompt',
  'XMLHttpRequest',
  'WebSocket',
  'Reporter',
  'webkit',
  'WeixinJSCore',
];

interface Module {
  exports: unknown;
}

type Wrapper = (this: unknown, require: unknown, module: Module, exports: unknown) => void;

/** Replaces Date by a class that adds the app's time offset. */
const SHIFTED_DATE = `(aheadMs) => {
  const Machine = Date;
  const now = () => Machine.now() + aheadMs();
  globalThis.Date = new Proxy(Machine, {
    construct: (target, args, as) => Reflect.construct(target, args.length > 0 ? args : [now()], as),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
}`;

/** Compiled once per process, because a bench launches the same package many times. */
const scripts = new Map<string, vm.Script>();
let compiled = 0;

/** A file that the host ran. */
export interface EvaluatedFile {
  file: string;
  bytes: number;
  ms: number;
}

/** WeChat's logic layer: a JavaScript realm without browser globals, files wrapped by define(), no eval. */
export class LogicContext {
  readonly evaluated: EvaluatedFile[] = [];
  readonly loadedPackages = new Set<string>(['']);
  private readonly modules = new Map<string, Module>();
  private readonly context: vm.Context;
  /** The realm's own JSON.parse and constructors, for values from outside. */
  readonly realm: {
    parse: (text: string) => unknown;
    ArrayBuffer: ArrayBufferConstructor;
    Uint8Array: Uint8ArrayConstructor;
    Promise: PromiseConstructor;
    Error: ErrorConstructor;
    assign: (fields: object) => Record<string, unknown>;
    list: (items: unknown[]) => unknown[];
  };

  constructor(
    private readonly files: PackageFiles,
    globals: Record<string, unknown>,
    private readonly later: (task: () => void) => void,
    private readonly compileAnew = false,
    private readonly packageFault: (root: string) => PackageFault | undefined = () => undefined,
  ) {
    this.context = vm.createContext(
      { ...globals },
      { codeGeneration: { strings: false, wasm: false } },
    );
    // Node's realm has WebAssembly, WeChat's does not (WXWebAssembly is a different API).
    this.realm = vm.runInContext(
      `delete globalThis.WebAssembly; delete globalThis.SharedArrayBuffer;
       ({ parse: JSON.parse, ArrayBuffer, Uint8Array, Promise, Error, assign: (fields) => Object.assign({}, fields),
          list: (items) => Array.from(items) })`,
      this.context,
    ) as LogicContext['realm'];
  }

  /** Copies plain data into objects of the app's realm. */
  copy(value: unknown): unknown {
    return value === undefined ? undefined : this.realm.parse(JSON.stringify(value));
  }

  /** Sets the realm's clock to the machine's time plus this many milliseconds. */
  shiftClock(aheadMs: () => number): void {
    const shift = vm.runInContext(SHIFTED_DATE, this.context) as (aheadMs: () => number) => void;
    shift(aheadMs);
  }

  /** An array of the app's realm with the same items. */
  list(items: unknown[]): unknown[] {
    return this.realm.list(items);
  }

  /** Runs a file of the package once, as `require` would. */
  require(file: string): unknown {
    const known = this.modules.get(file);
    if (known) return known.exports;
    const code = this.files.read(file);
    const module: Module = { exports: this.realm.assign({}) };
    this.modules.set(file, module);
    const began = performance.now();
    const wrapper = this.scriptOf(file, code).runInContext(this.context) as Wrapper;
    try {
      wrapper.call(undefined, this.requireFrom(file), module, module.exports);
    } catch (error) {
      this.modules.delete(file);
      throw error;
    }
    const ms = performance.now() - began;
    this.evaluated.push({ file, bytes: Buffer.byteLength(code), ms });
    return module.exports;
  }

  private scriptOf(file: string, code: string): vm.Script {
    const parameters = ['require', 'module', 'exports', ...SHADOWED].join(', ');
    const source = `(function (${parameters}) {${code}\n})`;
    const filename = path.join(this.files.root, file);
    // V8 keeps compiled code by its source text, so only another text is compiled and warmed up again.
    if (this.compileAnew) return new vm.Script(`${source}//${++compiled}`, { filename });
    const key = `${file}\n${source}`;
    const known = scripts.get(key);
    if (known) return known;
    const script = new vm.Script(source, { filename });
    scripts.set(key, script);
    return script;
  }

  private requireFrom(from: string): unknown {
    const resolve = (request: string): string => {
      const joined = request.startsWith('/')
        ? request.slice(1)
        : path.posix.join(path.posix.dirname(from), request);
      const file = joined.endsWith('.js') ? joined : `${joined}.js`;
      if (!this.files.has(file)) {
        throw new Error(`module '${file}' is not defined, require args is '${request}'`);
      }
      return file;
    };
    const requireSync = (request: string): unknown => {
      const file = resolve(request);
      // A sub-package's code is not on the phone before its download.
      if (!this.loadedPackages.has(this.files.packageOf(file))) {
        throw new Error(`module '${file}' is not defined, require args is '${request}'`);
      }
      return this.require(file);
    };
    const load = (request: string): Promise<unknown> =>
      new this.realm.Promise((done, failed) => {
        this.later(() => {
          try {
            const file = resolve(request);
            const root = this.files.packageOf(file);
            const fault = this.loadedPackages.has(root) ? undefined : this.packageFault(root);
            if (fault === 'silent') return;
            if (fault === 'fail')
              throw this.copy({ mod: file, errMsg: `loadSubpackage:fail ${root}` });
            const evaluate = () => {
              this.loadedPackages.add(root);
              done(this.require(file));
            };
            if (fault) void fault.then(() => this.later(evaluate));
            else evaluate();
          } catch (error) {
            failed(error);
          }
        });
      });
    return Object.assign(
      (request: string, done?: (value: unknown) => void, failed?: (error: unknown) => void) =>
        done ? void load(request).then(done, failed) : requireSync(request),
      { async: load },
    );
  }
}
