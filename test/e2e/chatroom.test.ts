import { LOOKS, openStage, send, type Stage } from './stage';

const ROOM = '9001';
const LIST = '/packages/chatroom/list/index';
const room = (roomId: string, more = '') => `/packages/chatroom/room/index?roomId=${roomId}${more}`;

/** A picture of a single white pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

const PLAYING = /播放中|Playing/;
const ENDED = /播放结束|Ended/;
const TAP = /轻点播放|Tap to play/;

let stage: Stage;
let liveUrl = '';
beforeAll(async () => {
  stage = await openStage();
  ({ liveUrl } = stage.emulator.rooms.room(ROOM));
}, 300_000);
afterAll(() => stage.close());

describe('chatrooms: two phones in one room', () => {
  it('exchange a text, and a picture with its upload', async () => {
    const [left, right] = stage.pair;
    const alice = await stage.phone(left, { route: room(ROOM) });
    const bob = await stage.phone(right, { route: room(ROOM) });
    for (const { page } of [alice, bob]) await page.locator('.composer-field textarea').waitFor();
    const text = `大家好 ${Date.now()}`;
    await send(alice.page, text);
    await bob.page.locator('.bubble', { hasText: text }).waitFor();
    await alice.page
      .locator('.mine', { hasText: text })
      .locator('.sent')
      .waitFor({ state: 'attached' });
    const choosing = alice.page.waitForEvent('filechooser');
    await alice.page.locator('.tool-more').click();
    await alice.page.locator('.more-album').click();
    const pixel = Buffer.from(PIXEL, 'base64');
    await (await choosing).setFiles({ name: 'p.png', mimeType: 'image/png', buffer: pixel });
    await bob.page.locator('.picture').waitFor();
    await alice.page.locator('.mine .picture-done').waitFor({ state: 'attached' });
    expect([...alice.errors, ...bob.errors]).toEqual([]);
    await alice.context.close();
    await bob.context.close();
  });
});

describe('chatrooms: every page', () => {
  it.each(LOOKS)(
    'is drawn in $colorScheme, $locale, without an error',
    async (look) => {
      const [left] = stage.pair;
      const { name } = look;
      const list = await stage.phone(left, { ...look, route: LIST });
      await list.page.locator('.room-item').nth(3).waitFor();
      await list.page.locator('.room-item').nth(1).click();
      await list.page.locator('.seat').first().waitFor();
      await list.page.locator('.msg .bubble').nth(3).waitFor();
      await list.shoot(`room-seats-${name}`);
      await list.page.locator('.nav-back').last().click();
      await list.page.locator('.recent-room').first().waitFor();
      await list.shoot(`rooms-${name}`);

      const open = await stage.phone(left, { ...look, route: room(ROOM) });
      await open.page.locator('.composer-field textarea').waitFor();
      await open.page.locator('.msg .bubble').nth(3).waitFor();
      await send(open.page, 'Hello, everybody here 🎉');
      await open.page.locator('.tool-gift').click();
      await open.page.locator('.gift-choice').first().click();
      await open.page.locator('.like').click();
      await open.page.locator('.bubble.gift').first().waitFor();
      await open.page.locator('.like-count', { hasNotText: /^0$/ }).waitFor();
      await open.shoot(`room-gifts-${name}`);
      await open.page.locator('.messages').click();
      await open.page.locator('.composer-emoji').click();
      await open.page.locator('.composer-emoji').click();
      stage.emulator.rooms.tempBan(ROOM, left, 90);
      await open.page.locator('.closed-text').waitFor();
      await open.shoot(`room-muted-${name}`);
      stage.emulator.rooms.tempBan(ROOM, left, 0);
      stage.emulator.rooms.kick(ROOM, left, { reason: 2, extension: '刷屏' });
      await open.page.locator('.exit').waitFor();
      await open.shoot(`room-kicked-${name}`);

      const guest = await stage.phone(undefined, { ...look, route: LIST });
      await guest.page.locator('.room-item').nth(2).waitFor();
      await guest.page.locator('.room-item').nth(2).click();
      await guest.page.locator('.closed-action').waitFor();
      await guest.page.locator('.msg .bubble').nth(3).waitFor();
      await guest.shoot(`room-guest-${name}`);
      for (const phone of [list, open, guest]) {
        expect(phone.errors).toEqual([]);
        await phone.context.close();
      }
    },
    120_000,
  );
});

describe('chatrooms: the live video', () => {
  it.each(LOOKS)(
    'is played by Chromium in $colorScheme, $locale, and says when it cannot be played',
    async (look) => {
      const [left] = stage.pair;
      const { name } = look;
      const open = await stage.phone(left, { ...look, route: room(ROOM) });
      const { page } = open;
      await page.locator('.composer-field textarea').waitFor();
      await page.locator('.msg .bubble').nth(3).waitFor();
      await page.waitForFunction(isAtEnd);
      await open.shoot(`room-live-card-${name}`);
      expect(await page.locator('video').count()).toBe(0);
      await page.locator('.live-card').click();
      // It has three seconds, and the screenshots take longer.
      await page.locator('video').evaluate((video: HTMLVideoElement) => (video.loop = true));
      await page.locator('.live-state').filter({ hasText: PLAYING }).waitFor();
      await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.2);
      await page.waitForFunction(isAtEnd);
      await open.shoot(`room-live-${name}`);
      await page.locator('.live-collapse').click();
      await page.locator('video').waitFor({ state: 'detached' });

      // Plays to its end: three seconds.
      await page.locator('.live-card').click();
      await page.locator('.live-card').filter({ hasText: ENDED }).waitFor();

      const { origin } = new URL(stage.emulator.url);
      stage.emulator.rooms.update(ROOM, { liveUrl: `${origin}/samples/none.mp4` });
      await page.locator('.live-card').filter({ hasText: TAP }).click();
      await page.locator('.live-fault').waitFor();
      await open.shoot(`room-live-failed-${name}`);
      expect(open.errors.filter((line) => !line.includes('404'))).toEqual([]);
      open.errors.length = 0;

      const long = `rtmp://live.example.com/${'a-long-name/'.repeat(12)}9001?sign=0123456789`;
      stage.emulator.rooms.update(ROOM, { liveUrl: long });
      await page.locator('.live-copy').waitFor();
      await open.shoot(`room-live-copy-${name}`);
      stage.emulator.rooms.update(ROOM, { liveUrl });
      await page.locator('.live-sign').waitFor();
      expect(open.errors).toEqual([]);
      await open.context.close();
    },
    120_000,
  );
});

/** The newest message is in sight. Runs in the page. */
function isAtEnd(): boolean {
  const list = document.querySelector('#room-messages');
  return list !== null && list.scrollHeight - list.scrollTop - list.clientHeight < 4;
}
