import { setImmediate as nextMacrotask } from 'node:timers';
import type { Clock, WxOptions } from './options';

/** Brings values from outside into the app's realm; a vm host replaces this object by its own. */
export interface Realm {
  parseJson(text: string): unknown;
  toArrayBuffer(bytes: Uint8Array): ArrayBuffer;
  promise<Value>(
    executor: (resolve: (value: Value) => void, reject: (error: unknown) => void) => void,
  ): Promise<Value>;
  error(message: string): Error;
  /** A shallow copy of a result or event object. */
  fields(source: Record<string, unknown>): Record<string, unknown>;
}

const outerRealm: Realm = {
  parseJson: (text) => JSON.parse(text) as unknown,
  toArrayBuffer: (bytes) => {
    const copy = new ArrayBuffer(bytes.byteLength);
    new Uint8Array(copy).set(bytes);
    return copy;
  },
  promise: (executor) => new Promise(executor),
  error: (message) => new Error(message),
  fields: (source) => source,
};

// Taken when the module loads, so that fake timers that a test installs later do not stop real I/O.
const realClock: Clock = {
  setTimeout: globalThis.setTimeout.bind(globalThis),
  clearTimeout: globalThis.clearTimeout.bind(globalThis) as Clock['clearTimeout'],
};

/** State that all parts of the fake share: the clock, the delivery of callbacks, the end of life. */
export class WxContext {
  readonly clock: Clock;
  /** Errors thrown by the app's own callbacks. WeChat reports such errors and continues, and so does the fake. */
  readonly errors: unknown[] = [];
  onError: ((error: unknown) => void) | undefined;
  realm: Realm = outerRealm;
  disposed = false;
  /** Whether the app runs in the turn of a tap: some functions are refused at other times. */
  isInTap = false;
  online: boolean;
  networkType: string;
  private readonly endings: (() => void)[] = [];
  private readonly pokes = new Set<() => void>();

  constructor(readonly options: WxOptions) {
    this.clock = options.clock ?? realClock;
    this.networkType = options.networkType ?? 'wifi';
    this.online = this.networkType !== 'none';
  }

  /** Runs `task` in a later macrotask: wx never calls back inside the call that asked. */
  later(task: () => void): void {
    nextMacrotask(() => {
      if (!this.disposed) this.guard(task);
    });
  }

  /** Runs app code now; records an error that the code throws and continues. */
  guard(task: () => void): void {
    try {
      task();
    } catch (error) {
      this.errors.push(error);
      this.onError?.(error);
    }
    this.pokes.forEach((poke) => poke());
  }

  /** Calls `poke` after every callback delivered to the app. Returns a function that removes `poke`. */
  onActivity(poke: () => void): () => void {
    this.pokes.add(poke);
    return () => this.pokes.delete(poke);
  }

  /** Runs app code as the handler of a tap. */
  inTap<Value>(task: () => Value): Value {
    this.isInTap = true;
    try {
      return task();
    } finally {
      this.isInTap = false;
    }
  }

  onDispose(ending: () => void): void {
    this.endings.push(ending);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.endings.forEach((ending) => ending());
  }

  /** The address to open for the address that the app asked for. */
  resolve(url: string): string {
    return this.options.resolve?.(url) ?? url;
  }
}
