import type { ViewNode } from './view-node';

export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
  width: number;
  height: number;
}

const PAGE = { width: 375, height: 724 };
const LINE = { height: 24, characters: 20 };

export const rect = (left: number, top: number, width: number, height: number): Rect => ({
  left,
  top,
  width,
  height,
  right: left + width,
  bottom: top + height,
});

function styledHeight(node: ViewNode): number | undefined {
  const { style } = node.attributes;
  const match =
    typeof style === 'string' ? /(?:^|;)\s*height:\s*([\d.]+)(px|rpx)/.exec(style) : null;
  if (!match) return undefined;
  return Number(match[1]) * (match[2] === 'rpx' ? PAGE.width / 750 : 1);
}

const linesOf = (text: string): number => Math.max(1, Math.ceil(text.length / LINE.characters));

/** Sums the heights of the contents, which stand below each other. */
export function contentHeight(node: ViewNode): number {
  return node.children.reduce(
    (sum, child) =>
      sum + (typeof child === 'string' ? linesOf(child) * LINE.height : outerHeight(child)),
    0,
  );
}

function outerHeight(node: ViewNode): number {
  const styled = styledHeight(node);
  if (styled !== undefined) return styled;
  if (node.tag === 'input' || node.tag === 'textarea') return LINE.height;
  if (node.tag === 'image') return 40;
  return contentHeight(node);
}

/**
 * A stand-in for layout: a single column of full-width boxes, text of 20 characters to a line of 24 points, a
 * scroll view as high as the page. This is enough for code that compares sizes or keeps a scroll position,
 * and says nothing about looks.
 */
export function measure(node: ViewNode): Rect {
  if (!node.parent) return rect(0, 0, PAGE.width, PAGE.height);
  const above = measure(node.parent);
  let top = above.top;
  for (const sibling of node.parent.children) {
    if (sibling === node) break;
    top += typeof sibling === 'string' ? linesOf(sibling) * LINE.height : outerHeight(sibling);
  }
  const height =
    node.tag === 'scroll-view' ? (styledHeight(node) ?? PAGE.height) : outerHeight(node);
  return rect(0, top, PAGE.width, height);
}
