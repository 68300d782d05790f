import { Finger } from './finger';
import { chatRoute, LOOKS, openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 300_000);
afterAll(() => stage.close());

test.each(LOOKS)(
  'shows menu, swipe, tabs and search in $colorScheme, $locale',
  async (look) => {
    const { name } = look;
    const [left, right] = stage.pair;
    const { world } = stage.emulator;
    world.sendMessage({ from: right, to: left, text: `the harbour ${name} at night` });
    const phone = await stage.phone(left, look);
    const { page, errors } = phone;
    await page.locator('.conv').nth(3).waitFor();
    await page.locator('.banner').waitFor({ state: 'detached' });
    await phone.shoot(`list-${name}`);

    const box = await page.locator('.conv').nth(1).boundingBox();
    if (!box) throw new Error('no row');
    const y = box.y + box.height / 2;
    const finger = await Finger.on(page);
    await finger.down(y, 120);
    await page.locator('.pm-item').first().waitFor();
    await finger.up();
    await phone.shoot(`list-menu-${name}`);
    const menu = await page.locator('.pm').boundingBox();
    expect(menu?.x).toBeGreaterThanOrEqual(0);
    expect(Math.abs((menu?.y ?? 0) - y)).toBeLessThan(60);
    await page.touchscreen.tap(380, 20);
    await page.locator('.pm').waitFor({ state: 'detached' });

    await finger.swipe(y, 300, 150);
    await page.locator('.conv-swiped').waitFor();
    await page.locator('.conv-act').nth(2).waitFor();
    await phone.shoot(`list-swipe-${name}`);
    const act = await page.locator('.conv-act').nth(2).boundingBox();
    expect((act?.x ?? 999) + (act?.width ?? 0)).toBeLessThanOrEqual(391);
    await page.locator('.ch-tab').nth(1).click();
    await phone.shoot(`list-unread-${name}`);
    await page.locator('.ch-more').click();
    await page.locator('.pm-item').first().waitFor();
    await phone.shoot(`list-more-${name}`);
    await page.touchscreen.tap(20, 600);
    await page.locator('.pm').waitFor({ state: 'detached' });

    await page.locator('.ch-search').click();
    await page.locator('.search-head input').fill(`harbour ${name}`);
    await page.locator('.sr-hit').first().waitFor();
    await phone.shoot(`search-${name}`);
    await page.locator('.sr').last().click();
    await page
      .locator('.bubble', { hasText: `the harbour ${name}` })
      .first()
      .waitFor();
    expect(errors).toEqual([]);
    await phone.context.close();
  },
  60_000,
);

test.each(LOOKS)(
  'shows the search in a chat in $colorScheme, $locale',
  async (look) => {
    const [left, right] = stage.pair;
    const { world } = stage.emulator;
    for (let i = 0; i < 5; i++)
      world.sendMessage({ from: right, to: left, text: `a ship in the harbour ${i}` });
    const route = chatRoute(left, right).replace('/chat/', '/search/chat/');
    const phone = await stage.phone(left, { ...look, route: `${route}&words=ship` });
    await phone.page.locator('.sr').nth(4).waitFor();
    await phone.shoot(`search-chat-${look.name}`);
    expect(phone.errors).toEqual([]);
    await phone.context.close();
  },
  60_000,
);
