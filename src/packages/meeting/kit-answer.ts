import type { LegacyIm } from '@/sdk/legacy-im';
import { Code } from '@/sdk/codes';
import type { KitLogin, KitLoginWay } from './meeting-kit';
import { MeetingKitError } from './meeting-kit-error';

const OK: readonly unknown[] = [0, 200];

/**
 * Rejects when a kit's answer is no success. Kits answer with `{code, message, data}`; a few resolve with a
 * code of a failure.
 */
export async function requireSuccess(answer: unknown): Promise<void> {
  const result = await answer;
  if (typeof result !== 'object' || result === null || !('code' in result)) return;
  if (!OK.includes(result.code)) throw result;
}

/** Makes a promise of a method with a callback: `callback()` is success, `callback(error)` is not. */
export function fromCallback(
  start: (callback: (error?: unknown) => void) => unknown,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const returned = start((error) => {
      const code = (error as { code?: unknown } | undefined)?.code;
      if (error === undefined || error === null || OK.includes(code)) resolve();
      else reject(error);
    });
    // Some builds also return a promise, which rejects in place of the callback.
    Promise.resolve(returned).catch(reject);
  });
}

/** The kit's method, or an error that says that this kit has no such method. */
export function methodOf<T>(method: T | undefined, way: KitLoginWay): T {
  if (method) return method;
  throw new MeetingKitError(Code.kitWayMissing, 'kitLogin', `this kit has no login by ${way}`);
}

/** The methods of a kit's account service besides the one for a static token, which kits name differently. */
export interface TokenLogins {
  loginByDynamicToken?(userUuid: string, token: string, authType?: string): Promise<unknown>;
  loginByIM?(userUuid: string, dynamicToken: string, imToken: string): Promise<unknown>;
  logout(): Promise<unknown>;
}

/** Signs in to an account service. `byToken` is its method for a static token. */
export async function loginTo(
  service: TokenLogins,
  login: KitLogin,
  { byToken, im }: { byToken: () => Promise<unknown>; im: LegacyIm | undefined },
): Promise<void> {
  const { userUuid, userToken, way } = login;
  if (way === 'token') return await requireSuccess(byToken());
  if (way === 'dynamicToken') {
    const method = methodOf(service.loginByDynamicToken, way);
    return await requireSuccess(method.call(service, userUuid, userToken, login.authType));
  }
  const method = methodOf(service.loginByIM, way);
  await requireSuccess(method.call(service, userUuid, userToken, im?.options.token ?? ''));
}

/** The error of a kit that is asked for its account service before `initialize`. */
export function notInitialized(): MeetingKitError {
  return new MeetingKitError(
    Code.kitOrder,
    'initialize',
    'the kit has no account service before it',
  );
}

/** The ways whose method exists. */
export function waysOf(methods: Readonly<Record<KitLoginWay, unknown>>): readonly KitLoginWay[] {
  return (Object.keys(methods) as KitLoginWay[]).filter((way) => Boolean(methods[way]));
}
