import { foreignCall, systemClock, type WxFailure, wxFailureOf, wxSilence } from '@/platform';

/** The answer of WeChat, or why there is none. */
export type WxOutcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: WxFailure };

/** WeChat answers in well under a second; a call that has not answered by then never does. Milliseconds. */
const LIMIT_MS = 10_000;

/** Makes the failure of a call without an answer travel through `foreignCall`. */
class Silence extends Error {}

/**
 * The way to call WeChat (or Taro's browser version of it). Never throws and never rejects: a call that
 * throws, fails, or does not answer within 10 s ends in an outcome. ESLint refuses a call without it.
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

/** The same for a call that the user answers: a dialog, a sheet, a picker. It waits as long as the user does. */
export async function wxAsk<T>(call: () => T | PromiseLike<T>): Promise<WxOutcome<T>> {
  // Called in the same turn: WeChat opens some pickers only in the turn of the tap.
  return await outcomeOf(new Promise<T>((resolve) => resolve(call())));
}

async function outcomeOf<T>(answer: Promise<T>): Promise<WxOutcome<T>> {
  try {
    return { ok: true, value: await answer };
  } catch (error) {
    const failure = error instanceof Silence ? wxSilence('call') : wxFailureOf(error);
    return { ok: false, failure };
  }
}
