import type { KitLogin, KitLoginWay } from './room-kit';
import { RoomKitError } from './room-kit-error';

const WAY_MISSING = 600113;
const OK: readonly unknown[] = [0, 200];

/** Kits answer with `{code, message, data}`; a few resolve with a code that is no success. */
export async function succeeded(answer: unknown): Promise<void> {
  const result = await answer;
  if (typeof result !== 'object' || result === null || !('code' in result)) return;
  if (!OK.includes(result.code)) throw result;
}

/** The kit's method, or the error that says that this kit has none. */
export function methodOf<T>(method: T | undefined, way: KitLoginWay): T {
  if (method) return method;
  throw new RoomKitError(WAY_MISSING, 'kitLogin', `this kit has no login by ${way}`);
}

/** The ways whose method is there. */
export function waysOf(
  methods: Readonly<Record<KitLoginWay, unknown>>,
): readonly KitLogin['way'][] {
  return (Object.keys(methods) as KitLoginWay[]).filter((way) => Boolean(methods[way]));
}
