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
/** Largest delay of setTimeout. */
const NEVER_MS = 2 ** 31 - 1;

/** Creates an SDK instance behind the port, without the connection above. */
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

/** Lets an attempt time out while its login request is unanswered. */
async function runOutOfTime(nim: NimPort): Promise<void> {
  internalsOf(nim).clientSocket.packetTimeout = 1000;
  await expect(nim.login({ ...ATTEMPT, timeoutMs: 300 })).rejects.toMatchObject({ code: 191005 });
}

describe('defects of the SDK that are shielded', () => {
  it('a destroyed instance opens no further socket', async () => {
    const { wx, nim } = port();
    await nim.login(ATTEMPT);
    await nim.destroy();
    await expect(nim.login(ATTEMPT)).rejects.toMatchObject({ code: 190002 });
    expect(wx.sockets.connects).toHaveLength(1);
    await wx.sockets.whenEmpty();
    wx.dispose();
  });

  it('a login that times out leaves its socket open, logged out or not; closeSocket closes the socket', async () => {
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

  it('destroy closes the socket that a timed-out login left open, and deletes its token', async () => {
    world.emulator.faults.add({ kind: 'command', command: '26_3', drop: 'request' });
    const { wx, nim } = port();
    await runOutOfTime(nim);
    expect(internalsOf(nim).token).toBe('token-anna');
    await nim.destroy();
    expect(internalsOf(nim).token).toBe('');
    await wx.sockets.whenEmpty();
    wx.dispose();
  });

  it("the SDK's own reconnect timer is set to never", async () => {
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

  it('the sync ends with the main sync, not with another sync', async () => {
    const { wx, nim } = port();
    const ends: unknown[] = [];
    nim.on('synced', (error) => ends.push(error?.code ?? 200));
    // Type 2 is members of teams; state 2 is running.
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

  it('a command without an answer is reported, whatever its sender; a reply of any code counts as an answer', async () => {
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

  it('an LBS that fails during a reconnect does not end the reconnect', async () => {
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
    await waitFor(() => asked() > before, { what: 'a request to the LBS' });
    expect(actor.online()).toBe('anna');
    await actor.dispose();
  });
});
