import type { Page } from 'playwright-core';
import { chatRoute, LOOKS, openStage, send, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 300_000);
afterAll(() => stage.close());

/** Returns the texts of the bubbles in the order of their position; `inSight`: only of visible bubbles. */
async function bubbles(page: Page, { inSight = false } = {}): Promise<string[]> {
  const found = await page.locator('.msg .bubble').evaluateAll((nodes, isInSight) => {
    const frame = document.querySelector('#messages')?.getBoundingClientRect();
    return nodes
      .map((node) => {
        const { top, bottom } = node.getBoundingClientRect();
        return { text: node.textContent ?? '', top, bottom };
      })
      .filter(
        ({ top, bottom }) => !isInSight || (frame && bottom > frame.top && top < frame.bottom),
      )
      .sort((a, b) => a.top - b.top);
  }, inSight);
  return found.map(({ text }) => text);
}

/** Returns the labels of the inspector whose text touches the text of the value. */
function touchingLabels(page: Page): Promise<string[]> {
  return page.locator('.inspector-fact').evaluateAll((facts) => {
    const edge = (node: Element | null, side: 'left' | 'right') => {
      const range = document.createRange();
      range.selectNodeContents(node ?? document.body);
      return range.getBoundingClientRect()[side];
    };
    return facts
      .filter((fact) => {
        const label = edge(fact.querySelector('.inspector-key'), 'right');
        return label + 4 > edge(fact.querySelector('.inspector-value'), 'left');
      })
      .map((fact) => fact.textContent ?? '');
  });
}

describe('two phones', () => {
  it('exchange a text, with unread badge and read mark', async () => {
    const [left, right] = stage.pair;
    const alice = await stage.phone(left, { route: chatRoute(left, right) });
    const bob = await stage.phone(right);
    await bob.page.locator('.conv').first().waitFor();
    await alice.page.locator('.composer-field textarea').waitFor();

    const text = `你好 from e2e ${Date.now()}`;
    await send(alice.page, text);
    const conversation = bob.page.locator('.conv').first();
    await conversation.getByText(text).waitFor();
    await conversation.locator('.badge').waitFor();
    await bob.shoot('conversations-unread');
    await expect(
      alice.page.locator('.msg.mine', { hasText: text }).locator('.read').count(),
    ).resolves.toBe(0);

    await conversation.click();
    await bob.page.locator('.bubble', { hasText: text }).waitFor();
    await alice.page.locator('.msg.mine', { hasText: text }).locator('.read').waitFor();
    await alice.shoot('chat-read');
    expect([...alice.errors, ...bob.errors]).toEqual([]);
    await alice.context.close();
    await bob.context.close();
  });

  it('lose no text when the link breaks while both are sending', async () => {
    const [left, right] = stage.pair;
    const alice = await stage.phone(left, { route: chatRoute(left, right) });
    const bob = await stage.phone(right, { route: chatRoute(right, left) });
    for (const { page } of [alice, bob]) await page.locator('.composer-field textarea').waitFor();
    const run = Date.now();
    const sent: string[] = [];
    for (let i = 0; i < 12; i++) {
      const text = `${run}-${i}.`;
      sent.push(text);
      await send(i % 2 ? alice.page : bob.page, text);
      if (i === 5) stage.emulator.faults.cut();
      if (i === 6) await alice.page.locator('.banner').first().waitFor();
    }
    await alice.shoot('chat-reconnecting');
    const mine = async (page: Page) =>
      (await bubbles(page)).filter((text) => text.startsWith(`${run}-`));
    for (const text of sent) {
      await alice.page.locator('.bubble', { hasText: text }).waitFor();
      await bob.page.locator('.bubble', { hasText: text }).waitFor();
    }
    await alice.page.locator('.msg .spinner').first().waitFor({ state: 'detached' });
    await bob.page.locator('.msg .spinner').first().waitFor({ state: 'detached' });
    const [seenByAlice, seenByBob] = [await mine(alice.page), await mine(bob.page)];
    expect([...seenByAlice].sort()).toEqual([...sent].sort());
    expect(seenByBob).toEqual(seenByAlice);
    await alice.context.close();
    await bob.context.close();
  });

  it.each([
    ['prepends older history without moving the visible rows', 0],
    [
      'prepends older history without moving the visible rows while 50 messages a second arrive',
      50,
    ],
  ])('%s', async (_, perSecond) => {
    const [left, right] = stage.pair;
    const alice = await stage.phone(left, { route: chatRoute(left, right) });
    const { page } = alice;
    await page.locator('.msg').nth(5).waitFor();
    await page.locator('.banner').waitFor({ state: 'detached' });
    // The reader reaches the top long before the older page arrives.
    stage.emulator.faults.add({
      kind: 'command',
      command: '30_6',
      delayMs: perSecond > 0 ? 1500 : 600,
      times: 1,
    });
    const say = () => stage.emulator.world.sendMessage({ from: right, to: left, text: 'more' });
    const pouring = perSecond > 0 ? setInterval(say, 1000 / perSecond) : undefined;
    const { moved, grew } = await page.evaluate(readUpwards);
    clearInterval(pouring);
    expect(grew).toBeGreaterThan(1000);
    expect(moved).toBeLessThanOrEqual(2);
    await expect(page.locator('.msg').count()).resolves.toBeGreaterThan(30);
    await alice.shoot('chat-history');
    await alice.context.close();
  });
});

/**
 * Scrolls up by small steps, as a finger does, and stays at the top until older rows are prepended. Resolves
 * with the movement of the visible row in any frame and the growth of the list, px. Runs in the page.
 */
async function readUpwards(): Promise<{ moved: number; grew: number }> {
  const list = document.querySelector('#messages');
  if (!list) throw new Error('no list');
  const frame = () => new Promise(requestAnimationFrame);
  const topOf = (row: Element) => row.getBoundingClientRect().top;
  while (list.scrollTop > 1) {
    list.scrollBy(0, -60);
    await frame();
  }
  const [row] = [...list.querySelectorAll('.msg')].sort((a, b) => topOf(a) - topOf(b));
  // The content of the row: its time label disappears when the previous message turns out to be recent.
  const content = row?.lastElementChild;
  if (!content) throw new Error('no row');
  const [top, { scrollHeight }] = [topOf(content), list];
  let moved = 0;
  const rows = list.querySelectorAll('.history .msg').length;
  const grown = () => list.querySelectorAll('.history .msg').length > rows;
  for (let after = 0; after < 60; after += Number(grown())) {
    await frame();
    moved = Math.max(moved, content.isConnected ? Math.abs(topOf(content) - top) : Infinity);
  }
  return { moved, grew: list.scrollHeight - scrollHeight };
}

describe('a long chat', () => {
  it('keeps few rows in the page however far the user scrolls, and restores unloaded rows in order', async () => {
    const { world } = stage.emulator;
    const [reader, writer] = ['long-reader', 'long-writer'];
    for (const accountId of [reader, writer])
      world.addAccount({ accountId, name: accountId, token: `token-${accountId}` });
    const start = Date.now() - 500 * 60_000;
    const COUNT = 400;
    for (let i = 0; i < COUNT; i++) {
      const text = `n${i}.${' and more words'.repeat(i % 4)}`;
      world.sendMessage({ from: writer, to: reader, text, createTime: start + i * 60_000 });
    }
    const phone = await stage.phone(reader, { route: chatRoute(reader, writer) });
    const { page } = phone;
    await page.locator('.bubble', { hasText: `n${COUNT - 1}.` }).waitFor();
    const list = page.locator('#messages');
    const rows = () => page.locator('.msg').count();
    const numbers = async (options?: { inSight: boolean }) =>
      (await bubbles(page, options)).map((text) => Number(/^n(\d+)/.exec(text)?.[1]));
    const holes = (all: number[]) => all.filter((n, i) => i > 0 && n !== (all[i - 1] ?? 0) + 1);
    /** Checks the visible rows. Segments out of sight are loaded and unloaded at different times. */
    const inOrder = async () => {
      const read = await numbers({ inSight: true });
      expect(read.length).toBeGreaterThan(3);
      expect(holes(read)).toEqual([]);
      for (let i = 0; i < 50 && holes(await numbers()).length > 0; i++)
        await page.waitForTimeout(100);
      expect(holes(await numbers())).toEqual([]);
    };

    const seen = new Set<number>();
    let most = 0;
    for (let step = 0; step < 400 && !seen.has(0); step++) {
      await list.evaluate((node) => node.scrollBy(0, -700));
      await page.waitForTimeout(40);
      for (const n of await numbers()) seen.add(n);
      most = Math.max(most, await rows());
    }
    expect(seen.size).toBe(COUNT);
    // Three screens either way have about 150 rows; the whole chat has 400.
    expect(most).toBeLessThan(250);
    await inOrder();

    // The user scrolls down again: no row moves while rows below are restored.
    for (let step = 0; step < 400 && !(await numbers()).includes(COUNT - 1); step++) {
      await list.evaluate((node) => node.scrollBy(0, 700));
      await page.waitForTimeout(40);
    }
    await inOrder();
    expect((await numbers()).pop()).toBe(COUNT - 1);
    expect(await rows()).toBeLessThan(250);
    expect(phone.errors).toEqual([]);
    await phone.context.close();
  });
});

describe('the sign-in page', () => {
  it.each([
    ['zh-CN', '账号或密码不正确'],
    ['en-US', 'Wrong account or token'],
  ] as const)('explains a wrong token in %s and stays usable', async (locale, words) => {
    const [left] = stage.pair;
    const phone = await stage.phone(undefined, { locale });
    const { page } = phone;
    await page.locator('.button-plain, .login-more').first().click();
    const [account, token] = [
      page.locator('.field-input input').nth(0),
      page.locator('.field-input input').nth(1),
    ];
    await account.fill(left);
    await token.fill('wrong');
    await page.locator('.ways .button').click();
    await page.getByText(words).first().waitFor();
    await phone.shoot(`login-wrong-token-${locale}`);
    await token.fill(stage.emulator.accounts[0]?.token ?? '');
    await page.locator('.ways .button').click();
    await page.locator('.conv').first().waitFor();
    await phone.context.close();
  });
});

/** Accounts that stay signed in on the device. Runs in the page. */
function rememberAccounts(): void {
  const others = ['anna', 'a-very-long-account-of-32-chars0'].map((accountId) => {
    return { way: 'static', accountId, token: 'token' };
  });
  localStorage.setItem('yunxin.account', JSON.stringify({ others }));
}

describe('every page', () => {
  it.each(LOOKS)(
    'is drawn in $colorScheme, $locale, without an error',
    async (look) => {
      const [left, right] = stage.pair;
      const { name } = look;
      const signIn = await stage.phone(undefined, { ...look, prepare: rememberAccounts });
      await signIn.page.locator('.login-account').first().waitFor();
      await signIn.shoot(`login-${name}`);
      const phone = await stage.phone(left, look);
      await phone.page.locator('.conv').nth(3).waitFor();
      await phone.shoot(`conversations-${name}`);
      const pages: [string, string, string][] = [
        ['chat', chatRoute(left, right), '.msg'],
        ['contacts', '/pages/contacts/index', '.fill'],
        ['me', '/pages/me/index', '.profile'],
        ['inspector', '/packages/diagnostics/inspector/index', '.inspector-line'],
        ['devices', '/packages/devices/index', '.device'],
      ];
      for (const [page, route, waitFor] of pages) {
        const opened = await stage.phone(left, { ...look, route });
        await opened.page.locator(waitFor).first().waitFor();
        if (page === 'inspector') expect(await touchingLabels(opened.page)).toEqual([]);
        await opened.shoot(`${page}-${name}`);
        expect(opened.errors).toEqual([]);
        await opened.context.close();
      }
      expect([...signIn.errors, ...phone.errors]).toEqual([]);
      await signIn.context.close();
      await phone.context.close();
    },
    120_000,
  );
});
