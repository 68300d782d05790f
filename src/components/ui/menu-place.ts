/** Sizes in px of the window. The styles are in rpx: heights are rounded up, for windows of up to 430 px. */
const ITEM_WIDTH = 60;
const ITEM_HEIGHT = 56;
/** Seven touch targets. */
const HEAD_WIDTH = 7 * 44;
const HEAD_HEIGHT = 52;
/** Items of a line of the menu. */
export const ITEMS_IN_LINE = 5;
const GAP = 10;
const MARGIN = 8;
/** Distance of the tip from the corners of the menu. */
const TIP_MARGIN = 14;
/** Height of the bars above the list, which the menu must not cover. */
const TOP_BARS = 100;
/** Height of the composer with the home bar of tall phones. */
const BOTTOM_BAR = 90;

interface Rect {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface MenuPlace {
  readonly left: number;
  readonly width: number;
  /** Distance from the top of the window; a menu above its bubble has `bottom`, from the bottom of the window. */
  readonly top?: number;
  readonly bottom?: number;
  /** Distance of the tip from the left edge of the menu. */
  readonly tip: number;
  /** `over`: the bubble fills the window, and the menu lies on the bubble without a tip. */
  readonly side: 'above' | 'below' | 'over';
}

/**
 * The place of a menu with lines of 5 items at a bubble: above the bubble and centred on it, else below, else over the
 * bubble, and always inside the window.
 * @param hasHead the menu has a row of reactions above its items
 */
export function menuPlace(
  { left, right, top, bottom }: Rect,
  count: number,
  hasHead: boolean,
  { windowWidth, windowHeight }: { readonly windowWidth: number; readonly windowHeight: number },
): MenuPlace {
  const items = Math.min(count, ITEMS_IN_LINE) * ITEM_WIDTH;
  const width = Math.max(items, hasHead ? HEAD_WIDTH : 0);
  const lines = Math.ceil(count / ITEMS_IN_LINE);
  const height = lines * ITEM_HEIGHT + (hasHead ? HEAD_HEIGHT : 0);
  const middle = (left + right) / 2;
  const x = within(middle - width / 2, MARGIN, windowWidth - width - MARGIN);
  const tip = within(middle - x, TIP_MARGIN, width - TIP_MARGIN);
  const above = top - height - GAP;
  const below = bottom + GAP;
  const last = windowHeight - BOTTOM_BAR - height;
  const place = { left: x, width, tip };
  if (above >= TOP_BARS) return { ...place, bottom: windowHeight - top + GAP, side: 'above' };
  if (below <= last) return { ...place, top: below, side: 'below' };
  const centre = (Math.max(top, TOP_BARS) + Math.min(bottom, windowHeight - BOTTOM_BAR)) / 2;
  return { ...place, top: within(centre - height / 2, TOP_BARS, last), side: 'over' };
}

function within(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
