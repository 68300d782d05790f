import type { Clock } from './types';

/** The bounds of one call to foreign code: the SDK, WeChat, an app server, a kit, a provider. */
export interface ForeignCallBounds {
  readonly clock: Clock;
  /** The longest wait, in milliseconds. */
  readonly limitMs: number;
  /** Makes the error of a call that gave no answer within `limitMs`. */
  readonly onLimit: () => Error;
  /**
   * Subscribes to the end of the operation that this call belongs to; the function that it returns
   * unsubscribes. Calls its handler at once when the operation has ended already.
   */
  readonly whenEnded?: (handler: () => void) => () => void;
  /** Makes the error of a call whose operation ended first. Required with `whenEnded`. */
  readonly onEnded?: () => Error;
}

/**
 * Waits for foreign code, but never for longer than the bounds say. Foreign code can throw before it
 * returns a promise, return no promise at all, or return a promise that never settles; each of these
 * ends here in a settled promise. A result that comes after the end is dropped.
 * @throws what `call` threw or rejected with, or the error of `onLimit` or `onEnded`.
 */
export function foreignCall<T>(
  call: () => T | PromiseLike<T>,
  { clock, limitMs, onLimit, whenEnded, onEnded = onLimit }: ForeignCallBounds,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let isSettled = false;
    const subscription: { stop?: () => void } = {};
    const settle = (act: () => void) => {
      if (isSettled) return;
      isSettled = true;
      clock.clearTimeout(timer);
      subscription.stop?.();
      act();
    };
    const timer = clock.setTimeout(() => settle(() => reject(onLimit())), limitMs);
    subscription.stop = whenEnded?.(() => settle(() => reject(onEnded())));
    if (isSettled) {
      subscription.stop?.();
      return;
    }
    let result: T | PromiseLike<T>;
    try {
      result = call();
    } catch (error) {
      settle(() => reject(error));
      return;
    }
    Promise.resolve(result).then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(error)),
    );
  });
}
