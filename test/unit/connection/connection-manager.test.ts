import { settle } from '../fakes/fake-clock';
import { as, createRig, fate } from '../fakes/rig';

describe('the connection manager', () => {
  it('resolves logout at onClose, not at close', async () => {
    const rig = createRig();
    void rig.manager.login(as('u1'));
    await rig.clock.advance(100);
    const logout = fate(rig.manager.logout());
    await rig.clock.advance(20 + 299);
    expect(logout.status).toBe('pending');
    await rig.clock.advance(1);
    expect(logout.status).toBe('resolved');
    expect(rig.manager.state.name).toBe('loggedOut');
  });

  it('switches accounts with a single live socket and leaves no instance', async () => {
    const rig = createRig({ sockets: { closeMs: 2000, openMs: 10 } });
    void rig.manager.login(as('u1'));
    await rig.clock.advance(100);
    const switched = fate(rig.manager.login(as('u2')));
    await rig.clock.advance(2000 + 20 + 49);
    expect(switched.status).toBe('pending');
    await rig.clock.advance(2);
    expect(switched.status).toBe('resolved');
    expect(rig.manager.connection?.accountId).toBe('u2');
    expect(rig.host.maxLive).toBe(1);
    expect(rig.nims.map(({ destroyed }) => destroyed)).toEqual([true, false]);
  });

  it('carries out the newest operation and rejects the replaced operations', async () => {
    const rig = createRig();
    const fates = ['u1', 'u2', 'u3', 'u4'].map((account) =>
      fate(rig.manager.login(as(account)).then((im) => im.accountId)),
    );
    await rig.clock.advance(2000);
    expect(fates.map(({ status, code, value }) => value ?? code ?? status)).toEqual([
      191002,
      191002,
      191002,
      'u4',
    ]);
    expect(rig.server.attempts.map(({ accountId }) => accountId)).toContain('u4');
    expect(rig.gate.counts().live).toBe(1);
  });

  it('ends signed out when logout is the last operation', async () => {
    const rig = createRig();
    const login = fate(rig.manager.login(as('u1')));
    await rig.clock.advance(15);
    const logout = fate(rig.manager.logout());
    await rig.clock.advance(2000);
    expect([login.code, logout.status]).toEqual([191002, 'resolved']);
    expect(rig.gate.counts()).toMatchObject({ live: 0, held: 0 });
    expect(rig.manager.connection).toBeNull();
  });

  it('returns the same connection for a login that is already online', async () => {
    const rig = createRig();
    void rig.manager.login(as('u1'));
    await rig.clock.advance(100);
    const again = fate(rig.manager.login(as('u1')));
    await settle();
    expect(again.status).toBe('resolved');
    expect(rig.nims).toHaveLength(1);
  });

  it('logs in again with another token of the same account', async () => {
    const rig = createRig();
    void rig.manager.login(as('u1'));
    await rig.clock.advance(100);
    const again = fate(rig.manager.login({ ...as('u1'), token: 'rotated' }));
    await rig.clock.advance(1000);
    expect(again.status).toBe('resolved');
    expect(rig.server.attempts.map(({ token }) => token)).toEqual(['token-of-u1', 'rotated']);
    expect(rig.nims.map(({ destroyed }) => destroyed)).toEqual([true, false]);
  });

  it('connects at once on the same login while it waits for its next attempt', async () => {
    const rig = createRig({ random: () => 0.999 });
    rig.server.script = ['ok', ...Array.from({ length: 5 }, () => ({ code: 503 }))];
    void rig.manager.login(as('u1'));
    await rig.clock.advance(1000);
    const first = rig.manager.connection;
    rig.nim().cut();
    await rig.clock.advance(20_000);
    expect(rig.manager.state.name).toBe('waiting');
    rig.server.script = [];
    const again = fate(rig.manager.login(as('u1')));
    await rig.clock.advance(100);
    expect(again.status).toBe('resolved');
    expect(rig.manager.connection).not.toBe(first);
    expect(rig.manager.state.name).toBe('online');
  });

  it('applies new options to the next sign-in and not to the running sign-in', async () => {
    const rig = createRig({ options: { customTag: 'before' } });
    void rig.manager.login(as('u1'));
    await rig.clock.advance(100);
    rig.manager.setOptions({ customTag: 'after', customClientType: 7, isFixedDeviceId: true });
    void rig.manager.login(as('u2'));
    await rig.clock.advance(1000);
    expect(rig.nims.map(({ deps }) => deps.options)).toEqual([
      { customTag: 'before' },
      { customTag: 'after', customClientType: 7, isFixedDeviceId: true },
    ]);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses customClientType %p with 600100', async (type) => {
    const rig = createRig({ options: { customClientType: type } });
    const refusal = { code: 600100, detail: expect.stringContaining('customClientType') as string };
    await expect(rig.manager.login(as('u1'))).rejects.toMatchObject(refusal);
    expect(rig.nims).toHaveLength(0);
    expect(() => rig.manager.setOptions({ customClientType: type })).toThrow(
      expect.objectContaining(refusal) as Error,
    );
    rig.manager.setOptions({ customClientType: 1 });
    void rig.manager.login(as('u1'));
    await rig.clock.advance(100);
    expect(rig.manager.state.name).toBe('online');
  });

  it('passes out no token after the end of a login', async () => {
    const rig = createRig();
    void rig.manager.login(as('u1'));
    await rig.clock.advance(100);
    const { connection } = rig.manager;
    expect(connection?.loginToken).toBe('token-of-u1');
    void rig.manager.logout();
    await rig.clock.advance(1000);
    expect(connection?.loginToken).toBe('');
    expect(connection?.credentials).toMatchObject({ accountId: 'u1', token: '' });
    expect(JSON.stringify(Object.values(rig.manager))).not.toContain('token-of-u1');
  });

  it('deletes the token of a kicked login', async () => {
    const rig = createRig();
    void rig.manager.login(as('u1'));
    await rig.clock.advance(100);
    rig.nim().kick();
    await rig.clock.advance(1000);
    expect(Object.values(rig.manager)).not.toContainEqual(as('u1'));
  });

  it('announces a connection before it connects, and its end before it closes', async () => {
    const rig = createRig();
    const seen: string[] = [];
    rig.manager.on('connection', (im) =>
      seen.push(im ? `${im.accountId} ${im.state.name}` : 'none'),
    );
    void rig.manager.login(as('u1'));
    await rig.clock.advance(100);
    void rig.manager.login(as('u2'));
    await rig.clock.advance(1000);
    expect(seen).toEqual(['u1 idle', 'none', 'u2 idle']);
  });

  it('refuses empty credentials before it opens a socket', async () => {
    const rig = createRig();
    const empty = [
      { accountId: '', authType: 'static', token: 't' },
      { accountId: 'u', authType: 'static', token: '' },
    ] as const;
    for (const credentials of empty) {
      await expect(rig.manager.login(credentials)).rejects.toMatchObject({ code: 191004 });
    }
    expect(rig.nims).toHaveLength(0);
  });

  it('signs in again although the last socket never fired onClose', async () => {
    const rig = createRig({ sockets: { closeMs: Number.POSITIVE_INFINITY, openMs: 10 } });
    void rig.manager.login(as('u1'));
    await rig.clock.advance(100);
    const login = fate(rig.manager.login(as('u2')));
    await rig.clock.advance(20_000);
    expect(login.status).toBe('resolved');
    expect(rig.gate.counts()).toMatchObject({ live: 2, stuck: 1 });
    expect(rig.journal.entries().some(({ text }) => text.includes('never fired onClose'))).toBe(
      true,
    );
  });

  it('writes no token into the journal', async () => {
    const rig = createRig();
    const token = 'abcdefghijklmnopqrstuvwxyz0123456789';
    rig.server.otherwise = { code: 302 };
    void rig.manager.login({ accountId: 'u1', authType: 'static', token }).catch(() => undefined);
    await rig.clock.advance(1000);
    expect(JSON.stringify(rig.journal.entries())).not.toContain(token);
  });

  it('lets hooks of a living login sign out first, and tells them whether another login follows', async () => {
    const rig = createRig();
    const endings: [accountId: string, state: string, switching: boolean][] = [];
    const stop = rig.manager.beforeEnd(async ({ connection, switching }) => {
      endings.push([connection.accountId, connection.state.name, switching]);
    });
    for (const account of ['u1', 'u2']) {
      void rig.manager.login(as(account));
      await rig.clock.advance(1000);
    }
    void rig.manager.logout();
    await rig.clock.advance(1000);
    stop();
    void rig.manager.login(as('u3'));
    await rig.clock.advance(1000);
    void rig.manager.logout();
    await rig.clock.advance(1000);
    expect(endings).toEqual([
      ['u1', 'online', true],
      ['u2', 'online', false],
    ]);
  });

  it('waits for a hook before the end up to a limit, and survives a hook that fails', async () => {
    const rig = createRig();
    rig.manager.beforeEnd(() => new Promise(() => undefined));
    rig.manager.beforeEnd(() => Promise.reject(new Error('kit is gone')));
    rig.manager.beforeEnd(() => {
      throw new Error('kit has no logout');
    });
    void rig.manager.login(as('u1'));
    await rig.clock.advance(1000);
    const logout = fate(rig.manager.logout());
    await rig.clock.advance(2999);
    expect(rig.manager.state.name).toBe('online');
    await rig.clock.advance(1000);
    expect(logout.status).toBe('resolved');
    const notes = rig.journal.entries().filter(({ kind }) => kind === 'before end');
    expect(notes.map(({ text }) => text)).toEqual([
      'kit has no logout',
      'kit is gone',
      'not done within 3000 ms',
    ]);
  });

  it('runs no hook for a login that has ended by itself', async () => {
    const rig = createRig();
    const hook = jest.fn(() => Promise.resolve());
    rig.manager.beforeEnd(hook);
    void rig.manager.login(as('u1'));
    await rig.clock.advance(1000);
    rig.nim().kick();
    await rig.clock.advance(1000);
    void rig.manager.logout();
    await rig.clock.advance(1000);
    expect(hook).not.toHaveBeenCalled();
  });

  it('never begins a sign-in that was aborted before its turn', async () => {
    const rig = createRig();
    const abort = new AbortController();
    abort.abort();
    const login = rig.manager.login(as('u1'), { signal: abort.signal });
    await expect(login).rejects.toMatchObject({
      code: 191002,
      detail: 'replaced or aborted before it began',
    });
    expect([rig.nims, rig.states]).toEqual([[], ['idle']]);
    rig.manager.retryNow();
  });

  it('ignores an abort that comes after the sign-in, and removes its listener', async () => {
    const rig = createRig();
    const abort = new AbortController();
    const remove = jest.spyOn(abort.signal, 'removeEventListener');
    void rig.manager.login(as('u1'), { signal: abort.signal });
    await rig.clock.advance(100);
    expect(remove).toHaveBeenCalledWith('abort', expect.any(Function));
    abort.abort();
    await rig.clock.advance(1000);
    expect(rig.manager.state.name).toBe('online');
  });

  it('does not abort a sign-out, and tells nothing to listeners after destroy', async () => {
    const rig = createRig();
    void rig.manager.login(as('u1'));
    await rig.clock.advance(100);
    const out = fate(rig.manager.logout());
    const again = fate(rig.manager.login(as('u2')));
    await rig.clock.advance(2000);
    expect([out.status, again.status]).toEqual(['resolved', 'resolved']);
    expect(rig.manager.connection?.generation).toBe(2);
    const told: unknown[] = [];
    rig.manager.on('connection', (connection) => told.push(connection));
    const ended = fate(rig.manager.destroy());
    await rig.clock.advance(2000);
    expect([ended.status, told]).toEqual(['resolved', [null]]);
    const states = rig.states.length;
    void rig.manager.login(as('u3'));
    await rig.clock.advance(1000);
    expect([rig.states.length, told]).toEqual([states, [null]]);
  });

  it('names the operation that replaced a running sign-in', async () => {
    const rig = createRig();
    const login = rig.manager.login(as('u1'));
    const rejected = expect(login).rejects.toMatchObject({
      code: 191002,
      detail: 'replaced by a newer operation',
    });
    await rig.clock.advance(5);
    void rig.manager.logout();
    await rig.clock.advance(2000);
    await rejected;
  });

  it('does not pass on states of a connection that has been replaced', async () => {
    const rig = createRig();
    void rig.manager.login(as('u1'));
    await rig.clock.advance(100);
    const [first] = rig.nims;
    void rig.manager.login(as('u2'));
    await rig.clock.advance(1000);
    const before = rig.states.length;
    first?.cut();
    await rig.clock.advance(1000);
    expect(rig.states).toHaveLength(before);
  });
});
