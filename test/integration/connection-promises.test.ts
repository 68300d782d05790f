import { type Emulator, startEmulator } from '../../emulator';
import { type Actor, bareActor, connectionActor } from '../bench/connection-actors';

/** The tests check guarantees of the connection manager with the unmodified SDK on the emulator, in real time. */
let emulator: Emulator;
const actors: Actor[] = [];

jest.setTimeout(60_000);
beforeEach(async () => {
  emulator = await startEmulator({ port: 0, world: 'empty' });
  for (let i = 1; i <= 20; i++) emulator.world.addAccount({ accountId: `u${i}` });
});
afterEach(async () => {
  await Promise.all(actors.splice(0).map((actor) => actor.dispose()));
  await emulator.close();
});

function connection(closeMs = 300) {
  const actor = connectionActor({ emulator, closeMs });
  actors.push(actor);
  return actor;
}

const nextState = (actor: ReturnType<typeof connection>, name: string) =>
  new Promise<void>((resolve) => {
    const stop = actor.core.manager.on('state', ({ to }) => {
      if (to.name !== name) return;
      stop();
      resolve();
    });
  });

const since = (start: number) => performance.now() - start;

describe('switching accounts', () => {
  it('takes at most 50 ms longer than logout reply, real close and login', async () => {
    const actor = connection();
    await actor.login('u1');
    // The fastest of three runs counts on each side: a busy machine may delay either side.
    const physical: number[] = [];
    const whole: number[] = [];
    for (let round = 0; round < 3; round++) {
      let start = performance.now();
      await actor.logout();
      await actor.login('u2');
      physical.push(since(start));
      start = performance.now();
      const { manager } = actor.core;
      await manager.login({ accountId: 'u3', authType: 'static', token: 'token-u3' });
      whole.push(since(start));
    }
    expect(Math.min(...whole)).toBeLessThanOrEqual(Math.min(...physical) + 50);
    expect(actor.wx.sockets.maxLive).toBe(1);
  });

  it('ends on the twentieth account with one live socket after twenty switches in a row', async () => {
    const actor = connection();
    const logins = Array.from({ length: 20 }, (_, i) =>
      actor.login(`u${i + 1}`).catch(() => undefined),
    );
    await Promise.all(logins);
    expect(actor.online()).toBe('u20');
    expect(actor.wx.sockets.live).toBe(1);
    expect(actor.wx.sockets.maxLive).toBe(1);
    expect(emulator.clients.openLinks()).toHaveLength(1);
  });
});

describe('an LBS that fails', () => {
  it.each([
    ['hanging', { kind: 'lbs', how: 'hang' }],
    ['500', { kind: 'lbs', how: 'status', status: 500 }],
    ['HTML', { kind: 'lbs', how: 'html' }],
    ['an empty answer', { kind: 'lbs', how: 'json', body: {} }],
    [
      'foreign hosts',
      { kind: 'lbs', how: 'links', links: ['evil.example:443', 'evil2.example'], onlyThese: true },
    ],
  ] as const)('with %s leads to linkUrl within 3.5 s and to no other host', async (_how, fault) => {
    emulator.faults.add(fault as never);
    const actor = connection();
    const start = performance.now();
    await actor.login('u1');
    expect(since(start)).toBeLessThanOrEqual(3500);
    const hosts = actor.wx.sockets.connects.map((url) => new URL(url).hostname);
    expect(new Set(hosts)).toEqual(new Set(['127.0.0.1']));
  });
});

describe('a socket refused after the handshake on the first login', () => {
  it('is opened again within 3 s; the bare SDK does nothing', async () => {
    emulator.faults.add({ kind: 'upgrade', how: 'drop', times: 1 });
    const bare = bareActor({ emulator, closeMs: 300 });
    actors.push(bare);
    let settled = false;
    void bare.login('u2').then(
      () => (settled = true),
      () => (settled = true),
    );
    // The bare SDK does nothing for 3 s; its timers are real.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect([settled, bare.wx.sockets.connects.length]).toEqual([false, 1]);

    emulator.faults.add({ kind: 'upgrade', how: 'drop', times: 1 });
    const actor = connection();
    const start = performance.now();
    await actor.login('u1');
    expect(since(start)).toBeLessThanOrEqual(3000);
    expect(actor.wx.sockets.connects).toHaveLength(2);
  });
});

describe('the end of a login', () => {
  it.each([302, 422, 403])('by code %i during a reconnect is final', async (code) => {
    const actor = connection();
    await actor.login('u1');
    const refused = nextState(actor, 'refused');
    emulator.faults.add({ kind: 'command', command: '26_3', code });
    emulator.faults.cut({ how: 'close' });
    await refused;
    await actor.wx.sockets.whenEmpty();
    expect(actor.core.manager.state).toEqual({ name: 'refused', code });
  });

  it('by a kick is final, and the detail names the device', async () => {
    const actor = connection();
    await actor.login('u1');
    const kicked = nextState(actor, 'kicked');
    emulator.clients.kick('u1');
    await kicked;
    await actor.wx.sockets.whenEmpty();
    expect(actor.core.manager.state).toMatchObject({ name: 'kicked', detail: { reason: 2 } });
    expect(actor.core.manager.connection).toBeNull();
  });
});

describe('a return from the background', () => {
  it.each(['cut', 'half-open'] as const)(
    'with a link that is %s leads online within 1.5 s plus the login',
    async (how) => {
      const actor = connection();
      await actor.login('u1');
      actor.wx.app.hide();
      // Ten minutes pass on the injected clock.
      Object.assign(actor.core.platform.clock, { now: () => Date.now() + 600_000 });
      if (how === 'cut') actor.wx.sockets.cutAll();
      else emulator.faults.halfOpen();
      const start = performance.now();
      actor.wx.app.show();
      if (actor.online() !== undefined) await nextState(actor, 'waiting');
      await nextState(actor, 'online');
      // The probe of a half-open link takes 1.5 s, and the socket takes time to close.
      expect(since(start)).toBeLessThanOrEqual(1500 + (how === 'cut' ? 200 : 1500));
      expect(actor.wx.sockets.maxLive).toBe(1);
    },
  );
});

describe('a host that WeChat does not allow', () => {
  it('ends the sign-in with the list and the host to add', async () => {
    const actor = connection();
    actor.wx.options.legalHosts = {
      request: [new URL(emulator.lbsUrl).hostname],
      socket: ['other.example'],
    };
    await expect(actor.login('u1')).rejects.toMatchObject({
      code: 600002,
      detail: expect.stringContaining('socket list: add 127.0.0.1') as string,
    });
  });
});
