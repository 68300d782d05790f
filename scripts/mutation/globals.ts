const real = { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate };

type Handle = NodeJS.Timeout | NodeJS.Immediate;

/** Time in ms between two looks at a test that may wait for nothing. */
const LOOK = 15;

/** Numbers of open handles by kind, without timers. */
function handles(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo())
    if (kind !== 'Timeout' && kind !== 'Immediate') counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/**
 * What the tests of a file share through the process: global variables, environment, timers, unhandled errors. All of
 * it is put back after the file, so that a mutant cannot spoil the tests of the next mutant.
 */
export class Globals {
  private readonly pending = new Set<Handle>();

  /** Installs timers that are known here. Returns the end, which puts everything back. */
  enter(onError: (error: unknown) => void): () => void {
    const descriptors = Object.getOwnPropertyDescriptors(globalThis);
    const environment = { ...process.env };
    const exceptions = process.rawListeners('uncaughtException');
    const rejections = process.rawListeners('unhandledRejection');
    process.removeAllListeners('uncaughtException');
    process.removeAllListeners('unhandledRejection');
    process.on('uncaughtException', onError);
    process.on('unhandledRejection', onError);
    this.installTimers();
    return () => {
      for (const handle of this.pending) {
        real.clearTimeout(handle as NodeJS.Timeout);
        real.clearImmediate(handle as NodeJS.Immediate);
      }
      this.pending.clear();
      for (const key of Reflect.ownKeys(globalThis))
        if (!(key in descriptors)) Reflect.deleteProperty(globalThis, key);
      for (const key of Reflect.ownKeys(descriptors)) restore(key, descriptors);
      for (const key of Object.keys(process.env))
        if (!(key in environment)) Reflect.deleteProperty(process.env, key);
      Object.assign(process.env, environment);
      process.removeAllListeners('uncaughtException');
      process.removeAllListeners('unhandledRejection');
      for (const one of exceptions) process.on('uncaughtException', one as () => void);
      for (const one of rejections) process.on('unhandledRejection', one as () => void);
    };
  }

  /** Settles like `work`, or rejects when nothing in the process can settle it: no timer, no open file or socket. */
  async unlessStuck(work: Promise<unknown>): Promise<void> {
    const before = handles();
    let isSettled = false;
    const settled = work.finally(() => (isSettled = true));
    const isIdle = () =>
      this.pending.size === 0 &&
      [...handles()].every(([kind, count]) => count <= (before.get(kind) ?? 0));
    const stuck = (async () => {
      for (let idle = 0; idle < 3; idle = isIdle() ? idle + 1 : 0) {
        await new Promise((done) => real.setTimeout(done, LOOK));
        if (isSettled) return;
      }
      throw new Error('the test waits for what can never come');
    })();
    await Promise.race([settled, stuck]);
    await settled;
  }

  private installTimers(): void {
    const { pending } = this;
    const later =
      (set: (work: (...given: unknown[]) => void, ...rest: unknown[]) => Handle) =>
      (work: (...given: unknown[]) => void, ...rest: unknown[]) => {
        const handle = set(
          (...given) => {
            pending.delete(handle);
            work(...given);
          },
          ...rest,
        );
        pending.add(handle);
        return handle;
      };
    const forget = (clear: (handle: never) => void) => (handle: Handle) => {
      pending.delete(handle);
      clear(handle as never);
    };
    Object.assign(globalThis, {
      setTimeout: later(real.setTimeout as never),
      setImmediate: later(real.setImmediate as never),
      setInterval: (...given: Parameters<typeof setInterval>) => {
        const handle = real.setInterval(...given);
        pending.add(handle);
        return handle;
      },
      clearTimeout: forget(real.clearTimeout),
      clearInterval: forget(real.clearInterval),
      clearImmediate: forget(real.clearImmediate),
    });
  }
}

function restore(key: string | symbol, all: Record<string | symbol, PropertyDescriptor>): void {
  const was = all[key];
  const is = Object.getOwnPropertyDescriptor(globalThis, key);
  if (was && (is?.value !== was.value || is?.get !== was.get))
    Object.defineProperty(globalThis, key, was);
}
