import type { Page } from 'playwright-core';
import { encodePng } from '../../emulator/server/png';
import { chatRoute, LOOKS, openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 300_000);
afterAll(() => stage.close());

/** V2NIMMessageType. */
const IMAGE = 1;
const AUDIO = 2;
const VIDEO = 3;
const LOCATION = 4;
const FILE = 6;
const TIP = 10;
const CALL = 12;
const CUSTOM = 100;
const UNKNOWN = 77;

const LONG_WORD = 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(3);

/** A message of each kind, with texts, names and shapes that are wide, tall or long. */
function sendKinds(from: string, to: string): void {
  const { storage, url, world } = stage.emulator;
  const send = (messageType: number, attachment: object | string, more: object = {}) =>
    world.sendMessage({
      from,
      to,
      messageType,
      attachment: typeof attachment === 'string' ? attachment : JSON.stringify(attachment),
      text: '',
      ...more,
    });
  for (const [id, width, height] of [
    ['wide', 900, 200],
    ['tall', 200, 900],
  ] as const) {
    const data = Buffer.alloc(width * height * 4, id === 'wide' ? 180 : 110);
    storage.put(id, { content: encodePng({ width, height, data }), fileName: `${id}.png` });
    send(IMAGE, { url: `${url}/nos/${id}`, w: width, h: height, size: 4000, ext: 'png' });
  }
  send(IMAGE, { url: `${url}/nos/gone`, w: 300, h: 200, size: 4000, ext: 'png' });
  send(VIDEO, { url: `${url}/nos/tall`, w: 360, h: 640, dur: 61_000, size: 4e6, ext: 'mp4' });
  send(AUDIO, { url: `${url}/nos/voice`, dur: 60_000, size: 90_000, ext: 'mp3' });
  send(FILE, { name: `${LONG_WORD}.pdf`, size: 1_843_200, url: `${url}/nos/tall` });
  send(
    LOCATION,
    { lat: 30.25, lng: 120.15, title: `浙江省杭州市西湖区${LONG_WORD}` },
    {
      text: '西湖',
    },
  );
  send(TIP, '', { text: `A tip: ${LONG_WORD}` });
  send(CALL, { type: 2, channelId: 'c', status: 1, durations: [{ accid: to, duration: 75 }] });
  send(CUSTOM, { type: 'sample.unknown.type.that.is.long', data: {} });
  send(UNKNOWN, {});
  world.sendMessage({ from, to, text: `[大笑] https://example.com/${LONG_WORD} 13800138000` });
  world.sendMessage({ from: to, to: from, text: `${LONG_WORD} 好的` });
}

/** Nodes of rows that reach over the sides of the page. */
function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    return [...document.querySelectorAll('.msg, .msg *, .note, .note *')]
      .filter((node) => {
        const { left, right, width: own } = node.getBoundingClientRect();
        return own > 0 && (right > width + 1 || left < -1);
      })
      .map((node) => `${node.tagName} ${String(node.className)}`);
  });
}

test.each(LOOKS)('draws each kind within the page in $colorScheme, $locale', async (look) => {
  const { world } = stage.emulator;
  const from = `kinds-${look.name}`;
  const to = `reader-${look.name}`;
  for (const accountId of [from, to])
    world.addAccount({ accountId, name: accountId, token: `token-${accountId}` });
  sendKinds(from, to);
  const phone = await stage.phone(to, { ...look, route: chatRoute(to, from) });
  const { page } = phone;
  await page.locator('.picture').nth(1).waitFor({ state: 'attached' });
  await page.locator('.msg', { hasText: '好的' }).first().waitFor();
  await phone.shoot(`kinds-end-${look.name}`);
  expect(await overflowing(page)).toEqual([]);
  for (const [step, name] of ['middle', 'start'].entries()) {
    await page.mouse.move(195, 400);
    await page.mouse.wheel(0, -600 * (step + 1));
    await page.waitForFunction(() => document.querySelector('.msg') !== null);
    await phone.shoot(`kinds-${name}-${look.name}`);
  }
  expect(await overflowing(page)).toEqual([]);
  await phone.context.close();
});

test('own messages are on the right, and those of others on the left', async () => {
  const [left, right] = stage.pair;
  stage.emulator.world.sendMessage({ from: right, to: left, text: 'theirs' });
  stage.emulator.world.sendMessage({ from: left, to: right, text: 'mine' });
  const { page, context } = await stage.phone(left, { route: chatRoute(left, right) });
  const middle = async (text: string) => {
    const box = await page.locator('.bubble', { hasText: text }).first().boundingBox();
    return box ? box.x + box.width / 2 : NaN;
  };
  await page.locator('.bubble', { hasText: 'mine' }).first().waitFor();
  expect(await middle('mine')).toBeGreaterThan(195);
  expect(await middle('theirs')).toBeLessThan(195);
  await context.close();
});
