import type { Page } from 'playwright-core';

/** The texts of nodes without children that reach beyond the right edge of the page. */
export async function overflowing(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const { innerWidth } = window;
    return [...document.querySelectorAll<HTMLElement>('.taro_page:not([style*="display: none"]) *')]
      .filter((node) => node.getClientRects().length > 0 && node.children.length === 0)
      .filter((node) => node.getBoundingClientRect().right > innerWidth + 1)
      .map((node) => node.textContent ?? '');
  });
}
