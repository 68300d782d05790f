import { foreignCall, systemClock, type WxFailure, wxFailureOf, wxSilence } from '@/platform';

/** The answer of WeChat, or the failure. */
export type WxOutcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: WxFailure };

/**
 * Time limit in milliseconds: WeChat answers in well under a second; a call without an answer by then never
 * gets one.
 */
const LIMIT_MS = 10_000;

/** Carries the failure of an unanswered call through `foreignCall`. */
class Silence extends Error {}

/**
 * Calls WeChat (or Taro's browser version of it). Never throws and never rejects: a call that throws, fails,
 * or does not answer within 10 s gives an outcome. ESLint refuses a call without it.
 */
export async function wxCall<T>(call: () => T | PromiseLike<T>): Promise<WxOutcome<T>> {
  return await outcomeOf(
    foreignCall(call, {
      clock: systemClock,
      limitMs: LIMIT_MS,
      onLimit: () => new Silence(),
    }),
  );
}

/** The same for a call that the user answers: a dialog, a sheet, a picker. There is no time limit. */
export async function wxAsk<T>(call: () => T | PromiseLike<T>): Promise<WxOutcome<T>> {
  // The call runs in the same turn: WeChat opens some pickers only in the turn of the tap.
  return await outcomeOf(new Promise<T>((resolve) => resolve(call())));
}

/**
 * The same for a transfer. `onStart` gets the running task, to watch it and to abort it. There is no time limit,
 * because only the caller knows whether the transfer still moves.
 */
export async function wxTask<T, Task extends PromiseLike<T>>(
  call: () => Task & PromiseLike<T>,
  onStart: (task: Task) => void,
): Promise<WxOutcome<T>> {
  return await outcomeOf(
    new Promise<T>((resolve) => {
      const task = call();
      onStart(task);
      resolve(task);
    }),
  );
}

async function outcomeOf<T>(answer: Promise<T>): Promise<WxOutcome<T>> {
  try {
    return { ok: true, value: await answer };
  } catch (error) {
    const failure = error instanceof Silence ? wxSilence('call') : wxFailureOf(error);
    return { ok: false, failure };
  }
}
