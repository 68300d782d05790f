import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { barriers } from './axe';
import { overflowing } from './overflow';

const CANDIDATES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export const PHONE = { width: 390, height: 844 };
const ARTIFACTS = path.resolve(__dirname, '../../artifacts/e2e');

/** Launches the system's Chromium without requests to outside hosts. */
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
      // A microphone that beeps, allowed without a question.
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  });
}

export interface PhoneOptions {
  colorScheme?: 'light' | 'dark';
  locale?: 'zh-CN' | 'zh-TW' | 'en-US';
  /** Runs in each page before its own scripts. */
  prepare?: () => void;
}

export interface Phone {
  page: Page;
  context: BrowserContext;
  /** Uncaught errors of the page and its console.error lines. */
  errors: string[];
  /**
   * Saves a screenshot among the CI artefacts, and a second with the largest texts. Fails when axe-core finds a barrier
   * in the page, and when a text is cut in either size.
   */
  shoot(name: string): Promise<void>;
}

/** Opens the app in a browser context of phone size. */
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
      const found = await barriers(page);
      if (found.length > 0) throw new Error(`axe-core in ${name}:\n${found.join('\n')}`);
      const cut = await overflowing(page);
      if (cut.length > 0) throw new Error(`cut texts in ${name}:\n${cut.join('\n')}`);
      await page.evaluate(setLargest, true);
      // The theme changes no size.
      if (!name.includes('dark'))
        await page.screenshot({ path: path.join(ARTIFACTS, `${name}-largest.png`) });
      const cutLarge = await overflowing(page);
      await page.evaluate(setLargest, false);
      if (cutLarge.length > 0)
        throw new Error(`cut texts in ${name}, largest size:\n${cutLarge.join('\n')}`);
    },
  };
}

/** Shows the page in the largest size of texts, which has the class of the setting. Runs in the page. */
async function setLargest(isLargest: boolean): Promise<void> {
  for (const root of document.querySelectorAll('.app'))
    root.classList.toggle('size-largest', isLargest);
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
}

/** Resolves when the page has slid in, finite animations have ended and pictures are loaded. Runs in the page. */
async function stillness(): Promise<void> {
  // Taro starts the slide some frames after the page is in the document.
  const sliding = '.taro_page:last-child:not(.taro_page_stationed, .taro_tabbar_page)';
  for (let frames = 0; document.querySelector(sliding) && frames < 120; frames++)
    await new Promise(requestAnimationFrame);
  const ending = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled([
    ...ending.map(({ finished }) => finished),
    ...[...document.images].map((image) => image.decode()),
  ]);
}
