import type { Page } from 'playwright-core';
import { PHONE } from './browser';
import { Finger } from './finger';
import { chatRoute, openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 300_000);
afterAll(() => stage.close());

declare global {
  interface Window {
    clicks: number;
  }
}

/** Holds a finger on the node until `opened` appears, lifts the finger, and waits for the click. */
async function holdAndLift(page: Page, css: string, opened: string): Promise<void> {
  await page.evaluate(() => {
    window.clicks = 0;
    window.addEventListener('click', () => (window.clicks += 1), true);
  });
  const box = await page.locator(css).first().boundingBox();
  if (!box) throw new Error(`${css} is not on the screen`);
  const finger = await Finger.on(page);
  await finger.down(box.y + box.height / 2, box.x + box.width / 2);
  await page.locator(opened).first().waitFor();
  await finger.up();
  await page.waitForFunction(() => window.clicks > 0);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
}

describe('a long press in a browser', () => {
  it('opens the menu of a message, and keeps the menu open when the finger is lifted', async () => {
    const [left, right] = stage.pair;
    const { page, context, errors } = await stage.phone(left, { route: chatRoute(left, right) });
    await page.locator('.banner').waitFor({ state: 'detached' });
    await page.locator('.msg .bubble').nth(3).waitFor();
    for (const end of ['copies', 'closes'] as const) {
      await holdAndLift(page, '.msg .bubble', '.menu');
      expect(await page.locator('.menu').count()).toBe(1);
      if (end === 'copies') {
        await page.locator('.menu-item').first().tap();
        await page.getByText('已复制').first().waitFor();
      } else {
        await page.touchscreen.tap(195, 150);
      }
      await page.locator('.menu').waitFor({ state: 'detached' });
    }
    expect(errors).toEqual([]);
    await context.close();
  });

  it('opens the menu of a conversation, and keeps the menu open when the finger is lifted', async () => {
    const [left] = stage.pair;
    const { page, context } = await stage.phone(left);
    await page.locator('.conv').nth(3).waitFor();
    await page.locator('.banner').waitFor({ state: 'detached' });
    await holdAndLift(page, '.conv', '.pm-item');
    const choice = page.locator('.pm-item', { hasText: '置顶' });
    await choice.tap();
    await choice.waitFor({ state: 'hidden' });
    await page.locator('.conv-stuck').first().waitFor();
    expect(new URL(page.url()).hash).toContain('pages/conversations');
    await context.close();
  });
});

describe('a keyboard in a browser', () => {
  it('focuses interactive elements, shows the focus, and presses the focused element', async () => {
    const [left] = stage.pair;
    const { page, context } = await stage.phone(left);
    await page.locator('.conv').nth(3).waitFor();
    const focused = () =>
      page.evaluate(() => {
        const { activeElement: at } = document;
        const classes = at?.className ?? '';
        return { classes, outline: at ? getComputedStyle(at).outlineStyle : '' };
      });
    const tabTo = async (className: string, key: 'Tab' | 'Shift+Tab' = 'Tab') => {
      for (let i = 0; i < 40; i++) {
        await page.keyboard.press(key);
        const { classes, outline } = await focused();
        if (classes.split(' ').includes(className)) return outline;
      }
      throw new Error(`no tab stop at .${className}`);
    };
    expect(await tabTo('conv')).toBe('solid');
    await page.keyboard.press('Enter');
    await page.locator('#messages').waitFor();
    expect(await tabTo('composer-emoji')).toBe('solid');
    await page.keyboard.press('Space');
    await page.locator('.emoji').first().waitFor();
    // Forwards every emoji of the group would come first.
    await tabTo('nav-back', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.locator('#messages').waitFor({ state: 'detached' });
    await context.close();
  });

  it('may zoom the page', async () => {
    const { page, context } = await stage.phone();
    const viewport = await page.locator('meta[name=viewport]').getAttribute('content');
    expect(viewport).not.toMatch(/maximum-scale|user-scalable/);
    await context.close();
  });
});

describe('a page in a browser', () => {
  it('has the height of its visible part, with the tab bar and without', async () => {
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

describe('an address without a page', () => {
  const route = '/pages/nothing/index';
  it('leads a signed-in user to the conversations', async () => {
    const { page, context } = await stage.phone(stage.pair[0], { route });
    await page.locator('.conv').first().waitFor();
    await context.close();
  });

  it('leads a signed-out user to the sign-in page', async () => {
    const { page, context } = await stage.phone(undefined, { route });
    await page.locator('.login .button').first().waitFor();
    await context.close();
  });
});

describe('pictures that failed to load', () => {
  it('are requested again when the network is back or the page is shown, and at no other time', async () => {
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
    // Pictures below the visible part are not requested (lazy-load).
    const inSight = async () => {
      const tops = await pictures.evaluateAll((all) =>
        all.map((one) => one.getBoundingClientRect().top),
      );
      return tops.filter((top) => top < 700).length;
    };
    const all = async () => (await letters()) > 0 && (await inSight()) === 0;
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

    // The page is shown again while all pictures are still refused: each is requested a second time, not a third.
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
