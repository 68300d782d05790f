import type { Page } from 'playwright-core';
import type { Phone } from './browser';
import { chatRoute, LOOKS, openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 300_000);
afterAll(() => stage.close());

const last = (page: Page, css: string) => page.locator(`${css}:visible`).last();

/** Waits until the call page has slid in. */
async function arrived(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.talk')].some((node) => {
      const { x, width } = node.getBoundingClientRect();
      return x === 0 && width > 0;
    }),
  );
}

/** Presses the call button of the open chat and takes the first (video) or second (voice) choice. */
async function call({ page }: Phone, choice: 0 | 1): Promise<void> {
  await last(page, '.tool-more').click();
  await last(page, '.more-call').click();
  await page.locator('.taro__actionSheet .taro-actionsheet__cell:visible').nth(choice).click();
  await arrived(page);
}

test.each(LOOKS)(
  'draws a call in $colorScheme, $locale: outgoing, ringing, connected, ended, and the record in the chat',
  async (look) => {
    const { name } = look;
    const [left, right] = stage.pair;
    const caller = await stage.phone(left, {
      ...look,
      route: chatRoute(left, right),
    });
    const callee = await stage.phone(right, look);
    await callee.page.locator('.conv-preview').first().waitFor();
    await last(caller.page, '.tool-more').waitFor();
    await caller.page.locator('.msg .bubble').first().waitFor();

    await call(caller, 0);
    await last(callee.page, '.call-sheet').waitFor();
    await caller.shoot(`call-calling-${name}`);
    await callee.shoot(`call-sheet-${name}`);
    await last(callee.page, '.call-who').click();
    await arrived(callee.page);
    await callee.shoot(`call-ringing-${name}`);
    await last(callee.page, '.talk-up').click();
    await last(caller.page, '.talk-timer').waitFor();
    await last(callee.page, '.talk-timer').waitFor();
    await last(callee.page, '.talk-mute').click();
    await caller.page.locator('.talk-note:visible', { hasText: /静音|muted/ }).waitFor();
    await caller.shoot(`call-talk-${name}`);

    await last(callee.page, '.nav-back').click();
    await last(callee.page, '.call-strip').waitFor();
    await callee.shoot(`call-strip-${name}`);
    await last(callee.page, '.call-strip').click();
    await last(callee.page, '.talk-action').waitFor();

    await last(caller.page, '.talk-action').click();
    await last(caller.page, '.bubble').waitFor();
    await caller.page.locator('.tool-more:visible').waitFor();
    await caller.shoot(`call-line-${name}`);
    expect(stage.emulator.world.signalling.channels()).toEqual([]);
    expect([...caller.errors, ...callee.errors]).toEqual([]);
    await caller.context.close();
    await callee.context.close();
  },
  60_000,
);

test.each(LOOKS)('draws the meeting page in $colorScheme, $locale', async (look) => {
  const { name } = look;
  const phone = await stage.phone(stage.pair[0], {
    ...look,
    route: '/packages/meeting/index',
  });
  await last(phone.page, '.meeting').waitFor();
  await phone.page.locator('.banner').waitFor({ state: 'detached' });
  await phone.shoot(`meeting-${name}`);
  expect(phone.errors).toEqual([]);
  await phone.context.close();
});
