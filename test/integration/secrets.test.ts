import type { Credentials } from '@/connection';
import type { Core } from '@/connection/boot';
import { environmentOf, useWorld } from '../harness';
import { bundle, evaluate } from '../harness/bundle';
import { createWx } from '../wx';

interface CoreModule {
  boot: (options: object) => Core;
}

const world = useWorld();

/** Signs in at the most verbose log level and returns every written line and entry. */
async function written(credentials: Credentials): Promise<string> {
  const wx = createWx();
  const lines: string[] = [];
  const { boot } = evaluate<CoreModule>(
    bundle('core-entry.ts'),
    wx.wx,
    environmentOf(world.emulator),
  );
  const { manager, journal } = boot({
    debugLevel: 'debug',
    logSink: (level: string, line: string) => lines.push(`${level} ${line}`),
  });
  await manager.login(credentials);
  await manager.destroy();
  expect(lines.some((line) => line.includes('v2Login'))).toBe(true);
  // Requests go to the configured hosts only: the SDK's statistics are off.
  expect(new Set(wx.requests.map(({ url }) => new URL(url).hostname))).toEqual(
    new Set(['127.0.0.1']),
  );
  const texts = [
    ...lines,
    ...journal.entries().map(({ text }) => text),
    ...wx.requests.map(({ url }) => url),
    ...wx.sockets.connects,
    JSON.stringify([...wx.storage]),
  ];
  wx.dispose();
  return texts.join('\n');
}

describe('at the most verbose log level no line, journal entry, address or storage entry contains', () => {
  it('a static token', async () => {
    const text = await written({ accountId: 'anna', authType: 'static', token: 'token-anna' });
    expect(text).not.toContain('token-anna');
  });

  it('a token with quotes and backslashes', async () => {
    const token = 'to"ken\\of"quoted';
    world.emulator.world.addAccount({ accountId: 'quoted', token });
    const text = await written({ accountId: 'quoted', authType: 'static', token });
    expect(text).toContain('[redacted]');
    expect(text).not.toMatch(/to\\*"ken|of\\*"quoted/);
  });

  it('a login extension that is JSON, as the sample app server makes it', async () => {
    const loginExtension = JSON.stringify({ ticket: 'ticket-anna' });
    const text = await written({
      accountId: 'anna',
      authType: 'thirdParty',
      loginExtensionProvider: () => Promise.resolve(loginExtension),
    });
    expect(text).toContain('[redacted]');
    expect(text).not.toContain('ticket-anna');
  });
});
