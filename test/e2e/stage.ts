import type { Browser } from 'playwright-core';
import { type Emulator, startEmulator } from '../../emulator';
import { build } from '../../scripts/lib/build';
import { emulatorEnv } from '../../scripts/lib/emulator-env';
import { serveApp, type Served } from '../../scripts/lib/serve';
import { launchChromium, openPhone, type Phone, type PhoneOptions } from './browser';

export interface Stage {
  emulator: Emulator;
  browser: Browser;
  /** A phone signed in as `accountId` (or on the sign-in page without one), on an origin of its own. */
  phone(accountId?: string, options?: PhoneOptions & { route?: string }): Promise<Phone>;
  close(): Promise<void>;
}

/** Emulator, the built H5 app and Chromium: what `npm start` shows, for a test. */
export async function openStage(): Promise<Stage> {
  const { directory } = await build({ target: 'h5' });
  const emulator = await startEmulator({ port: 0 });
  const browser = await launchChromium();
  const served: Served[] = [];
  return {
    emulator,
    browser,
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

/** The route of the chat between two accounts, as `accountId` sees it. */
export function chatRoute(accountId: string, peer: string): string {
  return `/pages/chat/index?conversationId=${encodeURIComponent(`${accountId}|1|${peer}`)}`;
}
