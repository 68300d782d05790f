import type { KitLoginWay } from './room-kit';
import { RoomKitError } from './room-kit-error';

const WAY_MISSING = 600113;
const OK: readonly unknown[] = [0, 200];

/** Kits answer with `{code, message, data}`; a few resolve with a code that is no success. */
export async function succeeded(answer: unknown): Promise<void> {
  const result = await answer;
  if (typeof result !== 'object' || result === null || !('code' in result)) return;
  if (!OK.includes(result.code)) throw result;
}

/** The outcome of a method with a callback: `callback()` is success, `callback(error)` is not. */
export function calledBack(start: (callback: (error?: unknown) => void) => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const returned = start((error) => {
      const code = (error as { code?: unknown } | undefined)?.code;
      if (error === undefined || error === null || OK.includes(code)) resolve();
      else reject(error);
    });
    // Some builds return a promise as well, and reject it instead of calling back.
    Promise.resolve(returned).catch(reject);
  });
}

/** The kit's method, or the error that says that this kit has none. */
export function methodOf<T>(method: T | undefined, way: KitLoginWay): T {
  if (method) return method;
  throw new RoomKitError(WAY_MISSING, 'kitLogin', `this kit has no login by ${way}`);
}

/** The ways whose method is there. */
export function waysOf(methods: Readonly<Record<KitLoginWay, unknown>>): readonly KitLoginWay[] {
  return (Object.keys(methods) as KitLoginWay[]).filter((way) => Boolean(methods[way]));
}
