import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const CANDIDATES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export const PHONE = { width: 390, height: 844 };
const ARTIFACTS = path.resolve(__dirname, '../../artifacts/e2e');

/** The system's Chromium, asking nobody outside. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = CANDIDATES.find((candidate) => candidate && existsSync(candidate));
  if (!executablePath) {
    throw new Error(
      'No Chromium was found. Install it, or name it: CHROMIUM=/path/to/chromium npm run e2e',
    );
  }
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface PhoneOptions {
  colorScheme?: 'light' | 'dark';
  locale?: 'zh-CN' | 'en-US';
  /** Runs in each page before its own scripts. */
  prepare?: () => void;
}

export interface Phone {
  page: Page;
  context: BrowserContext;
  /** Errors of the page: uncaught ones and console.error. */
  errors: string[];
  /** Saves a screenshot among the CI artefacts. */
  shoot(name: string): Promise<void>;
}

/** A browser context of phone size with the app open. */
export async function openPhone(
  browser: Browser,
  url: string,
  { colorScheme = 'light', locale = 'zh-CN', prepare }: PhoneOptions = {},
): Promise<Phone> {
  const context = await browser.newContext({
    viewport: PHONE,
    colorScheme,
    locale,
    hasTouch: true,
  });
  if (prepare) await context.addInitScript(prepare);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(url);
  return {
    page,
    context,
    errors,
    shoot: async (name) => {
      mkdirSync(ARTIFACTS, { recursive: true });
      await page.evaluate(stillness);
      await page.screenshot({ path: path.join(ARTIFACTS, `${name}.png`) });
    },
  };
}

/** Pages slide in, sheets rise, pictures load; what turns for ever is not waited for. Runs in the page. */
async function stillness(): Promise<void> {
  const ending = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled([
    ...ending.map(({ finished }) => finished),
    ...[...document.images].map((image) => image.decode()),
  ]);
}
