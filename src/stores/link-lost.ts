/** Failures of the link, not of what was asked: asked again when there is a link. */
const LINK_LOST: readonly number[] = [
  190002, 191005, 192001, 192002, 192003, 192004, 192005, 600103,
];
/** The SDK rejects before it tells that the link is gone: these codes mean no link whatever the state. */
const NO_LINK: readonly number[] = [190002, 192003];

/** How long a message without a link still counts as being sent; then it is marked failed. */
export const PATIENCE_MS = 10_000;
/** Older ones wait for their writer's tap: a text from an hour ago may no longer be meant. */
export const AUTO_RESEND_MS = 5 * 60_000;

export function isLinkLost(code: number): boolean {
  return LINK_LOST.includes(code);
}

/** Whether a failed request proves that there is no link. `isOnline`: the connection believes in its link. */
export function provesNoLink(code: number, isOnline: boolean): boolean {
  return NO_LINK.includes(code) || (!isOnline && isLinkLost(code));
}
