import type { Core } from '@/connection/boot';
import { environmentOf, useWorld } from '../harness';
import { bundle, evaluate } from '../harness/bundle';
import { createWx } from '../wx';

interface CoreModule {
  boot: (options: object) => Core;
}

const world = useWorld();
let ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends) await end();
  ends = [];
});

/** Starts the core on a new device. */
function start(options: object, storage = new Map<string, unknown>()) {
  const wx = createWx({ storage });
  const env = environmentOf(world.emulator);
  const { boot } = evaluate<CoreModule>(bundle('core-entry.ts'), wx.wx, env);
  const { manager } = boot(options);
  const end = async () => {
    await manager.destroy();
    wx.dispose();
  };
  ends.push(end);
  return { wx, env, manager, end };
}

describe('the options of the seeds', () => {
  it('reach the server: customTag, customClientType, and a device id that stays', async () => {
    const storage = new Map<string, unknown>();
    const clientIds: (string | undefined)[] = [];
    for (let launch = 0; launch < 2; launch++) {
      const options = { customTag: 'kiosk', customClientType: 7, isFixedDeviceId: true };
      const { manager, end } = start(options, storage);
      await manager.login({ accountId: 'anna', authType: 'static', token: 'token-anna' });
      const [client] = world.emulator.clients.list('anna');
      expect(client).toMatchObject({ customTag: 'kiosk', customClientType: 7 });
      clientIds.push(client?.clientId);
      await end();
    }
    expect(clientIds[1]).toBe(clientIds[0]);
  });

  it('reach the SDK: app key, the one LBS address, and linkUrl when that LBS is dead', async () => {
    world.emulator.faults.add({ kind: 'lbs', how: 'status', status: 500 });
    const { wx, env, manager } = start({});
    await manager.login({ accountId: 'anna', authType: 'static', token: 'token-anna' });
    expect(world.emulator.log.logins).toMatchObject([{ appkey: env.TARO_APP_APPKEY, code: 200 }]);
    const asked = wx.requests.map(({ url }) => url.split('?')[0] ?? '');
    expect(new Set(asked.filter((url) => /lbs/.test(url)))).toEqual(
      new Set([env.TARO_APP_LBS_URL]),
    );
    const { linkUrl } = world.emulator;
    for (const url of wx.sockets.connects) expect(url).toContain(linkUrl);
  });
});
