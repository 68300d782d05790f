import type { Core } from '@/connection/boot';
import { environmentOf, useWorld } from '../harness';
import { bundle, evaluate } from '../harness/bundle';
import { createWx } from '../wx';

interface CoreModule {
  boot: (options: object) => Core;
}

const world = useWorld();

describe('the options of the seeds', () => {
  it('reach the server: customTag, customClientType, and a device id that stays', async () => {
    const storage = new Map<string, unknown>();
    const clientIds: (string | undefined)[] = [];
    for (let launch = 0; launch < 2; launch++) {
      const wx = createWx({ storage });
      const { boot } = evaluate<CoreModule>(
        bundle('core-entry.ts'),
        wx.wx,
        environmentOf(world.emulator),
      );
      const { manager } = boot({ customTag: 'kiosk', customClientType: 7, isFixedDeviceId: true });
      await manager.login({ accountId: 'anna', authType: 'static', token: 'token-anna' });
      const [client] = world.emulator.clients.list('anna');
      expect(client).toMatchObject({ customTag: 'kiosk', customClientType: 7 });
      clientIds.push(client?.clientId);
      await manager.destroy();
      wx.dispose();
    }
    expect(clientIds[1]).toBe(clientIds[0]);
  });
});
