import { ConnectionError, type Credentials } from '@/connection';
import { createRig, fate, type Rig } from '../fakes/rig';

/** A provider of the app: each call stays pending until the test answers it. */
class Provider {
  readonly calls: { resolve: (answer: never) => void; reject: (error: unknown) => void }[] = [];

  readonly ask = () =>
    new Promise<string>((resolve, reject) => {
      this.calls.push({ resolve, reject });
    });

  answer(value: unknown): void {
    this.calls[this.calls.length - 1]?.resolve(value as never);
  }

  fail(error: unknown): void {
    this.calls[this.calls.length - 1]?.reject(error);
  }
}

const WAYS = ['dynamic', 'thirdParty'] as const;

function credentialsOf(way: (typeof WAYS)[number], ask: () => Promise<string>): Credentials {
  return way === 'dynamic'
    ? { accountId: 'u1', authType: 'dynamic', tokenProvider: ask }
    : { accountId: 'u1', authType: 'thirdParty', loginExtensionProvider: ask };
}

describe.each(WAYS)('the provider of a %s login', (way) => {
  function signIn() {
    const rig = createRig();
    const provider = new Provider();
    const login = fate(rig.manager.login(credentialsOf(way, provider.ask)));
    return { rig, provider, login };
  }

  async function online() {
    const all = signIn();
    await all.rig.clock.advance(10);
    all.provider.answer('first');
    await all.rig.clock.advance(100);
    expect(all.login.status).toBe('resolved');
    return all;
  }

  const given = (rig: Rig) =>
    rig.server.attempts.map(({ token, loginExtension }) => loginExtension ?? token);

  it('is asked again after 10 s without an answer and the usual pause', async () => {
    const { rig, provider, login } = signIn();
    await rig.clock.advance(9999);
    expect(rig.manager.state.name).toBe('connecting');
    await rig.clock.advance(1);
    expect(rig.manager.state).toMatchObject({ name: 'waiting', reason: 191003 });
    await rig.clock.advance(1000);
    expect(provider.calls).toHaveLength(2);
    provider.answer('second');
    await rig.clock.advance(100);
    expect(login.status).toBe('resolved');
    expect(given(rig)).toEqual(['second']);
  });

  it('is asked again after 10 s without an answer on a reconnect', async () => {
    const { rig, provider } = await online();
    rig.nim().cut();
    await rig.clock.advance(1000);
    expect(provider.calls).toHaveLength(2);
    await rig.clock.advance(10_000);
    expect(rig.states.filter((name) => name === 'waiting')).toHaveLength(2);
    await rig.clock.advance(2000);
    provider.answer('third');
    await rig.clock.advance(1000);
    expect(rig.manager.state.name).toBe('online');
    expect(given(rig)).toEqual(['first', 'third']);
  });

  it('delays neither a sign-out nor the next sign-in when it never answers', async () => {
    const { rig, provider, login } = signIn();
    await rig.clock.advance(10);
    const logout = fate(rig.manager.logout());
    await rig.clock.advance(0);
    expect([login.code, logout.status]).toEqual([191002, 'resolved']);
    const first = fate(rig.manager.login(credentialsOf(way, provider.ask)));
    await rig.clock.advance(10);
    const second = fate(rig.manager.login(credentialsOf(way, () => Promise.resolve('second'))));
    await rig.clock.advance(100);
    expect([first.code, second.status]).toEqual([191002, 'resolved']);
  });

  it('does not delay a sign-out when it never answers on a reconnect', async () => {
    const { rig } = await online();
    rig.nim().cut();
    await rig.clock.advance(1000);
    expect(rig.manager.state.name).toBe('connecting');
    const logout = fate(rig.manager.logout());
    await rig.clock.advance(300);
    expect(logout.status).toBe('resolved');
    expect(rig.clock.pending).toBe(0);
  });

  it.each(['retryNow', 'show', 'network'] as const)('is asked again at once on %s', async (how) => {
    const act = (rig: Rig) => {
      if (how === 'retryNow') rig.manager.retryNow();
      else if (how === 'show') rig.show();
      else rig.setNetwork(true);
    };
    const { rig, provider, login } = signIn();
    await rig.clock.advance(500);
    act(rig);
    await rig.clock.advance(0);
    expect(provider.calls).toHaveLength(2);
    // An answer to the old question does not answer the new question.
    provider.calls[0]?.resolve('late' as never);
    await rig.clock.advance(50);
    expect(rig.server.attempts).toHaveLength(0);
    provider.answer('second');
    await rig.clock.advance(100);
    expect(login.status).toBe('resolved');

    rig.nim().cut();
    await rig.clock.advance(1000);
    expect(provider.calls).toHaveLength(3);
    act(rig);
    await rig.clock.advance(0);
    expect(provider.calls).toHaveLength(4);
    provider.calls[2]?.resolve('late' as never);
    provider.answer('fourth');
    await rig.clock.advance(1000);
    expect(rig.manager.state.name).toBe('online');
    expect(given(rig)).toEqual(['second', 'fourth']);
    expect(rig.host.maxLive).toBe(1);
  });

  it('uses up no reconnectionAttempts when quick taps ask it again', async () => {
    const rig = createRig({ options: { reconnectionAttempts: 1 } });
    const provider = new Provider();
    void rig.manager.login(credentialsOf(way, provider.ask));
    await rig.clock.advance(10);
    provider.answer('first');
    await rig.clock.advance(100);
    rig.nim().cut();
    await rig.clock.advance(1000);
    for (let tap = 0; tap < 5; tap++) rig.manager.retryNow();
    await rig.clock.advance(10);
    provider.answer('last');
    await rig.clock.advance(1000);
    expect(rig.manager.state.name).toBe('online');
  });

  it.each([302, 403, 404, 102404, 600002])(
    'ends the sign-in with its final code %i',
    async (code) => {
      const { rig, provider, login } = signIn();
      await rig.clock.advance(10);
      provider.fail(new ConnectionError(code, 'the app server said no'));
      await rig.clock.advance(60_000);
      expect(login).toMatchObject({ status: 'rejected', code });
      expect(rig.manager.state).toEqual({ name: 'refused', code });
      expect(provider.calls).toHaveLength(1);
    },
  );

  it.each([302, 102404])(
    'ends a running login with its final code %i on a reconnect',
    async (code) => {
      const { rig, provider } = await online();
      rig.nim().cut();
      await rig.clock.advance(1000);
      provider.fail(new ConnectionError(code));
      await rig.clock.advance(60_000);
      expect(rig.manager.state).toEqual({ name: 'refused', code });
      expect(provider.calls).toHaveLength(2);
      expect(rig.gate.counts()).toMatchObject({ live: 0, held: 0 });
    },
  );

  it.each([
    [new ConnectionError(600104), 600104],
    [new ConnectionError(500), 500],
    [new Error('raw'), 191003],
    ['a text', 191003],
    [undefined, 191003],
  ])('is asked again after the failure %s, and the state has the reason', async (error, reason) => {
    const { rig, provider, login } = signIn();
    await rig.clock.advance(10);
    provider.fail(error);
    await rig.clock.advance(0);
    expect(rig.manager.state).toMatchObject({ name: 'waiting', reason });
    await rig.clock.advance(1000);
    provider.answer('second');
    await rig.clock.advance(100);
    expect(login.status).toBe('resolved');
  });

  it('is asked again when it throws instead of rejecting', async () => {
    const rig = createRig();
    let asked = 0;
    const ask = () => {
      asked++;
      if (asked === 1) throw new Error('not a promise');
      return Promise.resolve('second');
    };
    const login = fate(rig.manager.login(credentialsOf(way, ask)));
    await rig.clock.advance(1000);
    expect(login.status).toBe('resolved');
  });

  it.each([[''], [' '], [undefined], [null], [{ token: 't' }], [7]])(
    'ends the sign-in with 600106 when it answers %p, and sends nothing',
    async (answer) => {
      const { rig, provider, login } = signIn();
      await rig.clock.advance(10);
      provider.answer(answer);
      await rig.clock.advance(60_000);
      expect(login).toMatchObject({ status: 'rejected', code: 600106 });
      expect(provider.calls).toHaveLength(1);
      expect(rig.host.tasks).toHaveLength(0);
    },
  );
});

describe('a running attempt', () => {
  it('ignores a tap for 3 s and starts again on a later tap', async () => {
    const rig = createRig({ sockets: { closeMs: 300, openMs: Number.POSITIVE_INFINITY } });
    const login = fate(
      rig.manager.login({ accountId: 'u1', authType: 'static', token: 'token-of-u1' }),
    );
    await rig.clock.advance(1000);
    rig.manager.retryNow();
    await rig.clock.advance(2000);
    expect(rig.host.tasks).toHaveLength(1);
    rig.host.options.openMs = 10;
    rig.manager.retryNow();
    await rig.clock.advance(500);
    expect(login.status).toBe('resolved');
    expect(rig.host.tasks).toHaveLength(2);
    expect(rig.host.maxLive).toBe(1);
    // The attempt was replaced and did not fail, so there was no pause.
    expect(rig.states).not.toContain('waiting');

    rig.host.options.openMs = Number.POSITIVE_INFINITY;
    rig.nim().cut();
    await rig.clock.advance(4000);
    expect(rig.manager.state.name).toBe('connecting');
    rig.host.options.openMs = 10;
    rig.show();
    await rig.clock.advance(500);
    expect(rig.manager.state.name).toBe('online');
    expect(rig.host.maxLive).toBe(1);
  });
});
