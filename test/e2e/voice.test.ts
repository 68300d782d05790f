import type { Page } from 'playwright-core';
import { Finger } from './finger';
import { chatRoute, LOOKS, openStage, type Stage } from './stage';

const AUDIO = 2;
let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 300_000);
afterAll(() => stage.close());

/** Seconds of silence as a WAV file, 8 bits and 3,000 samples a second. */
function silence(seconds: number): string {
  const rate = 3000;
  const data = Buffer.alloc(rate * seconds, 128);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return `data:audio/wav;base64,${Buffer.concat([head, data]).toString('base64')}`;
}

const WAVEFORM = Array.from({ length: 40 }, (_, i) => Math.round(50 + 50 * Math.sin(i * 1.7)));

function say(from: string, to: string, claimed: number, more: object = {}): void {
  stage.emulator.world.sendMessage({
    from,
    to,
    messageType: AUDIO,
    attachment: JSON.stringify({ url: silence(1), dur: claimed * 1000, ext: 'wav', size: 3000 }),
    serverExtension: JSON.stringify({ waveform: WAVEFORM }),
    ...more,
  });
}

/** The middle of the bar, px from the upper edge. */
async function barY(page: Page): Promise<number> {
  const box = await page.locator('.hold-bar').boundingBox();
  return (box?.y ?? 0) + (box?.height ?? 0) / 2;
}

/** The SDK makes https addresses of uploaded files; the emulator of the tests serves http. */
async function allowHttp(page: Page): Promise<void> {
  await page.route(/^https:\/\/127\.0\.0\.1/, async (route) => {
    const url = route.request().url().replace('https:', 'http:');
    await route.fulfill({ response: await route.fetch({ url }) });
  });
}

describe('voice messages in a browser', () => {
  it.each(LOOKS)('plays, records, cancels and sends: $name', async ({ name, ...look }) => {
    const from = `speaker-${name}`;
    const to = `hearer-${name}`;
    for (const accountId of [from, to])
      stage.emulator.world.addAccount({ accountId, name: accountId, token: `token-${accountId}` });
    say(from, to, 60);
    say(to, from, 21);
    say(from, to, 1, { serverExtension: '' });
    say(from, to, 8);
    const { page, errors, shoot } = await stage.phone(to, { ...look, route: chatRoute(to, from) });
    const voices = page.locator('.vo');
    await voices.nth(3).waitFor();
    await page.locator('.un').nth(2).waitFor();
    await shoot(`voice-${name}`);

    // History is laid out in reverse: the newest comes first.
    await voices.nth(1).click();
    await page.locator('.vo.on').waitFor();
    await page.locator('.voice-rate').click();
    // The next message that was not heard follows by itself.
    await page.locator('.vo.on', { hasText: '8″' }).waitFor();
    await shoot(`voice-playing-${name}`);
    await page.locator('.voice-rate').waitFor({ state: 'detached' });
    expect(await page.locator('.un').count()).toBe(1);

    const finger = await Finger.on(page);
    await page.locator('.composer-voice').click();
    const y = await barY(page);
    await finger.down(y);
    await finger.up();
    await page.getByText(/说话时间太短|Too short/).waitFor();
    await finger.down(y);
    await page.locator('.hold-time', { hasText: '0:02' }).waitFor();
    await shoot(`voice-recording-${name}`);
    await finger.move(y, y - 200, 2000);
    await page.locator('.hold-cancel').waitFor();
    await shoot(`voice-cancel-${name}`);
    await finger.up();
    await page.locator('.hold-sheet').waitFor({ state: 'detached' });
    expect(await voices.count()).toBe(4);

    await finger.down(y);
    await page.locator('.hold-time', { hasText: '0:02' }).waitFor();
    await finger.up();
    await voices.nth(4).waitFor();
    await page.locator('.spinner').waitFor({ state: 'detached' });
    await shoot(`voice-sent-${name}`);

    const other = await stage.phone(from, { ...look, route: chatRoute(from, to) });
    await allowHttp(other.page);
    const received = other.page.locator('.vo.un', { hasText: '2″' });
    await received.click();
    // The dot goes when the sound is heard.
    await received.waitFor({ state: 'detached' });
    // The emulator serves no https: a request of the media loader that the route does not see fails.
    const faults = [...errors, ...other.errors].filter(
      (text) => !text.includes('ERR_SSL_PROTOCOL'),
    );
    expect(faults).toEqual([]);
    await other.context.close();
    await page.context().close();
  });
});
