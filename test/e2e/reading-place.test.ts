import type { Page } from 'playwright-core';
import { encodePng } from '../../emulator/server/png';
import { Finger } from './finger';
import { LOOKS, openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 300_000);
afterAll(() => stage.close());

/** V2NIMMessageType. */
const IMAGE = 1;
const LIST_END = '#messages .bubble';

function png(width: number, height: number, shade: number): Buffer {
  return encodePng({ width, height, data: Buffer.alloc(width * height * 4, shade + 100) });
}

function pairOf(key: string) {
  const { world } = stage.emulator;
  const [to, from] = [`reader-${key}`, `writer-${key}`];
  world.addAccount({ accountId: to, name: '安娜', token: `token-${to}` });
  world.addAccount({ accountId: from, name: '本杰明' });
  const start = Date.now() - 600 * 60_000;
  let count = 0;
  const say = (fields: Partial<Parameters<typeof world.sendMessage>[0]>) =>
    world.sendMessage({ from, to, createTime: start + count++ * 60_000, ...fields });
  return { to, from, say };
}

const row = (page: Page) => page.locator('.conv-name', { hasText: '本杰明' }).last();

/** The text and the place of the uppermost bubble below this height; the newest rows come first in the document. */
const bubbleAt = (page: Page, y: number) =>
  page.evaluate((at) => {
    const below = [...document.querySelectorAll('#messages .bubble')]
      .map((node) => ({ text: node.textContent ?? '', top: node.getBoundingClientRect().top }))
      .filter(({ top }) => top >= at);
    return below.sort((a, b) => a.top - b.top)[0] ?? null;
  }, y);

const topOf = async (page: Page, text: string) =>
  (await page.locator(LIST_END, { hasText: new RegExp(`^${text}$`) }).boundingBox())?.y ?? NaN;

async function wheel(page: Page, by: number): Promise<void> {
  await page.mouse.move(195, 400);
  await page.mouse.wheel(0, by);
  await page.evaluate(() => new Promise(requestAnimationFrame));
}

/** Resolves when the list was at rest for longer than the app waits before it measures. */
const rest = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((done) => {
        const list = document.querySelector('#messages');
        let last = -1;
        let same = 0;
        const look = () => {
          same = list?.scrollTop === last ? same + 1 : 0;
          last = list?.scrollTop ?? 0;
          if (same > 20) done();
          else requestAnimationFrame(look);
        };
        look();
      }),
  );

const back = async (page: Page) => {
  await page.locator('.nav-back').last().click();
  await page.locator('#messages').waitFor({ state: 'detached' });
};

test('a chat that was left further up opens at the same place, and at its end otherwise', async () => {
  const { to, from, say } = pairOf('place');
  for (let i = 0; i < 200; i++) say({ text: `message ${i}` });
  const phone = await stage.phone(to);
  const { page } = phone;
  const open = async () => {
    await row(page).click();
    await page.locator('#messages').waitFor();
  };
  await open();
  await page.locator(LIST_END, { hasText: 'message 199' }).waitFor();
  for (let screen = 0; screen < 8; screen++) {
    await wheel(page, -600);
    await rest(page);
  }
  const seen = await bubbleAt(page, 200);
  if (!seen) throw new Error('no bubble');
  expect(Number(seen.text.split(' ')[1])).toBeLessThan(150);
  await back(page);

  await open();
  await page.locator(LIST_END, { hasText: seen.text }).first().waitFor();
  await rest(page);
  expect(Math.abs((await topOf(page, seen.text)) - seen.top)).toBeLessThanOrEqual(2);
  // Left at once, and once more with new messages.
  await back(page);
  for (let i = 200; i < 203; i++) say({ text: `message ${i}`, createTime: Date.now() });
  await page.locator('.conv .badge', { hasText: /^3$/ }).waitFor();
  await open();
  await page.locator(LIST_END, { hasText: seen.text }).first().waitFor();
  await rest(page);
  expect(Math.abs((await topOf(page, seen.text)) - seen.top)).toBeLessThanOrEqual(3);
  const pill = page.locator('.unread-pill:not(.unread-off)');
  expect(await pill.allTextContents()).toEqual(['3 条新消息']);
  await phone.shoot('place-with-new-messages');
  await pill.click();
  await page.locator('.msg', { has: page.locator('.nl'), hasText: 'message 200' }).waitFor();
  // The first new message is so near to the end that the list is at its end now.
  await page.locator('.pill').waitFor({ state: 'detached' });
  await rest(page);
  await back(page);

  await open();
  await page.locator(LIST_END, { hasText: 'message 202' }).waitFor();
  await rest(page);
  expect(await topOf(page, 'message 202')).toBeGreaterThan(600);
  expect(phone.errors).toEqual([]);
  await phone.context.close();
  void from;
});

test.each(LOOKS)('the line above the first unread message, $name', async (look) => {
  const { to, say } = pairOf(`line-${look.name}`);
  for (let i = 0; i < 40; i++) say({ text: i % 3 ? `message ${i}` : `第 ${i} 条` });
  const phone = await stage.phone(to, look);
  const { page } = phone;
  await row(page).click();
  await page.locator(LIST_END, { hasText: '第 39 条' }).waitFor();
  await page.locator('.unread-pill:not(.unread-off)').first().click();
  await page.locator('.nl').waitFor();
  await page.locator('.tint').waitFor({ state: 'detached' });
  await phone.shoot(`unread-line-${look.name}`);
  await page.locator('.tool-more').click();
  await page.locator('.more-date').waitFor();
  await page.waitForTimeout(400);
  await phone.shoot(`more-date-${look.name}`);
  expect(phone.errors).toEqual([]);
  await phone.context.close();
});

test('pictures that load slowly do not move the bubble under the finger', async () => {
  const { to, from, say } = pairOf('slow');
  const { storage, url } = stage.emulator;
  const SHAPES = [
    [300, 200],
    [200, 900],
    [0, 0],
    [1600, 300],
  ] as const;
  for (let i = 0; i < 120; i++) {
    const [w, h] = SHAPES[i % SHAPES.length] ?? [1, 1];
    if (i % 3 === 0) {
      storage.put(`slow-${i}`, { content: png(w || 640, h || 480, i), fileName: 'a.png' });
      const attachment = {
        url: `${url}/nos/slow-${i}`,
        name: 'a.png',
        ext: 'png',
        size: 4000,
        w,
        h,
      };
      say({ messageType: IMAGE, attachment: JSON.stringify(attachment) });
    } else say({ text: `message ${i}` });
  }
  const phone = await stage.phone(to);
  const { page } = phone;
  const held: (() => void)[] = [];
  let isHeld = true;
  await page.route(/\/nos\/slow-/, async (route) => {
    if (isHeld) await new Promise<void>((go) => held.push(go));
    await route.continue();
  });
  await row(page).click();
  await page.locator(LIST_END, { hasText: 'message 119' }).waitFor();
  for (let screen = 0; screen < 8; screen++) {
    await wheel(page, -500);
    await rest(page);
  }
  const loaded = () =>
    page
      .locator('.picture img')
      .evaluateAll(
        (all) => all.filter((image) => (image as HTMLImageElement).naturalWidth > 0).length,
      );
  expect(await loaded()).toBe(0);
  const seen = await bubbleAt(page, 350);
  if (!seen) throw new Error('no bubble');
  const finger = await Finger.on(page);
  await finger.down(seen.top + 10, 100);
  const tops: number[] = [await topOf(page, seen.text)];
  while (held.length > 0) {
    held.shift()?.();
    await page.waitForTimeout(30);
    tops.push(await topOf(page, seen.text));
  }
  isHeld = false;
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.picture img')].every(
      (image) => (image as HTMLImageElement).naturalWidth > 0,
    ),
  );
  await rest(page);
  tops.push(await topOf(page, seen.text));
  await finger.up();
  expect(await loaded()).toBeGreaterThan(5);
  expect(Math.max(...tops) - Math.min(...tops)).toBeLessThanOrEqual(1);
  await phone.context.close();
  void from;
});
