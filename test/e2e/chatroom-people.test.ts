import type { Locator } from 'playwright-core';
import { BareRoom } from '../harness';
import { LOOKS, openStage, type Stage } from './stage';

const ROOM = '9001';
const OWNER = 'linxia';
const LONG_NAME = '👩‍👩‍👧‍👦 a name that is much too long for any row of any list 很长很长的名字';

let stage: Stage;
const guests: BareRoom[] = [];
beforeAll(async () => {
  stage = await openStage();
  for (const [accountId, roomNick, tags] of [
    ['alice', LONG_NAME, ['vip', 'front row']],
    ['zhouyi', '周一', []],
    ['sunqi', '孙七', ['vip']],
    ['chenyu', '陈屿', []],
  ] as const) {
    const token = stage.emulator.accounts.find((one) => one.accountId === accountId)?.token ?? '';
    const guest = new BareRoom(stage.emulator);
    guests.push(guest);
    await guest.enter({
      roomId: ROOM,
      accountId,
      token,
      roomNick,
      tagConfig: { tags: [...tags], notifyTargetTags: '' },
    });
  }
  stage.emulator.rooms.ban(ROOM, 'sunqi');
  stage.emulator.rooms.tempBan(ROOM, 'alice', 7170);
  stage.emulator.rooms.setRole(ROOM, 'chenyu', 'normal');
}, 300_000);
afterAll(async () => {
  for (const guest of guests) await guest.dispose();
  await stage.close();
});

/** Resolves when the sheet has stopped moving. */
async function settled(sheet: Locator): Promise<void> {
  await sheet.waitFor();
  await sheet.evaluate((node) => Promise.all(node.getAnimations().map(({ finished }) => finished)));
}

describe('the pages about a room', () => {
  it.each(LOOKS)(
    'are drawn in $colorScheme, $locale, without an error',
    async (look) => {
      const { name } = look;
      const route = `/packages/chatroom/room/index?roomId=${ROOM}`;
      const phone = await stage.phone(OWNER, { ...look, route });
      const { page } = phone;
      await page.locator('.head-online').click();
      await page.locator('.member').nth(5).waitFor();
      await phone.shoot(`room-people-${name}`);

      const search = page.locator('.people-head .search-field input').first();
      await search.fill('alice');
      await page.locator('.member', { hasText: 'alice' }).click();
      await page.locator('.card-action').nth(3).waitFor();
      await page.locator('.card-note', { hasText: '1:5' }).waitFor();
      await settled(page.locator('.sheet-panel'));
      await phone.shoot(`room-card-${name}`);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(390);
      await page.locator('.card-severe').first().click();
      await settled(page.locator('.sheet-panel'));
      await phone.shoot(`room-kick-${name}`);
      await page.locator('.form-cancel').click();
      await page.locator('.card-cancel').click();

      await search.fill('');
      await page.locator('.tabs-tab').last().click();
      await page.locator('.picker-tag', { hasText: 'vip' }).click();
      await page.locator('.people-count').waitFor();
      await phone.shoot(`room-tag-${name}`);
      expect(await page.locator('.member').count()).toBe(2);
      await page.locator('.tabs-tab').nth(4).click();
      await page.locator('.people-note').waitFor();
      await phone.shoot(`room-blocked-${name}`);
      await page.goBack();

      await page.locator('.head-about').click();
      await page.locator('.about-me').waitFor();
      await page.locator('.about-nowhere').waitFor();
      await phone.shoot(`room-about-${name}`);
      await page.locator('.about-me').scrollIntoViewIfNeeded();
      await page.locator('.about .button').scrollIntoViewIfNeeded();
      await phone.shoot(`room-about-end-${name}`);
      await page.locator('.about-me').click();
      await settled(page.locator('.sheet-panel'));
      const [nick, avatar] = [
        page.locator('.form-input input').nth(0),
        page.locator('.form-input input').nth(1),
      ];
      await nick.fill('');
      await avatar.fill('picture.png');
      await page.locator('.form-body .button').click();
      await page.locator('.form-problem').nth(1).waitFor();
      expect(await avatar.inputValue()).toBe('picture.png');
      await phone.shoot(`room-profile-${name}`);
      expect(phone.errors).toEqual([]);
      await phone.context.close();
    },
    120_000,
  );
});
