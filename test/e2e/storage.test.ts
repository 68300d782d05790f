import type { Page } from 'playwright-core';
import { openStage, send, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 300_000);
afterAll(() => stage.close());

/** Makes the storage getter throw, as a browser that blocks site data does. Runs in the page. */
function block(): void {
  Object.defineProperty(window, 'localStorage', {
    get: () => {
      throw new DOMException('Access is denied for this document.', 'SecurityError');
    },
    configurable: true,
  });
}

/** Makes writes throw, as a browser with a full storage does. Runs in the page. */
function fill(): void {
  Storage.prototype.setItem = () => {
    throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
  };
}

async function signIn(page: Page, accountId: string, token: string): Promise<void> {
  await page.getByText('其他登录方式').click();
  const fields = page.locator('.ways input');
  await fields.nth(0).fill(accountId);
  await fields.nth(1).fill(token);
  await page.locator('.ways').getByText('登录', { exact: true }).click();
}

describe('a browser that stores nothing', () => {
  it.each([
    ['because site data is blocked', block],
    ['because its storage is full', fill],
  ])('%s: shows the sign-in page, signs in, chats and enters a room', async (why, prepare) => {
    const [left, right] = stage.emulator.accounts;
    if (!left || !right) throw new Error('the seed has no two accounts');
    const phone = await stage.phone(undefined, { prepare });
    const { page } = phone;
    await page.locator('.login-name').waitFor();
    await signIn(page, left.accountId, left.token);
    await page.locator('.conv').first().waitFor();
    await page.locator('.notice-text', { hasText: '存储已满或不可用' }).last().waitFor();
    await page.locator('.conv').first().click();
    const text = `nothing is stored ${why}`;
    await send(page, text);
    await page.locator('.msg.mine', { hasText: text }).waitFor();
    expect(phone.errors).toEqual([]);
    await phone.context.close();

    const guest = await stage.phone(undefined, { prepare, route: '/packages/chatroom/list/index' });
    await guest.page.locator('.room-name').first().click();
    await guest.page.locator('.head').waitFor();
    expect(guest.errors).toEqual([]);
    await guest.context.close();
  });
});
