import type { Page } from 'playwright-core';
import { PHONE } from './browser';
import { chatRoute, openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 300_000);
afterAll(() => stage.close());

describe('a page in a browser', () => {
  it('may make the page larger', async () => {
    const { page, context } = await stage.phone();
    const viewport = await page.locator('meta[name=viewport]').getAttribute('content');
    expect(viewport).not.toMatch(/maximum-scale|user-scalable/);
    await context.close();
  });

  it('is as high as what is shown of it, above the tab bar and without', async () => {
    const [left, right] = stage.pair;
    const bottomOf = (page: Page) =>
      page.evaluate(() => document.querySelector('.app')?.getBoundingClientRect().bottom);
    const tab = await stage.phone(left);
    await tab.page.locator('.conv').first().waitFor();
    const bar = await tab.page.locator('.taro-tabbar__tabbar').boundingBox();
    expect(await bottomOf(tab.page)).toBe(bar?.y);
    await tab.context.close();
    const chat = await stage.phone(left, { route: chatRoute(left, right) });
    await chat.page.locator('.composer-field textarea').waitFor();
    expect(await bottomOf(chat.page)).toBe(PHONE.height);
    await chat.context.close();
  });
});

describe('an address that is no page', () => {
  const route = '/pages/nothing/index';
  it('leads to the conversations of who is signed in', async () => {
    const { page, context } = await stage.phone(stage.pair[0], { route });
    await page.locator('.conv').first().waitFor();
    await context.close();
  });

  it('leads to the sign-in page without an account', async () => {
    const { page, context } = await stage.phone(undefined, { route });
    await page.locator('.login .button').first().waitFor();
    await context.close();
  });
});

describe('pictures that did not load', () => {
  it('are asked for again when the network is back or the page is shown, and at no other time', async () => {
    const { page, context } = await stage.phone(stage.pair[0]);
    await page.locator('.conv').nth(3).waitFor();
    let asked = 0;
    let refuses = true;
    await page.route('**/*', async (route) => {
      if (route.request().resourceType() !== 'image') return route.continue();
      asked++;
      await (refuses ? route.abort() : route.continue());
    });
    await page.reload();
    const letters = () => page.locator('.conv .conv-face > .av:not(taro-image-core)').count();
    const pictures = page.locator('.conv .conv-face > taro-image-core.av');
    await page.locator('.conv').nth(3).waitFor();
    const all = async () => {
      const rows = await page.locator('.conv').count();
      return rows > 0 && (await letters()) === rows;
    };
    const until = async (holds: () => Promise<boolean>) => {
      for (let i = 0; i < 200 && !(await holds()); i++) await page.waitForTimeout(50);
      expect(await holds()).toBe(true);
    };
    await until(async () => asked > 0 && (await all()));
    const online = () => page.evaluate(() => window.dispatchEvent(new Event('online')));

    const first = asked;
    await online();
    await until(async () => asked > first && (await all()));
    expect(asked).toBeLessThanOrEqual(2 * first);

    // Shown again, with all of them still refused: once more, and no more.
    const second = asked;
    await page.locator('.taro-tabbar__tabbar .weui-tabbar__item').nth(2).click();
    await page.locator('.profile').waitFor();
    await page.locator('.taro-tabbar__tabbar .weui-tabbar__item').first().click();
    await until(async () => asked > second && (await all()));

    refuses = false;
    await online();
    await pictures.first().waitFor();
    await until(async () => (await letters()) === 0);
    await context.close();
  });
});
