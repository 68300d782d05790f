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

const ATTEMPT = {
  accountId: 'anna',
  authType: 0,
  token: 'token-anna',
  timeoutMs: 10_000,
} as const;
/** setTimeout's largest delay. */
const NEVER_MS = 2 ** 31 - 1;

/** One SDK instance behind our port, without the connection above it. */
function port() {
  const wx = createWx();
  const module = evaluate<CoreModule>(
    bundle('core-entry.ts'),
    wx.wx,
    environmentOf(world.emulator),
  );
  const { env, platform } = module.boot();
  const nim = module.createNim({ env, clock: platform.clock, openSocket: (open) => open() });
  return { wx, nim };
}

/** Parts of the SDK's login service that are not in its typings. */
interface Internals {
  clientSocket: { packetTimeout: number };
  loginOption: { tokenProvider: () => string };
  token: string;
  emit(event: string, ...args: unknown[]): void;
}

const internalsOf = (nim: NimPort) => nim.services.login as unknown as Internals;

/** The request of the login is still unanswered when the time of the attempt is up. */
async function runOutOfTime(nim: NimPort): Promise<void> {
  internalsOf(nim).clientSocket.packetTimeout = 1000;
  await expect(nim.login({ ...ATTEMPT, timeoutMs: 300 })).rejects.toMatchObject({ code: 191005 });
}

describe('defects of the SDK that are shielded', () => {
  it('a destroyed instance opens no socket any more', async () => {
    const { wx, nim } = port();
    await nim.login(ATTEMPT);
    await nim.destroy();
    await expect(nim.login(ATTEMPT)).rejects.toMatchObject({ code: 190002 });
    expect(wx.sockets.connects).toHaveLength(1);
    await wx.sockets.whenEmpty();
    wx.dispose();
  });

  it('a login whose time is up leaves its socket open, logged out or not; closeSocket closes it', async () => {
    world.emulator.faults.add({ kind: 'command', command: '26_3', drop: 'request' });
    const { wx, nim } = port();
    await runOutOfTime(nim);
    await nim.logout();
    expect([nim.loginStatus(), wx.sockets.live]).toEqual([0, 1]);
    nim.closeSocket();
    await wx.sockets.whenEmpty();
    await nim.destroy();
    await wx.sockets.whenEmpty();
    wx.dispose();
  });

  it('destroy closes the socket that such a login left open, and forgets its token', async () => {
    world.emulator.faults.add({ kind: 'command', command: '26_3', drop: 'request' });
    const { wx, nim } = port();
    await runOutOfTime(nim);
    expect(internalsOf(nim).token).toBe('token-anna');
    await nim.destroy();
    expect(internalsOf(nim).token).toBe('');
    await wx.sockets.whenEmpty();
    wx.dispose();
  });

  it('its own reconnect timer is set to never', async () => {
    const { wx, nim } = port();
    await nim.login(ATTEMPT);
    const timers = jest.spyOn(globalThis, 'setTimeout');
    nim.dropLink();
    expect(timers.mock.calls.map(([, delayMs]) => delayMs)).toContain(NEVER_MS);
    timers.mockRestore();
    await nim.destroy();
    await wx.sockets.whenEmpty();
    wx.dispose();
  });

  it('the end of another sync than the main one is not the end of the sync', async () => {
    const { wx, nim } = port();
    const ends: unknown[] = [];
    nim.on('synced', (error) => ends.push(error?.code ?? 200));
    // 2: members of teams. 2: still running.
    for (const [type, state] of [
      [2, 3],
      [3, 3],
      [1, 2],
    ])
      internalsOf(nim).emit('onDataSync', type, state);
    expect(ends).toEqual([]);
    internalsOf(nim).emit('onDataSync', 1, 3, { code: 416 });
    internalsOf(nim).emit('onDataSync', 1, 3);
    expect(ends).toEqual([416, 200]);
    await nim.destroy();
    await wx.sockets.whenEmpty();
    wx.dispose();
  });

  it('a command that gets no answer is told, whoever sent it; an answer of any code is none', async () => {
    const { wx, nim } = port();
    await nim.login(ATTEMPT);
    let unanswered = 0;
    nim.on('unanswered', () => unanswered++);
    internalsOf(nim).clientSocket.packetTimeout = 200;
    const refused = world.emulator.faults.add({ kind: 'command', command: '34_7', code: 416 });
    await expect(nim.probe()).rejects.toMatchObject({ code: 416 });
    expect(unanswered).toBe(0);
    refused.remove();
    world.emulator.faults.add({ kind: 'command', command: '34_7', drop: 'reply' });
    await expect(nim.probe()).rejects.toMatchObject({ code: 192004 });
    expect(unanswered).toBe(1);
    await nim.destroy();
    await wx.sockets.whenEmpty();
    wx.dispose();
  });

  it('a destroyed instance keeps no token, although its adapters are global', async () => {
    const { wx, nim } = port();
    await nim.login(ATTEMPT);
    const internals = internalsOf(nim);
    expect([internals.loginOption.tokenProvider(), internals.token]).toEqual([
      'token-anna',
      'token-anna',
    ]);
    await nim.destroy();
    expect([internals.loginOption.tokenProvider(), internals.token]).toEqual(['', '']);
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
