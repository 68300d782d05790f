/** The way in which a call to WeChat failed. */
export type WxFailureKind =
  'cancelled' | 'undeclared' | 'notAgreed' | 'denied' | 'missing' | 'silent' | 'failed';

/** A failed call to WeChat. `code` is a row of the reasons table. */
export interface WxFailure {
  readonly kind: WxFailureKind;
  readonly code: number;
  /** WeChat's own text, for developers; not for the screen. */
  readonly errMsg: string;
}

const CODES: Readonly<Record<WxFailureKind, number>> = {
  cancelled: 191002,
  undeclared: 600201,
  notAgreed: 600202,
  denied: 600203,
  missing: 600204,
  silent: 600205,
  failed: 600206,
};

/** `errCode` of a subscription whose main switch the user has turned off in the settings of the mini-program. */
const SUBSCRIPTIONS_OFF = 20004;
/** Values of WeChat's errno: permission denied by the user or the system; privacy guide refused; not declared. */
const DENIED: readonly unknown[] = [3, 103];
const NOT_AGREED = 104;
const UNDECLARED = 112;

/** The failure of a call that got no answer within the limit. */
export function wxSilence(what: string): WxFailure {
  return failureOf('silent', `${what}:fail no answer`);
}

/**
 * Classifies the failure of a call to WeChat. WeChat rejects with `{errMsg, errno?}`, where `errno` is missing
 * from many calls and from old base libraries, so the text is read as well. A function that this base library does
 * not have throws a TypeError. A refusal is tested before a cancellation, because the text of a refused privacy
 * guide may have both.
 */
export function wxFailureOf(error: unknown): WxFailure {
  const { errMsg, errno, errCode } = partsOf(error);
  if (errCode === SUBSCRIPTIONS_OFF) return failureOf('denied', errMsg);
  return failureOf(kindOf(errMsg, errno, error), errMsg);
}

function kindOf(errMsg: string, errno: unknown, error: unknown): WxFailureKind {
  if (errno === UNDECLARED || /scope is not declared/i.test(errMsg)) return 'undeclared';
  if (errno === NOT_AGREED || /privacy/i.test(errMsg)) return 'notAgreed';
  if (DENIED.includes(errno) || /auth(orize)? ?deny|auth denied|permission denied/i.test(errMsg))
    return 'denied';
  if (error instanceof TypeError || /is not a function|not support/i.test(errMsg)) return 'missing';
  if (/:fail,? *(user )?cancel/i.test(errMsg)) return 'cancelled';
  return 'failed';
}

function partsOf(error: unknown): { errMsg: string; errno?: unknown; errCode?: unknown } {
  if (typeof error !== 'object' || error === null) return { errMsg: String(error) };
  const { errMsg, message, errno, errCode } = error as Readonly<Record<string, unknown>>;
  const text = typeof errMsg === 'string' ? errMsg : message;
  return { errMsg: typeof text === 'string' ? text : '', errno, errCode };
}

function failureOf(kind: WxFailureKind, errMsg: string): WxFailure {
  return { kind, code: CODES[kind], errMsg };
}
