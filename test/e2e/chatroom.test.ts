import { LOOKS, openStage, send, type Stage } from './stage';

const ROOM = '9001';
const LIST = '/packages/chatroom/list/index';
const room = (roomId: string, more = '') => `/packages/chatroom/room/index?roomId=${roomId}${more}`;

/** A picture of a single white pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
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
