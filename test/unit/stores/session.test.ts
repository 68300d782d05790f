import { RememberedAccount } from '@/stores/session/remembered-account';
import type {
  ConnectionManager,
  ConnectionState,
  Credentials,
  ImConnection,
  StateChange,
} from '@/connection';
import { ConnectionError } from '@/connection';
import { HttpFailure, Listeners } from '@/platform';
import { AppServerClient } from '@/stores/session/app-server-client';
import { SessionStore } from '@/stores/session/session';
import { settle } from '../fakes/fake-clock';
import { fakePlatform } from './fakes/fake-connection';

/** A manager under a test's control. */
class FakeManager {
  readonly logins: {
    credentials: Credentials;
    /** Goes online, with these credentials when the token was renewed during the sign-in. */
    resolve: (now?: Credentials) => void;
    reject: (code: number) => void;
  }[] = [];
  logouts = 0;
  private readonly states = new Listeners<[StateChange]>();

  on(_event: 'state', handler: (change: StateChange) => void) {
    return this.states.add(handler);
  }

  login(credentials: Credentials): Promise<Pick<ImConnection, 'credentials'>> {
    for (const older of this.logins) older.reject(191002);
    return new Promise((resolve, reject) =>
      this.logins.push({
        credentials,
        resolve: (now = credentials) => resolve({ credentials: now }),
        reject: (code) => reject(new ConnectionError(code)),
      }),
    );
  }

  async logout(): Promise<void> {
    this.logouts++;
    for (const login of this.logins) login.reject(191002);
  }

  enter(to: ConnectionState): void {
    this.states.emit({ from: { name: 'online' }, to, reason: 'test' });
  }
}

function setUp(host = fakePlatform()) {
  const manager = new FakeManager();
  const asked: string[] = [];
  const answers: Record<string, { status: number; body: unknown }> = {
    '/login': { status: 200, body: { sessionToken: 'session', accountId: 'wx-user' } },
    '/static-token': { status: 200, body: { accountId: 'wx-user', token: 'wx-token' } },
    '/dynamic-token': { status: 200, body: { token: 'signed' } },
    '/login-extension': { status: 200, body: { loginExtension: 'ticket' } },
  };
  host.platform.request = ({ url, body, headers }) => {
    const path = url.replace('http://app', '');
    asked.push([path, JSON.stringify(body), headers?.['authorization']].filter(Boolean).join(' '));
    const answer = answers[path];
    return answer ? Promise.resolve(answer) : Promise.reject(new HttpFailure('timeout', true));
  };
  const appServer = new AppServerClient(host.platform, 'http://app');
  const session = new SessionStore({
    platform: host.platform,
    manager: manager as unknown as ConnectionManager,
    appServer,
  });
  const last = () => {
    const login = manager.logins.at(-1);
    if (!login) throw new Error('login was not called');
    return login;
  };
  return { host, manager, session, appServer, asked, answers, last };
}

const signedIn = async (way: Parameters<SessionStore['signIn']>[0], remember = false) => {
  const all = setUp();
  const done = all.session.signIn(way, { remember });
  await settle();
  all.last().resolve();
  await done;
  expect(all.session.status).toBe('signedIn');
  return all;
};
const stored = ({ host }: { host: ReturnType<typeof fakePlatform> }) =>
  JSON.stringify([...host.entries]);

describe('SessionStore', () => {
  test('turns a code of wx.login into an account at the app server by a tap', async () => {
    const { session, asked, last } = await signedIn({ way: 'oneTap' });
    expect(asked).toEqual(['/login {"code":"code"}', '/static-token {} Bearer session']);
    expect(last().credentials).toEqual({
      accountId: 'wx-user',
      authType: 'static',
      token: 'wx-token',
      renewToken: expect.any(Function),
    });
    expect(session.accountId).toBe('wx-user');
  });

  test('asks the app server at every attempt of a dynamic or third-party sign-in', async () => {
    const { last, asked } = await signedIn({ way: 'dynamic', accountId: 'a' });
    const { credentials } = last();
    if (credentials.authType !== 'dynamic') throw new Error('not dynamic');
    await expect(credentials.tokenProvider('a')).resolves.toBe('signed');
    await credentials.tokenProvider('a');
    const ask = '/dynamic-token {"accountId":"a"} Bearer session';
    expect(asked).toEqual(['/login {"code":"code"}', ask, ask]);
    const third = await signedIn({ way: 'thirdParty', accountId: 'a' });
    const other = third.last().credentials;
    if (other.authType !== 'thirdParty') throw new Error('not third-party');
    await expect(other.loginExtensionProvider('a')).resolves.toBe('ticket');
  });

  test.each(['dynamic', 'thirdParty'] as const)(
    'signs in by %s to the account of the session when no account is given',
    async (way) => {
      const { session, last } = await signedIn({ way });
      expect(last().credentials).toMatchObject({ accountId: 'wx-user', authType: way });
      expect(session.accountId).toBe('wx-user');
    },
  );

  test('fails with 600104 within 15 s when wx.login never calls back, and the page stays usable', async () => {
    const { host, session, manager } = setUp();
    host.platform.loginCode = () => new Promise(() => undefined);
    const done = session.signIn({ way: 'oneTap' });
    await host.clock.advance(15_000);
    await done;
    expect(session.error).toEqual({ code: 600104, wasSignedIn: false });
    expect(manager.logins).toEqual([]);
  });

  test.each(['/login', '/static-token'])(
    'fails with 600104 within 15 s when the app server never answers %s',
    async (path) => {
      const { host, session } = setUp();
      const { request } = host.platform;
      host.platform.request = (asked) =>
        asked.url.endsWith(path) ? new Promise(() => undefined) : request(asked);
      const done = session.signIn({ way: 'oneTap' });
      await host.clock.advance(15_000);
      await done;
      expect(session.error).toEqual({ code: 600104, wasSignedIn: false });
    },
  );

  test.each(['wx.login', '/login', '/static-token'])(
    'does not wait for %s before a cancel, a sign-out or the next sign-in',
    async (silent) => {
      const ends: Record<string, (session: SessionStore) => void> = {
        cancel: (session) => session.cancel(),
        signOut: (session) => void session.signOut(),
        signIn: (session) => void session.signIn({ way: 'static', accountId: 'a', token: 't' }),
      };
      for (const [name, end] of Object.entries(ends)) {
        const { host, session, manager } = setUp();
        const { request } = host.platform;
        const never = () => new Promise<never>(() => undefined);
        if (silent === 'wx.login') host.platform.loginCode = never;
        host.platform.request = (asked) => (asked.url.endsWith(silent) ? never() : request(asked));
        const done = session.signIn({ way: 'oneTap' });
        await settle();
        end(session);
        // The clock does not advance.
        await done;
        await settle();
        expect([name, session.status]).toEqual([
          name,
          name === 'signIn' ? 'signingIn' : 'signedOut',
        ]);
        expect(session.error).toBeNull();
        expect(manager.logins).toHaveLength(name === 'signIn' ? 1 : 0);
      }
    },
  );

  test('shows the code of a wrong token, and the page stays usable', async () => {
    const { session, last } = setUp();
    const done = session.signIn(
      { way: 'static', accountId: 'a', token: 'bad' },
      { remember: true },
    );
    await settle();
    expect(session.status).toBe('signingIn');
    last().reject(302);
    await done;
    expect(session.status).toBe('signedOut');
    expect(session.error).toEqual({ code: 302, wasSignedIn: false });
    const again = session.signIn({ way: 'static', accountId: 'a', token: 'good' });
    await settle();
    expect(session.error).toBeNull();
    last().resolve();
    await again;
    expect(session.status).toBe('signedIn');
  });

  test.each([
    ['does not answer', undefined, 600104],
    ['refuses', { status: 403, body: { code: 403 } }, 403],
    ['breaks', { status: 500, body: '<html>' }, 600104],
    ['answers nonsense', { status: 200, body: { hello: 1 } }, 600105],
  ])('has its own code for an app server that %s', async (_, answer, code) => {
    const { session, answers } = setUp();
    if (answer) answers['/static-token'] = answer;
    else delete answers['/static-token'];
    await session.signIn({ way: 'oneTap' });
    expect(session.error).toEqual({ code, wasSignedIn: false });
  });

  test('returns to the page at once and shows no error after a cancel', async () => {
    const { session, manager } = setUp();
    const done = session.signIn({ way: 'static', accountId: 'a', token: 't' });
    await settle();
    session.cancel();
    expect(session.status).toBe('signedOut');
    await done;
    expect(manager.logouts).toBe(1);
    expect(session.error).toBeNull();
  });

  test('signs nobody in after a cancel during a request to WeChat or the app server', async () => {
    const { session, manager } = setUp();
    const done = session.signIn({ way: 'oneTap' });
    session.cancel();
    await done;
    expect(manager.logins).toEqual([]);
    expect(session.status).toBe('signedOut');
  });

  test('stores a token only when the user asked for it, and a sign-out clears the token', async () => {
    const plain = await signedIn({ way: 'static', accountId: 'a', token: 'secret' });
    expect(stored(plain)).not.toContain('secret');
    const kept = await signedIn({ way: 'static', accountId: 'a', token: 'secret' }, true);
    expect([...kept.host.entries.keys()]).toEqual(['yunxin.account']);
    await kept.session.signOut();
    expect(kept.session.status).toBe('signedOut');
    expect(stored(kept)).toBe('[]');
  });

  test('signs the remembered account in again at the next start', async () => {
    const { host } = await signedIn({ way: 'static', accountId: 'a', token: 'secret' }, true);
    const { session, last } = setUp(host);
    const done = session.restore();
    await settle();
    expect(session.status).toBe('restoring');
    expect(last().credentials).toEqual({ accountId: 'a', authType: 'static', token: 'secret' });
    last().resolve();
    await done;
    expect(session.status).toBe('signedIn');
  });

  test('asks the app server for a remembered account only when its token was refused', async () => {
    const { host } = await signedIn({ way: 'oneTap' }, true);
    const { session, last, answers, asked } = setUp(host);
    answers['/static-token'] = { status: 200, body: { accountId: 'wx-user', token: 'fresh' } };
    const done = session.restore();
    await settle();
    const { credentials } = last();
    if (credentials.authType !== 'static') throw new Error('not static');
    expect([credentials.token, asked]).toEqual(['wx-token', []]);
    expect(await credentials.renewToken?.('wx-user')).toBe('fresh');
    last().resolve({ ...credentials, token: 'fresh' });
    await done;
    expect(session.status).toBe('signedIn');
    expect(host.entries.get('yunxin.account')).toContain('fresh');
  });

  test.each([
    [true, 'fresh'],
    [false, undefined],
  ])(
    'stores a token that was renewed while online only when the user stays signed in (%s)',
    async (remember, kept) => {
      const { host, last, answers } = await signedIn({ way: 'oneTap' }, remember);
      answers['/static-token'] = { status: 200, body: { accountId: 'wx-user', token: 'fresh' } };
      const { credentials } = last();
      if (credentials.authType !== 'static') throw new Error('not static');
      expect(await credentials.renewToken?.('wx-user')).toBe('fresh');
      const saved = JSON.parse(host.entries.get('yunxin.account') ?? '{}') as { token?: string };
      expect(saved.token).toBe(kept);
    },
  );

  test('ignores a token of another account as a new token', async () => {
    const { last, answers } = await signedIn({ way: 'oneTap' });
    answers['/static-token'] = { status: 200, body: { accountId: 'somebody', token: 'x' } };
    const { credentials } = last();
    if (credentials.authType !== 'static') throw new Error('not static');
    await expect(credentials.renewToken?.('wx-user')).rejects.toMatchObject({ code: 600108 });
  });

  test.each(['sign-out', 'kick', 'refusal'])(
    'asks the app server nothing more as that user after a %s',
    async (end) => {
      const { session, manager, appServer, asked, last } = setUp();
      const done = session.signIn({ way: 'static', accountId: 'a', token: 'secret' });
      await settle();
      await appServer.session();
      expect(asked).toEqual(['/login {"accountId":"a","token":"secret"}']);
      if (end === 'refusal') last().reject(302);
      else last().resolve();
      await done;
      const detail = { reason: 3, reasonDesc: '', clientType: 1, customClientType: 0 };
      if (end === 'kick') manager.enter({ name: 'kicked', detail, at: 1 });
      if (end === 'sign-out') await session.signOut();
      expect(session.status).toBe('signedOut');
      await appServer.session();
      expect(asked.at(-1)).toBe('/login {"code":"code"}');
    },
  );

  test('does nothing at a start without a remembered account', async () => {
    const { session, manager } = setUp();
    await session.restore();
    expect(manager.logins).toEqual([]);
    expect(session.status).toBe('signedOut');
  });

  test('signs out with the reason of a kick, and does not sign in again by itself, not even at the next start', async () => {
    const all = await signedIn({ way: 'static', accountId: 'a', token: 't' }, true);
    const { session, manager } = all;
    const detail = { reason: 1, reasonDesc: '', clientType: 1, customClientType: 0 };
    manager.enter({ name: 'kicked', detail, at: 1 });
    expect(session.status).toBe('signedOut');
    expect(session.error).toEqual({
      code: 600101,
      wasSignedIn: true,
      kicked: { clientType: detail.clientType, at: 1 },
    });
    expect(stored(all)).toBe('[]');
    expect(manager.logins).toHaveLength(1);
    const again = session.signInAgain();
    await settle();
    expect(manager.logins).toHaveLength(2);
    all.last().resolve();
    await again;
    expect(session.status).toBe('signedIn');
  });

  test.each([
    [1, 600101],
    [2, 600102],
    [3, 600109],
    [4, 600101],
  ])('gives a kick with reason %i the code %i', async (reason, code) => {
    const { session, manager } = await signedIn({ way: 'static', accountId: 'a', token: 't' });
    const detail = { reason, reasonDesc: '', clientType: 2, customClientType: 0 };
    manager.enter({ name: 'kicked', detail, at: 1 });
    expect(session.error).toMatchObject({ code, kicked: { clientType: 2 } });
  });

  test('does not try a remembered account that was refused at the next start', async () => {
    for (const code of [302, 102422]) {
      const before = await signedIn({ way: 'static', accountId: 'a', token: 'secret' }, true);
      const next = setUp(before.host);
      const done = next.session.restore();
      await settle();
      next.last().reject(code);
      await done;
      expect(next.session.error).toEqual({ code, wasSignedIn: false });
      expect(stored(next)).toBe('[]');
    }
  });

  test('the next start signs the previous account in no more after a switch, also during the new login', async () => {
    const all = await signedIn({ way: 'static', accountId: 'a', token: 'secret' }, true);
    const done = all.session.switchAccount({ way: 'static', accountId: 'b', token: 'other' });
    await settle();
    expect(new RememberedAccount(all.host.platform.storage).load()).toBeNull();
    all.last().resolve();
    await done;
    expect(all.session.accountId).toBe('b');
    expect(new RememberedAccount(all.host.platform.storage).load()).toBeNull();
  });

  describe('the accounts to switch to', () => {
    const A = { way: 'static', accountId: 'a', token: 'secret-a' } as const;
    const B = { way: 'static', accountId: 'b', token: 'secret-b' } as const;

    async function switched() {
      const all = await signedIn(A, true);
      const done = all.session.switchAccount(B, { remember: true });
      await settle();
      all.last().resolve();
      await done;
      return all;
    }

    test('are those that stay signed in; one tap switches back and forth', async () => {
      const all = await switched();
      expect(all.session.others).toEqual(['a']);
      const done = all.session.switchTo('a');
      await settle();
      expect(all.last().credentials).toEqual({
        accountId: 'a',
        authType: 'static',
        token: 'secret-a',
      });
      all.last().resolve();
      await done;
      expect([all.session.accountId, all.session.others]).toEqual(['a', ['b']]);
      const next = setUp(all.host);
      expect(next.session.others).toEqual(['b']);
      const start = next.session.restore();
      await settle();
      expect(next.last().credentials.accountId).toBe('a');
      next.last().resolve();
      await start;
    });

    test('lack an account that does not stay signed in', async () => {
      const all = await signedIn(A, false);
      const done = all.session.switchAccount(B, { remember: true });
      await settle();
      all.last().resolve();
      await done;
      expect(all.session.others).toEqual([]);
      expect(stored(all)).not.toContain('secret-a');
    });

    test('are there after leaving, and one tap signs in again', async () => {
      const all = await signedIn(A, true);
      await all.session.leave();
      expect([all.session.status, all.session.others]).toEqual(['signedOut', ['a']]);
      const next = setUp(all.host);
      await next.session.restore();
      expect(next.manager.logins).toEqual([]);
      const done = next.session.switchTo('a');
      await settle();
      next.last().resolve();
      await done;
      expect([next.session.status, next.session.others]).toEqual(['signedIn', []]);
    });

    test('are forgotten one by one, and all with a sign-out', async () => {
      const all = await switched();
      all.session.forget('a');
      expect([all.session.others, stored(all).includes('secret-a')]).toEqual([[], false]);
      const again = await switched();
      await again.session.signOut();
      expect([again.session.others, stored(again)]).toEqual([[], '[]']);
    });

    test('stay when the new login fails, and lose an account whose token is refused', async () => {
      const all = await signedIn(A, true);
      const failed = all.session.switchAccount(B, { remember: true });
      await settle();
      all.last().reject(302);
      await failed;
      expect([all.session.status, all.session.others]).toEqual(['signedOut', ['a']]);
      const back = all.session.switchTo('a');
      await settle();
      all.last().reject(302);
      await back;
      expect([all.session.others, stored(all)]).toEqual([[], '[]']);
    });

    test('stay when the app server gives no account for the new login', async () => {
      const all = await signedIn(A, true);
      all.answers['/login'] = { status: 403, body: { code: 403 } };
      await all.session.switchAccount({ way: 'oneTap' }, { remember: true });
      expect([all.session.status, all.session.others]).toEqual(['signedOut', ['a']]);
    });

    test('are at most four, the last used first, and other data is left out', () => {
      const host = fakePlatform();
      const accounts = new RememberedAccount(host.platform.storage);
      for (const accountId of ['a', 'b', 'c', 'd', 'e', 'f']) {
        accounts.save({ way: 'static', accountId, token: 't' });
        accounts.setAside();
      }
      expect(accounts.others().map(({ accountId }) => accountId)).toEqual(['f', 'e', 'd', 'c']);
      host.entries.set('yunxin.account', '{"others":[{"way":"oneTap","accountId":"a"},{"x":1},7]}');
      expect(accounts.others()).toEqual([{ way: 'oneTap', accountId: 'a' }]);
      expect(accounts.load()).toBeNull();
    });
  });

  test('keeps nothing after a sign-out that could sign in again', async () => {
    const all = await signedIn({ way: 'static', accountId: 'a', token: 'secret' });
    await all.session.signOut();
    await all.session.signInAgain();
    expect(all.manager.logins).toHaveLength(1);
    expect(all.session.status).toBe('signedOut');
  });

  test('does not sign in at the next start an account that did not stay signed in', async () => {
    const before = await signedIn({ way: 'static', accountId: 'a', token: 'secret' }, true);
    const next = setUp(before.host);
    const done = next.session.signIn({ way: 'static', accountId: 'a', token: 'secret' });
    await settle();
    next.last().resolve();
    await done;
    expect(stored(next)).toBe('[]');
  });

  test('works the same with a storage that refuses every call, except for the remembered account', async () => {
    const all = setUp();
    all.host.refuseStorage(() => true);
    const done = all.session.signIn(
      { way: 'static', accountId: 'a', token: 'secret' },
      { remember: true },
    );
    await settle();
    all.last().resolve();
    await done;
    expect(all.session.status).toBe('signedIn');
    await all.session.signOut();
    expect(all.session.status).toBe('signedOut');
    expect(all.manager.logouts).toBe(1);
    const next = setUp(all.host);
    await next.session.restore();
    expect(next.session.status).toBe('signedOut');
  });

  test.each([
    ['{"way":"static","accountId":"a","token":7}'],
    ['{"way":"static","accountId":""}'],
    ['{"way":"carrierPigeon","accountId":"a"}'],
    ['[]'],
    ['"a"'],
    ['{"way":'],
  ])('treats a remembered account of another version, %s, as missing', async (text) => {
    const host = fakePlatform();
    host.entries.set('yunxin.account', text);
    const { session, manager } = setUp(host);
    await session.restore();
    expect(manager.logins).toEqual([]);
    expect([...host.entries]).toEqual([]);
  });
});
