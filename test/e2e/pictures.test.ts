import type { Page } from 'playwright-core';
import { sampleFile } from '../../emulator/server/samples';
import { encodePng } from '../../emulator/server/png';
import { Finger } from './finger';
import { chatRoute, LOOKS, openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 300_000);
afterAll(() => stage.close());

/** V2NIMMessageType. */
const IMAGE = 1;
const VIDEO = 3;

function png(width: number, height: number, shade: number): Buffer {
  const data = Buffer.alloc(width * height * 4, 255);
  for (let i = 0; i < data.length; i += 4) {
    data[i] = shade;
    data[i + 1] = Math.floor((i / data.length) * 255);
  }
  return encodePng({ width, height, data });
}

const at = (name: 'ball.gif' | 'walk.mp4') =>
  sampleFile(name).url.replace('emulator:/', stage.emulator.url);

/** Two new accounts, and a function that sends pictures and videos from the first to the second. */
function pair(name: string) {
  const { world, storage, url } = stage.emulator;
  const [from, to] = [`from-${name}`, `to-${name}`];
  for (const accountId of [from, to])
    world.addAccount({ accountId, name: accountId, token: `token-${accountId}` });
  const send = (messageType: number, attachment: object) =>
    world.sendMessage({ from, to, messageType, attachment: JSON.stringify(attachment) });
  return {
    from,
    to,
    send,
    put: (id: string, width: number, height: number, shade = 120) =>
      storage.put(id, { content: png(width, height, shade), fileName: `${id}.png` }),
    picture: (id: string, w: number, h: number) =>
      send(IMAGE, { url: `${url}/nos/${id}`, name: `${id}.png`, ext: 'png', size: 4000, w, h }),
  };
}

/** Width and height of the pictures in the list, from top to bottom, and whether their images are loaded. */
function boxes(page: Page) {
  return page.locator('.picture').evaluateAll((nodes) =>
    nodes
      .map((node) => {
        const { top, width, height } = node.getBoundingClientRect();
        const image = node.querySelector('img');
        return { top, width, height, isLoaded: (image?.naturalWidth ?? 0) > 0 };
      })
      .sort((a, b) => a.top - b.top),
  );
}

const SHAPES = [
  ['landscape', 1200, 675],
  ['portrait', 450, 800],
  ['tiny', 8, 8],
  ['panorama', 2000, 160],
  ['screenshot', 240, 2400],
] as const;

test.each(LOOKS)(
  'pictures of each shape, a GIF, a broken picture and a video, $name',
  async (look) => {
    const { name } = look;
    const { from, to, send, put, picture } = pair(`shapes-${name}`);
    for (const [shape, width, height] of SHAPES) {
      put(`${shape}-${name}`, width, height);
      picture(`${shape}-${name}`, width, height);
    }
    send(IMAGE, {
      ...sampleFile('ball.gif'),
      url: at('ball.gif'),
      name: 'ball.gif',
      w: 120,
      h: 120,
    });
    picture(`late-${name}`, 300, 200);
    send(VIDEO, { ...sampleFile('walk.mp4'), url: at('walk.mp4'), dur: 3000, w: 180, h: 320 });
    const phone = await stage.phone(to, { ...look, route: chatRoute(to, from) });
    const { page } = phone;
    const broken = page.locator('.picture-broken');
    await broken.waitFor();
    await page.locator('.video').waitFor();
    await phone.shoot(`pictures-end-${name}`);

    const all = await boxes(page);
    expect(all).toHaveLength(SHAPES.length + 3);
    for (const [i, [shape, width, height]] of SHAPES.entries()) {
      const box = all[i] ?? { width: 0, height: 0 };
      // A long side is cut: the box keeps the shape up to 1 to 3.
      const ratio = Math.min(3, Math.max(1 / 3, width / height));
      expect([shape, Math.abs(box.width / box.height / ratio - 1) < 0.2]).toEqual([shape, true]);
      expect(box.height).toBeGreaterThanOrEqual(44);
      expect(box.width).toBeLessThan(300);
    }

    put(`late-${name}`, 300, 200, 60);
    await broken.click();
    await broken.waitFor({ state: 'detached' });
    await page.waitForFunction(() =>
      [...document.querySelectorAll('.picture:not(.video) img')].every(
        (image) => (image as HTMLImageElement).naturalWidth > 0,
      ),
    );
    await page.mouse.move(195, 400);
    await page.mouse.wheel(0, -5000);
    await page.locator('.picture').first().waitFor();
    await phone.shoot(`pictures-start-${name}`);

    await page.locator(`.picture:has(img[src*="portrait-${name}"])`).click();
    await page.locator('.view-image').first().waitFor();
    await phone.shoot(`viewer-${name}`);
    await page.mouse.click(195, 400);
    await page.locator('.view-page').waitFor({ state: 'detached' });
    await page.locator('.video').last().click();
    await page.locator('.view-video').waitFor();
    await phone.shoot(`video-${name}`);
    await phone.context.close();
  },
);

test('a picture of the file picker shows its progress, and is one object of the file server', async () => {
  const { from, to } = pair('picker');
  const { faults, storage } = stage.emulator;
  const phone = await stage.phone(from, { route: chatRoute(from, to) });
  const { page } = phone;
  const before = storage.objects().length;
  const slow = faults.add({ kind: 'upload', how: 'slow', bytesPerSecond: 400_000 });
  await page.locator('.tool-more').click();
  await page.locator('.more-item').first().waitFor();
  const choosing = page.waitForEvent('filechooser');
  await page.locator('.more-album').click();
  const content = png(400, 300, 200);
  const buffer = Buffer.concat([content, Buffer.alloc(3_000_000)]);
  await (await choosing).setFiles({ name: 'mountain.png', mimeType: 'image/png', buffer });
  const progress = page.locator('.mine .picture-progress');
  await progress.waitFor();
  await page.waitForFunction(() =>
    /[1-9]\d*%/.test(document.querySelector('.mine .picture-progress')?.textContent ?? ''),
  );
  await phone.shoot('picture-progress');
  slow.remove();
  await progress.waitFor({ state: 'detached' });
  await page.locator('.mine .picture-done').waitFor({ state: 'attached' });
  const stored = storage.objects().slice(before);
  expect(stored.map(({ size }) => size)).toEqual([buffer.length]);
  expect((await boxes(page)).map(({ isLoaded }) => isLoaded)).toEqual([true]);
  expect(phone.errors).toEqual([]);
  await phone.context.close();
});

test('the full screen swipes to the pictures before', async () => {
  const { from, to, put, picture } = pair('swipes');
  const COUNT = 4;
  for (let i = 0; i < COUNT; i++) {
    put(`swipe-${i}`, 160, 120, i * 60);
    picture(`swipe-${i}`, 160, 120);
  }
  const { page, context } = await stage.phone(to, { route: chatRoute(to, from) });
  await page.locator(`.picture:has(img[src*="swipe-${COUNT - 1}"])`).click();
  const shown = (i: number) =>
    page.waitForFunction(
      (id) =>
        [...document.querySelectorAll<HTMLImageElement>('.view-image img')].some(
          (image) => image.src.includes(id) && image.getBoundingClientRect().left === 0,
        ),
      `swipe-${i}`,
    );
  await shown(COUNT - 1);
  const finger = await Finger.on(page);
  for (let i = COUNT - 2; i >= 0; i--) {
    await finger.slide(400, 80, 320);
    await shown(i);
  }
  expect(page.url()).toContain('viewer');
  await context.close();
});
