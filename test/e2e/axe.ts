import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync(
  path.resolve(__dirname, '../../node_modules/axe-core/axe.min.js'),
  'utf8',
);

/**
 * The findings of axe-core in the visible page that keep somebody from using it: impact "serious" or "critical", each
 * as its rule and node.
 */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(SOURCE);
  return await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<AxeResults> } };
    const { violations } = await axe.run();
    const words = (text: string | null) => (text ?? '').replace(/\s+/g, '').toLowerCase();
    // Not in the label: the letter of an avatar, a progress, and the size of a video, which costs bytes in setData.
    const isLabelled = (target: string) => {
      const node = document.querySelector(target)?.cloneNode(true) as HTMLElement | undefined;
      for (const part of node?.querySelectorAll('.av, .picture-progress, .video-note') ?? [])
        part.remove();
      return words(node?.getAttribute('aria-label') ?? null).includes(
        words(node?.textContent ?? ''),
      );
    };
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes
          .filter(({ target, html }) => {
            if (id === 'label-content-name-mismatch') return !isLabelled(String(target[0]));
            // A button that is switched off may be faint (WCAG 2.2, 1.4.3).
            return id !== 'color-contrast' || !html.includes('button-disabled');
          })
          .map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`),
      );
  });
}
