import type { Core } from '@/connection/boot';
import { environmentOf, useWorld } from '../harness';
import { bundle, evaluate } from '../harness/bundle';
import { createWx } from '../wx';

interface CoreModule {
  boot: (options: object) => Core;
}

const world = useWorld();

describe('a token', () => {
  it('is in no log line, no journal entry and no address, at the loudest level', async () => {
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
    await manager.login({ accountId: 'anna', authType: 'static', token: 'token-anna' });
    await manager.destroy();
    expect(lines.some((line) => line.includes('v2Login'))).toBe(true);
    const written = JSON.stringify([
      lines,
      journal.entries(),
      wx.requests.map(({ url }) => url),
      wx.sockets.connects,
    ]);
    expect(written).not.toContain('token-anna');
    expect(JSON.stringify([...wx.storage])).not.toContain('token-anna');
    // Nor was any host asked but the configured ones: the SDK's statistics are off.
    expect(new Set(wx.requests.map(({ url }) => new URL(url).hostname))).toEqual(
      new Set(['127.0.0.1']),
    );
    wx.dispose();
  });
});
