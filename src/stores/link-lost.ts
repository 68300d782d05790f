/** Failures of the link, not of what was asked: asked again when there is a link. */
const LINK_LOST: readonly number[] = [
  190002, 191005, 192001, 192002, 192003, 192004, 192005, 600103,
];

export function isLinkLost(code: number): boolean {
  return LINK_LOST.includes(code);
}
