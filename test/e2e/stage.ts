import type { Browser, Page } from 'playwright-core';
import { type Emulator, startEmulator } from '../../emulator';
import { build } from '../../scripts/lib/build';
import { emulatorEnv } from '../../scripts/lib/emulator-env';
import { serveApp, type Served } from '../../scripts/lib/serve';
import { launchChromium, openPhone, type Phone, type PhoneOptions } from './browser';

/** Colour schemes and languages in which every page is checked; `name` is part of the screenshot's name. */
export const LOOKS = [
  { name: 'light-zh-CN', colorScheme: 'light', locale: 'zh-CN' },
  { name: 'dark-en-US', colorScheme: 'dark', locale: 'en-US' },
] as const;

export interface Stage {
  emulator: Emulator;
  browser: Browser;
  /** The two accounts of the demo page. */
  pair: readonly [left: string, right: string];
  /** Opens a phone on a new origin, signed in as `accountId`, or on the sign-in page without an account. */
  phone(accountId?: string, options?: PhoneOptions & { route?: string }): Promise<Phone>;
  close(): Promise<void>;
}

/** Starts the emulator, the built H5 app and Chromium, as `npm start` does. */
export async function openStage(): Promise<Stage> {
  const { directory } = await build({ target: 'h5' });
  const emulator = await startEmulator({ port: 0 });
  const browser = await launchChromium();
  const served: Served[] = [];
  const [left, right] = emulator.accounts;
  if (!left || !right) throw new Error('the seed has no two accounts');
  return {
    emulator,
    browser,
    pair: [left.accountId, right.accountId],
    phone: async (accountId, { route = '', ...options } = {}) => {
      const app = await serveApp({ directory, env: emulatorEnv(emulator, 'h5') });
      served.push(app);
      const query = accountId ? `?account=${encodeURIComponent(accountId)}` : '';
      return openPhone(browser, `${app.origin}/${query}${route ? `#${route}` : ''}`, options);
    },
    close: async () => {
      await browser.close();
      await Promise.all(served.map((each) => each.close()));
      await emulator.close();
    },
  };
}

/** Returns the route of the chat with `peer` for `accountId`. */
export function chatRoute(accountId: string, peer: string): string {
  return `/packages/chat/index?conversationId=${encodeURIComponent(`${accountId}|1|${peer}`)}`;
}

/** Writes a text into the composer and sends it. */
export async function send(page: Page, text: string): Promise<void> {
  await page.locator('.composer-field textarea').fill(text);
  await page.locator('.composer-send').click();
}
