import { textsOf, useWorld, waitFor } from '../harness';

const world = useWorld();

/** Returns the accounts that are signed in to the emulator. */
const online = () => world.emulator.clients.list().map(({ accountId }) => accountId);
const codes = () => world.emulator.log.logins.map(({ code }) => code);

/** Creates a phone whose WeChat user is `accountId`. */
const phoneOf = (accountId: string) =>
  world.client(`phone of ${accountId}`, { loginCode: `demo:${accountId}` });

describe('the app server decides by the session for which account it makes a token', () => {
  test.each(['dynamic', 'thirdParty'] as const)(
    'a session does not sign in an account that another user typed (%s)',
    async (way) => {
      const { root } = phoneOf('anna');
      await root.session.signIn({ way, accountId: 'ben' });
      expect(root.session.status).toBe('signedOut');
      expect(root.session.error).toEqual({ code: 600108, wasSignedIn: false });
      expect(online()).toEqual([]);
      expect(codes()).toEqual([]);
    },
  );

  test.each(['dynamic', 'thirdParty', 'oneTap'] as const)(
    'an empty account field signs in the account of the session (%s)',
    async (way) => {
      const { root } = phoneOf('ben');
      await root.session.signIn({ way });
      expect(root.session.status).toBe('signedIn');
      expect(root.session.accountId).toBe('ben');
      expect(online()).toEqual(['ben']);
    },
  );

  test('a static token opens no session until a request has to prove the user', async () => {
    const client = phoneOf('ben');
    await client.signIn({ way: 'static', accountId: 'anna', token: 'token-anna' });
    expect(client.wx.requests.filter(({ url }) => url.includes('/app/'))).toEqual([]);
    const { accountId } = await client.root.appServer.session();
    expect(accountId).toBe('anna');
  });
});

describe('an expired session', () => {
  const asked = (client: ReturnType<typeof phoneOf>, path: string) =>
    client.wx.requests.filter(({ url }) => url.endsWith(path)).length;

  test('is renewed once on a reconnect, and the user stays online', async () => {
    const client = phoneOf('anna');
    await client.signIn({ way: 'dynamic' });
    world.emulator.appSessions.endAll();
    world.emulator.faults.cut({ accountId: 'anna' });
    await waitFor(() => !client.root.connection.isOnline, { what: 'the link to be lost' });
    await waitFor(() => client.root.connection.isOnline, { what: 'Anna to be online' });
    expect(client.root.session.status).toBe('signedIn');
    // Each token takes a request; the token after the expired session takes two.
    expect([asked(client, '/login'), asked(client, '/dynamic-token')]).toEqual([2, 3]);
  });

  test("ends the sign-in with the server's code when the renewed session is refused too", async () => {
    world.emulator.appSessions.ttlSeconds = 0;
    const client = phoneOf('anna');
    await client.root.session.signIn({ way: 'dynamic' });
    expect(client.root.session.error).toEqual({ code: 600107, wasSignedIn: false });
    expect([asked(client, '/login'), asked(client, '/dynamic-token')]).toEqual([2, 2]);
  });

  test("ends the login with the server's code when the renewed session is refused on a reconnect", async () => {
    const client = phoneOf('anna');
    await client.signIn({ way: 'dynamic' }, { remember: true });
    world.emulator.appSessions.endAll();
    world.emulator.appSessions.ttlSeconds = 0;
    world.emulator.faults.cut({ accountId: 'anna' });
    await waitFor(() => client.root.session.status === 'signedOut', { what: 'the end' });
    expect(client.root.session.error).toEqual({ code: 600107, wasSignedIn: true });
    expect([asked(client, '/login'), asked(client, '/dynamic-token')]).toEqual([2, 3]);
    expect(client.wx.sockets.live).toBe(0);
  });
});

test('a replaced token after refused reconnects leaves the user online, with one SDK instance', async () => {
  let refused = 0;
  const client = world.client('phone of anna', {
    loginCode: 'demo:anna',
    connectFault: () => (refused-- > 0 ? 'fail' : undefined),
  });
  await client.signIn({ way: 'oneTap' });
  const { connection } = client.core.manager;
  world.emulator.world.requireAccount('anna').token = 'token-anna-2';
  refused = 2;
  world.emulator.faults.cut({ accountId: 'anna' });
  await waitFor(() => client.root.connection.isOnline && codes().includes(302), {
    what: 'Anna to be online with the new token',
  });
  // The SDK ends the steps of the refused reconnects in the turns after the login.
  world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: 'hello' });
  await waitFor(() => (client.root.account?.conversations.get('anna|1|ben')?.unread ?? 0) === 1, {
    what: 'a message on the new link',
  });
  expect(client.core.manager.connection).toBe(connection);
  expect(client.root.session.status).toBe('signedIn');
  expect(client.wx.sockets.live).toBe(1);
});

test('a session is kept in memory only, and sign-out deletes the session', async () => {
  const client = phoneOf('anna');
  await client.signIn({ way: 'dynamic' }, { remember: true });
  const { token } = await client.root.appServer.session();
  expect(JSON.stringify([...client.wx.storage])).not.toContain(token);
  expect(JSON.stringify(client.core.journal.entries())).not.toContain(token);
  await client.root.session.signOut();
  expect((await client.root.appServer.session()).token).not.toBe(token);
});

describe('a wx.login that does not answer', () => {
  test('fails the sign-in with 600104 within 15 s, and sign-out does not wait for wx.login', async () => {
    const client = phoneOf('anna');
    client.wx.install({ login: () => undefined });
    const started = Date.now();
    await client.root.session.signIn({ way: 'oneTap' });
    expect(client.root.session.error).toEqual({ code: 600104, wasSignedIn: false });
    expect(Date.now() - started).toBeLessThan(15_000);
    const done = client.root.session.signIn({ way: 'oneTap' });
    const before = Date.now();
    await client.root.session.signOut();
    await done;
    expect(Date.now() - before).toBeLessThan(1000);
    expect(client.root.session.status).toBe('signedOut');
  });
});

describe('a one-tap sign-in whose token the app server has replaced', () => {
  const exchange = (accountId: string, token: string) =>
    Object.assign(world.emulator.world.requireAccount(accountId), { token });
  const signIns = () => world.emulator.log.logins.map(({ code }) => code);

  test('reconnects with the same stores, without the sign-in page', async () => {
    const client = phoneOf('anna');
    await client.signIn({ way: 'oneTap' }, { remember: true });
    const { account } = client;
    const seen: string[] = [];
    client.core.manager.on('state', ({ to }) => seen.push(to.name));
    const chat = await client.chatWith('ben');
    exchange('anna', 'rotated');
    world.emulator.faults.cut({ accountId: 'anna' });
    await waitFor(() => !client.root.connection.isOnline, { what: 'the link to be lost' });
    await waitFor(() => client.root.connection.isOnline, { what: 'Anna to be online' });
    expect(client.root.session.status).toBe('signedIn');
    expect(client.account).toBe(account);
    expect(seen).not.toContain('refused');
    expect(signIns()).toEqual([200, 302, 200]);
    expect(JSON.stringify([...client.wx.storage])).toContain('rotated');
    chat.sendText('still here');
    await waitFor(
      () => textsOf(chat).includes('still here') && chat.live.at(-1)?.status === 'sent',
      {
        what: 'the text to be sent',
      },
    );
    world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: 'welcome back' });
    await waitFor(() => textsOf(chat).includes('welcome back'), { what: 'an answer' });
    expect(client.wx.sockets.maxLive).toBe(1);
  });

  test('is signed out when the server refuses the new token too', async () => {
    const client = phoneOf('anna');
    await client.signIn({ way: 'oneTap' }, { remember: true });
    world.emulator.faults.add({ kind: 'command', command: '26_3', code: 302 });
    world.emulator.faults.cut({ accountId: 'anna' });
    await waitFor(() => client.root.session.status === 'signedOut', { what: 'the end' });
    expect(client.root.session.error).toEqual({ code: 302, wasSignedIn: true });
    // The old token and the new token.
    expect(world.emulator.faults.list()).toMatchObject([{ hits: 2 }]);
    await waitFor(() => client.wx.sockets.live === 0, { what: 'the socket to close' });
    expect(JSON.stringify([...client.wx.storage])).not.toContain('token-anna');
  });

  test('starts again with the new token, and keeps the new token', async () => {
    const storage = new Map<string, unknown>();
    const first = world.client('first start', { storage, loginCode: 'demo:anna' });
    await first.signIn({ way: 'oneTap' }, { remember: true });
    await first.dispose();
    exchange('anna', 'rotated');
    const second = world.client('second start', { storage, loginCode: 'demo:anna' });
    await second.root.session.restore();
    expect(second.root.session.status).toBe('signedIn');
    expect(JSON.stringify([...storage])).toContain('rotated');
  });
});

test('a ticket that the third-party callback refuses ends the sign-in with 302 after one attempt', async () => {
  const client = phoneOf('anna');
  client.root.appServer.loginExtension = () => Promise.resolve('forged');
  await client.root.session.signIn({ way: 'thirdParty' });
  expect(client.root.session.error).toEqual({ code: 302, wasSignedIn: false });
  expect(world.emulator.log.logins).toMatchObject([{ accountId: 'anna', authType: 2, code: 302 }]);
});
