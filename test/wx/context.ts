import { setImmediate as nextMacrotask } from 'node:timers';
import type { Clock, WxOptions } from './options';

/** How values made outside the app's realm are brought into it; a vm host replaces it with its own. */
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

// Taken when the module loads, so that fake timers installed later by a test do not stop real I/O.
const realClock: Clock = {
  setTimeout: globalThis.setTimeout.bind(globalThis),
  clearTimeout: globalThis.clearTimeout.bind(globalThis) as Clock['clearTimeout'],
};

/** What every part of the fake shares: the clock, the way callbacks are delivered, the end of life. */
export class WxContext {
  readonly clock: Clock;
  /** Errors thrown by the app's own callbacks. WeChat reports them and goes on; so do we. */
  readonly errors: unknown[] = [];
  onError: ((error: unknown) => void) | undefined;
  realm: Realm = outerRealm;
  disposed = false;
  online: boolean;
  networkType: string;
  private readonly endings: (() => void)[] = [];
  private readonly pokes = new Set<() => void>();

  constructor(readonly options: WxOptions) {
    this.clock = options.clock ?? realClock;
    this.networkType = options.networkType ?? 'wifi';
    this.online = this.networkType !== 'none';
  }

  /** Runs `task` in a later macrotask: no wx callback is ever called inside the call that asked for it. */
  later(task: () => void): void {
    nextMacrotask(() => {
      if (!this.disposed) this.guard(task);
    });
  }

  /** Runs app code now; what it throws is recorded and stops nothing. */
  guard(task: () => void): void {
    try {
      task();
    } catch (error) {
      this.errors.push(error);
      this.onError?.(error);
    }
    this.pokes.forEach((poke) => poke());
  }

  /** `poke` is called after every callback delivered to the app. Returns the way to stop it. */
  onActivity(poke: () => void): () => void {
    this.pokes.add(poke);
    return () => this.pokes.delete(poke);
  }

  onDispose(ending: () => void): void {
    this.endings.push(ending);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.endings.forEach((ending) => ending());
  }

  /** The address to open for the address the app asked for. */
  resolve(url: string): string {
    return this.options.resolve?.(url) ?? url;
  }
}
