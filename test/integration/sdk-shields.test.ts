import type { Core } from '@/connection/boot';
import type { NimDependencies, NimPort } from '@/sdk';
import { connectionActor } from '../bench/connection-actors';
import { environmentOf, useWorld, waitFor } from '../harness';
import { bundle, evaluate } from '../harness/bundle';
import { createWx } from '../wx';

interface CoreModule {
  boot: () => Core;
  createNim: (dependencies: NimDependencies) => NimPort;
}

const world = useWorld();

describe('defects of the SDK that are shielded', () => {
  it('a destroyed instance opens no socket any more', async () => {
    const wx = createWx();
    const module = evaluate<CoreModule>(
      bundle('core-entry.ts'),
      wx.wx,
      environmentOf(world.emulator),
    );
    const { env, platform } = module.boot();
    const nim = module.createNim({ env, clock: platform.clock, openSocket: (open) => open() });
    const attempt = {
      accountId: 'anna',
      authType: 0,
      token: 'token-anna',
      timeoutMs: 10_000,
    } as const;
    await nim.login(attempt);
    await nim.destroy();
    await expect(nim.login(attempt)).rejects.toMatchObject({ code: 190002 });
    expect(wx.sockets.connects).toHaveLength(1);
    await wx.sockets.whenEmpty();
    wx.dispose();
  });

  it('an LBS that fails during a reconnect does not stop it for ever', async () => {
    const actor = connectionActor({ emulator: world.emulator, closeMs: 0 });
    const { manager } = actor.core;
    await actor.login('anna');
    const asked = () => world.emulator.log.counters.lbsRequests;
    const before = asked();
    world.emulator.faults.add({ kind: 'lbs', how: 'hang' });
    // The first reconnect uses an address the SDK kept; the second asks the LBS.
    for (let cut = 0; cut < 2; cut++) {
      const offline = new Promise<void>((resolve) => {
        const stop = manager.on('state', ({ to }) => {
          if (to.name !== 'waiting') return;
          stop();
          resolve();
        });
      });
      world.emulator.faults.cut({ how: 'close' });
      await offline;
      await new Promise<void>((resolve) => {
        const stop = manager.on('state', ({ to }) => {
          if (to.name !== 'online') return;
          stop();
          resolve();
        });
      });
    }
    await waitFor(() => asked() > before, { what: 'the LBS to have been asked' });
    expect(actor.online()).toBe('anna');
    await actor.dispose();
  });
});
