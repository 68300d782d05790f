import { as, createRig, fate } from '../fakes/rig';

const MINUTE = 60_000;

describe('a first login', () => {
  it('goes connecting, authenticating, syncing, online', async () => {
    const rig = createRig();
    const login = fate(rig.manager.login(as('u1')));
    await rig.clock.advance(100);
    expect(login.status).toBe('resolved');
    expect(rig.states).toEqual(['idle', 'connecting', 'authenticating', 'syncing', 'online']);
  });

  it('retries within 3 s when the socket is refused after the handshake (the SDK never retries)', async () => {
    const rig = createRig({ random: () => 0.999 });
    rig.server.script = ['refuseSocket', 'refuseSocket'];
    const login = fate(rig.manager.login(as('u1')));
    await rig.clock.advance(3000);
    expect(rig.server.attempts.length).toBeGreaterThanOrEqual(2);
    await rig.clock.advance(4000);
    expect(login.status).toBe('resolved');
    expect(rig.host.maxLive).toBe(1);
  });

  it('spreads attempts with full jitter from 1 s to 30 s', async () => {
    const rig = createRig({ random: () => 0.9999999 });
    rig.server.otherwise = { code: 503 };
    void rig.manager.login(as('u1')).catch(() => undefined);
    const delays: number[] = [];
    rig.manager.on('state', ({ to }) => to.name === 'waiting' && delays.push(to.delayMs));
    await rig.clock.advance(3 * MINUTE);
    expect(delays.slice(0, 7)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  it('skips the pause on request and makes a single attempt for the request', async () => {
    const rig = createRig();
    rig.server.script = [{ code: 503 }];
    const login = fate(rig.manager.login(as('u1')));
    await rig.clock.advance(100);
    expect(rig.manager.state.name).toBe('waiting');
    rig.states.length = 0;
    rig.manager.retryNow();
    await rig.clock.advance(300 + 100);
    expect(login.status).toBe('resolved');
    expect(rig.states).toEqual(['connecting', 'authenticating', 'syncing', 'online']);
    expect(rig.clock.pending).toBe(0);
  });

  it('reports offline as the reason of an attempt that failed without a network', async () => {
    const rig = createRig();
    rig.setNetwork(false);
    rig.server.script = ['refuseSocket'];
    void rig.manager.login(as('u1'));
    await rig.clock.advance(400);
    expect(rig.manager.state).toMatchObject({ name: 'waiting', reason: 600103 });
  });

  it.each([302, 403, 404, 417, 422, 101403, 102404, 102422])(
    'stops at once on %i and reports the code',
    async (code) => {
      const rig = createRig();
      rig.server.otherwise = { code };
      const login = fate(rig.manager.login(as('u1')));
      await rig.clock.advance(10 * MINUTE);
      expect(login).toMatchObject({ status: 'rejected', code });
      expect(rig.manager.state).toEqual({ name: 'refused', code });
      expect(rig.server.attempts).toHaveLength(1);
      expect(rig.gate.counts().live).toBe(0);
    },
  );

  it('can be cancelled at any moment', async () => {
    for (const at of [0, 5, 15, 35, 200, 700, 1500]) {
      const rig = createRig();
      rig.server.script = ['refuseSocket', { code: 503 }, 'silent'];
      const abort = new AbortController();
      const login = fate(rig.manager.login(as('u1'), { signal: abort.signal }));
      await rig.clock.advance(at);
      abort.abort();
      await rig.clock.advance(1000);
      expect({ at, ...login }).toMatchObject({ at, status: 'rejected', code: 191002 });
      const attempts = rig.server.attempts.length;
      await rig.clock.advance(MINUTE);
      expect(rig.server.attempts).toHaveLength(attempts);
      expect(rig.gate.counts().live).toBe(0);
    }
  });

  it('asks for a dynamic token before every attempt and retries a provider that fails', async () => {
    const rig = createRig();
    let asked = 0;
    const login = fate(
      rig.manager.login({
        accountId: 'u1',
        authType: 'dynamic',
        tokenProvider: () => {
          asked++;
          return asked === 1
            ? Promise.reject(new Error('app server down'))
            : Promise.resolve(`t${asked}`);
        },
      }),
    );
    await rig.clock.advance(100);
    expect(rig.manager.state).toMatchObject({ name: 'waiting', reason: 191003 });
    await rig.clock.advance(2000);
    expect(login.status).toBe('resolved');
    expect(rig.server.attempts.map(({ token }) => token)).toEqual(['t2']);
    rig.nim().cut();
    await rig.clock.advance(2000);
    expect(rig.server.attempts.map(({ token }) => token)).toEqual(['t2', 't3']);
  });
});

describe('a reconnect', () => {
  async function online(options: Parameters<typeof createRig>[0] = {}) {
    const rig = createRig(options);
    const login = rig.manager.login(as('u1'));
    await rig.clock.advance(100);
    await login;
    rig.states.length = 0;
    return rig;
  }

  it('waits, connects, synchronises, and counts its attempts', async () => {
    const rig = await online();
    rig.server.script = [{ code: 500 }, { code: 503 }];
    rig.nim().cut();
    expect(rig.manager.state).toMatchObject({ name: 'waiting', attempt: 1, reason: 192003 });
    await rig.clock.advance(10_000);
    expect(rig.manager.state.name).toBe('online');
    expect(rig.states.filter((name) => name === 'waiting')).toHaveLength(3);
    expect(rig.host.maxLive).toBe(1);
  });

  it('never opens a socket before the last socket fired onClose, however slowly it closes', async () => {
    const rig = await online({ sockets: { closeMs: 2000, openMs: 10 } });
    rig.nim().cut();
    await rig.clock.advance(1999);
    expect(rig.host.tasks).toHaveLength(1);
    await rig.clock.advance(500);
    expect(rig.manager.state.name).toBe('online');
    expect(rig.host.maxLive).toBe(1);
  });

  it('reconnects at once when the network returns, and opens no extra socket when the network flaps', async () => {
    const rig = await online();
    for (let i = 0; i < 4; i++) {
      rig.setNetwork(false);
      await rig.clock.advance(40);
      rig.setNetwork(true);
      await rig.clock.advance(40);
    }
    await rig.clock.advance(700);
    expect(rig.manager.state.name).toBe('online');
    expect(rig.host.maxLive).toBe(1);
  });

  it('reports offline as the reason', async () => {
    const rig = await online();
    rig.setNetwork(false);
    expect(rig.manager.state).toMatchObject({ name: 'waiting', reason: 600103 });
  });

  it('stops for good on 302 and makes no further attempt in 10 minutes', async () => {
    const rig = await online();
    rig.server.otherwise = { code: 302 };
    rig.nim().cut();
    await rig.clock.advance(2000);
    expect(rig.manager.state).toEqual({ name: 'refused', code: 302 });
    const attempts = rig.server.attempts.length;
    await rig.clock.advance(10 * MINUTE);
    expect(rig.server.attempts).toHaveLength(attempts);
    expect(rig.manager.connection).toBeNull();
  });

  it('stops for good when kicked', async () => {
    const rig = await online();
    rig.nim().kick({ reason: 1, clientType: 2 });
    await rig.clock.advance(10 * MINUTE);
    expect(rig.manager.state).toMatchObject({
      name: 'kicked',
      detail: { reason: 1, clientType: 2 },
    });
    expect(rig.server.attempts).toHaveLength(1);
    expect(rig.gate.counts().live).toBe(0);
  });

  it('gives up after reconnectionAttempts', async () => {
    const rig = await online({ options: { reconnectionAttempts: 3 } });
    rig.server.otherwise = { code: 503 };
    rig.nim().cut();
    await rig.clock.advance(5 * MINUTE);
    expect(rig.manager.state).toEqual({ name: 'lost', code: 503 });
    expect(rig.server.attempts).toHaveLength(1 + 3);
  });

  it('does not reconnect when needReconnect is off', async () => {
    const rig = await online({ options: { needReconnect: false } });
    rig.nim().cut();
    await rig.clock.advance(MINUTE);
    expect(rig.manager.state.name).toBe('lost');
    expect(rig.server.attempts).toHaveLength(1);
  });

  it('obeys options that changed while it was online', async () => {
    const rig = await online();
    rig.manager.setOptions({ needReconnect: false });
    rig.nim().cut();
    await rig.clock.advance(MINUTE);
    expect(rig.manager.state.name).toBe('lost');
    expect(rig.server.attempts).toHaveLength(1);
  });

  it('counts only consecutive losses: after it was online the count begins at 1 again', async () => {
    const rig = await online({ options: { reconnectionAttempts: 2 } });
    for (let loss = 0; loss < 4; loss++) {
      rig.nim().cut();
      expect(rig.manager.state).toMatchObject({ name: 'waiting', attempt: 1 });
      await rig.clock.advance(3000);
      expect(rig.manager.state.name).toBe('online');
    }
  });

  it('survives an attempt that never ends', async () => {
    const rig = await online();
    rig.server.script = ['silent'];
    rig.nim().cut();
    await rig.clock.advance(40_000);
    expect(rig.manager.state.name).toBe('online');
  });
});
