import type { Page } from 'playwright-core';
import { chatRoute, LOOKS, openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 300_000);
afterAll(() => stage.close());

const field = (page: Page) => page.locator('.composer-field textarea');
const WORDS = {
  'zh-CN': { search: '猫', open: '打开 example.com' },
  en: { search: 'cat', open: 'Open example.com' },
} as const;

/** Sends texts with everything that is marked, from both sides. */
function writeTexts([left, right]: Stage['pair']): void {
  const { world } = stage.emulator;
  const say = (text: string) => {
    world.sendMessage({ from: right, to: left, text });
    world.sendMessage({ from: left, to: right, text });
  };
  say(
    '早[大笑][Good job] 资料在 https://example.com/a/very/long/path/that/does/not/fit?into=one&line=1#end 里',
  );
  say('打 138-0013-8000 或写信到 someone.with.a.long.name@mail.example.com，官网 example.cn');
  say('😄👨‍👩‍👧‍👦🏳️‍🌈');
  say('a'.repeat(40));
}

describe.each(LOOKS)('texts in a browser, $name', ({ name, colorScheme, locale }) => {
  const words = WORDS[locale === 'zh-CN' ? 'zh-CN' : 'en'];

  it('have marks that ask, a page for selection, emoji with a search, and five lines to write', async () => {
    writeTexts(stage.pair);
    const [left, right] = stage.pair;
    const phone = await stage.phone(left, { colorScheme, locale, route: chatRoute(left, right) });
    const { page } = phone;
    await page.locator('.msg.mine .mark', { hasText: 'https://example.com' }).last().waitFor();
    await phone.shoot(`texts-${name}`);
    const widest = await page.locator('.bubble .mark').evaluateAll((nodes) =>
      Math.max(
        ...nodes.map((node) => {
          const bubble = node.closest('.bubble')?.getBoundingClientRect();
          return node.getBoundingClientRect().right - (bubble?.right ?? 0);
        }),
      ),
    );
    expect(widest).toBeLessThan(0);

    await page.locator('.msg.mine .mark', { hasText: 'https://example.com' }).last().click();
    const opened = page.context().waitForEvent('page');
    await page.context().route('https://example.com/**', (route) => route.fulfill({ body: 'ok' }));
    await page.getByText(words.open).waitFor();
    await phone.shoot(`texts-link-${name}`);
    await page.getByText(words.open).click();
    const other = await opened;
    expect(await other.evaluate(() => window.opener as unknown)).toBeNull();
    await other.close();

    await page.locator('.composer-emoji').click();
    await page.locator('.emoji-panel .emoji').first().waitFor();
    await phone.shoot(`emoji-panel-${name}`);
    await page.locator('.emoji-tab').nth(2).click();
    await page.locator('.emoji[data-emoji="🐶"]').waitFor();
    await phone.shoot(`emoji-animals-${name}`);
    await page.locator('.emoji-search input').fill(words.search);
    await page.locator('.emoji[data-emoji="🐶"]').waitFor({ state: 'detached' });
    await phone.shoot(`emoji-search-${name}`);
    await page.locator('.emoji').first().click();

    await field(page).fill('一行\n二行\n三行\n四行\n五行\n六行\n七行');
    const lines = await page
      .locator('.composer-field')
      .evaluate((node) => node.getBoundingClientRect().height);
    // Five lines of 22 px and the padding; a browser scales 375 px to its own width.
    expect(Math.round((lines * 375) / 390)).toBe(132);
    // The lines below the fifth are reached by scrolling.
    const scrolled = await field(page).evaluate((node) => {
      node.scrollTop = node.scrollHeight;
      return [node.scrollHeight - node.clientHeight, node.scrollTop].map(Math.round);
    });
    expect(scrolled[0]).toBeGreaterThan(40);
    expect(scrolled[1]).toBe(scrolled[0]);
    await phone.shoot(`composer-lines-${name}`);

    await page.locator('.msg:not(.mine) .bubble', { hasText: 'aaaa' }).last().dblclick();
    await page.locator('.select-text', { hasText: 'aaaa' }).waitFor();
    await phone.shoot(`texts-select-${name}`);
    const isSelectable = await page
      .locator('.select-text')
      .evaluate((node) => getComputedStyle(node).userSelect);
    expect(isSelectable).toBe('text');
    await page.locator('.nav-back').last().click();
    await page.locator('.select-text').waitFor({ state: 'detached' });
    expect(phone.errors).toEqual([]);
    await phone.context.close();
  });
});
