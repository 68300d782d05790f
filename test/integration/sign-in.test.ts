import { ClientType } from '../../emulator';
import type { MultiLoginPolicy } from '../../emulator/world/world-state';
import type { SignIn } from '@/stores';
import { useWorld, waitFor } from '../harness';

const world = useWorld();
const anna = { way: 'static', accountId: 'anna', token: 'token-anna' } as const;
const ben = { way: 'static', accountId: 'ben', token: 'token-ben' } as const;

async function outcome(signIn: SignIn): Promise<number> {
  const { root } = world.client('someone', { loginCode: 'demo:anna' });
  await root.session.signIn(signIn);
  const { status, error } = root.session;
  expect(status).toBe(error ? 'signedOut' : 'signedIn');
  expect(root.account === null).toBe(error !== null);
  return error?.code ?? 200;
}

describe('signing in', () => {
  test.each([
    ['a static token', anna],
    ['a dynamic token of the app server', { way: 'dynamic', accountId: 'anna' }],
    ['a third-party ticket of the app server', { way: 'thirdParty', accountId: 'anna' }],
    ['one tap', { way: 'oneTap' }],
  ] as [string, SignIn][])('with %s', async (_, signIn) => {
    expect(await outcome(signIn)).toBe(200);
  });

  test.each([
    ['a wrong static token', { ...anna, token: 'wrong' }, 302],
    ['an account that does not exist', { ...anna, accountId: 'nobody' }, 102404],
    ['an empty account', { ...anna, accountId: ' ' }, 191004],
  ] as [string, SignIn, number][])('%s is refused with its code', async (_, signIn, code) => {
    expect(await outcome(signIn)).toBe(code);
  });

  test('refuses a banned account with 102422, an account without permission with 403', async () => {
    world.emulator.world.ban('anna');
    expect(await outcome(anna)).toBe(102422);
    world.emulator.world.setLoginRefusal('ben', 403);
    expect(await outcome(ben)).toBe(403);
  });

  test('keeps the page usable after a refusal: the right token signs in afterwards', async () => {
    const { root } = world.client('someone');
    await root.session.signIn({ ...anna, token: 'wrong' });
    expect(root.session.error).toEqual({ code: 302, wasSignedIn: false });
    await root.session.signIn(anna);
    expect(root.session.error).toBeNull();
    expect(root.session.status).toBe('signedIn');
  });

  test('returns at once when cancelled while the server does not answer, and closes the socket', async () => {
    world.emulator.faults.add({ kind: 'command', command: '26_3', drop: 'request' });
    const { root, wx } = world.client('someone');
    const done = root.session.signIn(anna);
    await waitFor(() => wx.sockets.live > 0, { what: 'a socket' });
    root.session.cancel();
    expect(root.session.status).toBe('signedOut');
    await done;
    await waitFor(() => wx.sockets.live === 0, { what: 'the socket to close' });
    expect(root.session.error).toBeNull();
  });
});

describe('signing out and being signed out', () => {
  test('removes the account from storage and memory', async () => {
    const client = world.client('someone');
    await client.signIn(anna, { remember: true });
    world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: 'secret text' });
    await waitFor(() => client.account.conversations.rows.length, { what: 'a conversation' });
    client.wx.app.hide();
    expect(JSON.stringify([...client.wx.storage])).toContain('token-anna');
    await client.root.session.signOut();
    expect(client.root.account).toBeNull();
    expect(client.wx.sockets.live).toBe(0);
    const left = JSON.stringify([...client.wx.storage]);
    for (const trace of ['token-anna', 'secret text', 'ben', '"anna'])
      expect(left).not.toContain(trace);
  });

  test('hides the data of the previous account from the next account', async () => {
    const client = world.client('someone');
    await client.signIn(anna);
    world.emulator.world.sendMessage({ from: 'chen', to: 'anna', text: 'for Anna' });
    await waitFor(() => client.account.conversations.totalUnread === 1, { what: 'one unread' });
    const before = client.account;
    const chat = await client.chatWith('chen');
    await client.root.session.switchAccount(ben);
    await waitFor(() => client.account.conversations.state === 'ready', { what: "Ben's list" });
    expect(client.account).not.toBe(before);
    expect(client.account.accountId).toBe('ben');
    expect(client.account.conversations.rows).toHaveLength(0);
    expect(before.conversations.rows).toHaveLength(0);
    expect(chat.history).toHaveLength(0);
    expect(JSON.stringify([...client.wx.storage])).not.toContain('for Anna');
    world.emulator.world.sendMessage({ from: 'chen', to: 'anna', text: 'still for Anna' });
    world.emulator.world.sendMessage({ from: 'chen', to: 'ben', text: 'for Ben' });
    await waitFor(() => client.account.conversations.rows.length, { what: "Ben's message" });
    expect(client.account.conversations.rows.map((row) => row.preview.text)).toEqual(['for Ben']);
    expect(client.wx.sockets.live).toBe(1);
  });

  test('by a ban reports the reason', async () => {
    const client = await world.online('anna');
    world.emulator.world.ban('anna');
    await waitFor(() => client.root.session.status === 'signedOut', { what: 'the end' });
    expect(client.root.session.error?.wasSignedIn).toBe(true);
    await waitFor(() => client.root.account === null, { what: 'the stores to be dropped' });
  });

  test('by another device keeps the reason and does not reconnect', async () => {
    world.emulator.world.setMultiLogin({ kind: 'exclusive' });
    const first = world.client('first device');
    await first.signIn(anna, { remember: true });
    const second = world.client('second device');
    await second.signIn(anna);
    await waitFor(() => first.root.session.status === 'signedOut', { what: 'the kick' });
    expect(first.root.session.error).toMatchObject({ code: 600101, wasSignedIn: true });
    await waitFor(() => first.root.account === null, { what: 'the stores to be dropped' });
    expect(JSON.stringify([...first.wx.storage])).not.toContain('token-anna');
    expect(second.root.connection.isOnline).toBe(true);
    await first.root.session.signInAgain();
    await waitFor(() => second.root.session.status === 'signedOut', {
      what: 'the second device to be signed out',
    });
    expect(first.root.session.status).toBe('signedIn');
  });

  test.each<[string, MultiLoginPolicy, number[], number]>([
    ['one client only', { kind: 'exclusive' }, [], ClientType.android],
    ['one for each platform', { kind: 'perPlatform' }, [ClientType.android], ClientType.pc],
    ['ten at once', { kind: 'unlimited' }, Array<number>(9).fill(ClientType.pc), ClientType.pc],
    [
      'groups of client types',
      { kind: 'custom', exclusiveGroups: [[ClientType.web, ClientType.ios]] },
      [ClientType.android],
      ClientType.ios,
    ],
  ])(
    'under the policy "%s" only a client that the policy excludes ends this login',
    async (_, policy, beside, last) => {
      const { clients } = world.emulator;
      world.emulator.world.setMultiLogin(policy);
      const client = await world.online('anna');
      for (const type of beside) clients.addPhantom('anna', { type });
      await waitFor(() => client.account.clients.others.length === beside.length, {
        what: 'the other clients to be known',
      });
      expect(client.root.connection.isOnline).toBe(true);
      clients.addPhantom('anna', { type: last });
      await waitFor(() => client.root.session.status === 'signedOut', { what: 'the kick' });
      expect(client.root.session.error).toMatchObject({ code: 600101, wasSignedIn: true });
    },
  );

  test('signs out with 417 a device that reconnects under the policy of one client, and leaves no socket open', async () => {
    world.emulator.world.setMultiLogin({ kind: 'exclusive' });
    const client = await world.online('anna');
    client.wx.network.set(false);
    await waitFor(() => !client.root.connection.isOnline, { what: 'the link to be lost' });
    world.emulator.faults.cut({ accountId: 'anna' });
    world.emulator.clients.addPhantom('anna', { type: ClientType.android });
    client.wx.network.set(true);
    await waitFor(() => client.root.session.status === 'signedOut', { what: 'the refusal' });
    expect(client.root.session.error).toMatchObject({ code: 417, wasSignedIn: true });
    expect(world.emulator.clients.list('anna')).toMatchObject([{ type: ClientType.android }]);
    await client.wx.sockets.whenEmpty();
  });
});
