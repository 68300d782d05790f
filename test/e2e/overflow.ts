import type { Page } from 'playwright-core';

/**
 * The texts of the visible page that reach beyond the right edge of the page, or that a box with a hidden overflow cuts
 * without an ellipsis. A text that can be scrolled to is not cut.
 */
export async function overflowing(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const SLACK = 1;
    /** Height of the ink of a line, em: the box of a line has more, by the metrics of the font. */
    const INK = 1.1;
    /** A page of a swiper that is not shown. */
    const SWIPER = '.swiper-container, .swiper-wrapper';
    const isHidden = (overflow: string) => overflow === 'hidden' || overflow === 'clip';

    function isCut(node: HTMLElement): boolean {
      const range = document.createRange();
      range.selectNodeContents(node);
      let { left, right, top, bottom } = range.getBoundingClientRect();
      if (left === right) return false;
      const { height } = range.getClientRects()[0] ?? { height: 0 };
      const free = Math.max(0, (height - parseFloat(getComputedStyle(node).fontSize) * INK) / 2);
      [top, bottom] = [top + free, bottom - free];
      for (let box: HTMLElement | null = node; box; box = box.parentElement) {
        const { position, overflowX, overflowY, textOverflow, webkitLineClamp } =
          getComputedStyle(box);
        if (/auto|scroll/.test(overflowX + overflowY) || box.matches(SWIPER)) return false;
        const edge = box.getBoundingClientRect();
        if (isHidden(overflowX)) {
          const isOut = left < edge.left - SLACK || right > edge.right + SLACK;
          if (isOut && textOverflow !== 'ellipsis' && webkitLineClamp === 'none') return true;
          [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
        }
        if (isHidden(overflowY)) {
          const isOut = top < edge.top - SLACK || bottom > edge.bottom + SLACK;
          if (isOut && webkitLineClamp === 'none') return true;
          [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
        }
        if (position === 'fixed') break;
      }
      return right > window.innerWidth + 1;
    }

    return [...document.querySelectorAll<HTMLElement>('.taro_page:not([style*="display: none"]) *')]
      .filter(({ children, textContent }) => children.length === 0 && textContent?.trim())
      .filter((node) => node.getClientRects().length > 0 && node.checkVisibility())
      .filter(isCut)
      .map((node) => `${node.className}: ${node.textContent}`);
  });
}
