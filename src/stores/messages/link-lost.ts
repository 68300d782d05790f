import { NO_ANSWER } from '@/connection';
import { Code } from '@/sdk/codes';

/** Codes of a failed link, not of a refused request: the request is repeated when the link is back. */
const LINK_LOST: readonly number[] = [...NO_ANSWER, Code.offline];
/** Codes of an upload that failed, for want of a network or for another reason. */
const UPLOAD_LOST: readonly number[] = [Code.fileUploadFailed, Code.requestFailed];
/** The SDK rejects before it reports the lost link: these codes mean a lost link in every state. */
const NO_LINK: readonly number[] = [Code.illegalState, Code.disconnect];

/** How long a message without a link counts as being sent; afterwards it is marked failed. */
export const PATIENCE_MS = 10_000;
/**
 * Failed messages older than this are not resent automatically; the user must tap resend: a text from an hour
 * ago may no longer be meant.
 */
export const AUTO_RESEND_MS = 5 * 60_000;

export function isLinkLost(code: number): boolean {
  return LINK_LOST.includes(code);
}

/** Whether a message that failed with this code is sent again when the link is back: uploads fail with it too. */
export function isForLink(code: number): boolean {
  return isLinkLost(code) || UPLOAD_LOST.includes(code);
}

/** Whether a failed request proves that the link is lost. `isOnline`: the state of the connection. */
export function provesNoLink(code: number, isOnline: boolean): boolean {
  return NO_LINK.includes(code) || (!isOnline && isLinkLost(code));
}
