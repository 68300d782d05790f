import { useWorld, waitFor } from '../harness';
import type { WxOptions } from '../wx';

const world = useWorld();
const anna = { way: 'static', accountId: 'anna', token: 'token-anna' } as const;

/** A device whose storage refuses every read, write and removal with WeChat's errors. */
const broken: WxOptions = { storageFault: (operation) => `${operation} DB data fail` };
const full: WxOptions = {
  storageFault: (operation) => (operation === 'set' ? 'exceed storage max size 10Mb' : undefined),
};

describe.each([
  ['full', full],
  ['broken: reads and removals are refused too', broken],
] as const)('a device whose storage is %s', (_, wxOptions) => {
  test('signs in, chats, signs out and signs in again, and reports the entries that cannot be stored', async () => {
    const client = world.client('phone', wxOptions);
    const { gate, journal } = client.core;
    await client.signIn(anna, { remember: true });
    expect(client.root.session.status).toBe('signedIn');
    expect(client.root.storageNotice.isDue).toBe(true);
    const chat = await client.chatWith('ben');
    chat.sendText('hello');
    await waitFor(() => chat.live.some(({ status }) => status === 'sent'), { what: 'a sent text' });
    client.wx.app.hide();
    client.wx.app.show();
    client.root.settings.chooseLanguage('en');
    expect(client.root.settings.language).toBe('en');
    await client.root.session.signOut();
    expect(client.root.session.status).toBe('signedOut');
    expect(gate.counts().live).toBe(0);
    await client.signIn(anna, { remember: true });
    await client.root.session.signOut();
    expect(gate.counts().live).toBe(0);
    expect(client.wx.errors).toEqual([]);
    const lines = journal.entries().filter(({ kind }) => kind === 'storage');
    expect(lines.map(({ text }) => text).join('\n')).toContain('set yunxin.account: ');
    expect(lines.map(({ text }) => text).join('\n')).not.toContain('anna');
  });

  test('leaves no socket behind when a sign-in is refused', async () => {
    const client = world.client('phone', wxOptions);
    await client.root.session.signIn({ ...anna, token: 'wrong' }, { remember: true });
    expect(client.root.session.error).toEqual({ code: 302, wasSignedIn: false });
    await waitFor(() => client.core.gate.counts().live === 0, { what: 'the socket to close' });
    await client.signIn(anna);
    expect(client.wx.errors).toEqual([]);
  });

  test('reconnects after a cut, and can call', async () => {
    const client = world.client('phone', wxOptions);
    await client.signIn(anna);
    world.emulator.faults.cut({ accountId: 'anna' });
    await waitFor(() => !client.root.connection.isOnline, { what: 'the loss' });
    await waitFor(() => client.root.connection.isOnline, { what: 'the return' });
    const ben = world.client('ben');
    await ben.signIn({ way: 'static', accountId: 'ben', token: 'token-ben' });
    client.account.call.start('ben', 'audio');
    await waitFor(() => ben.account.call.state.name === 'ringing', { what: 'the ringing' });
    client.account.call.hangUp();
    await waitFor(() => ben.account.call.state.name === 'ended', { what: 'the end' });
    await client.root.session.signOut();
    expect(client.core.gate.counts().live).toBe(0);
    expect(client.wx.errors).toEqual([]);
  });

  test('restarts signed out', async () => {
    const storage = new Map<string, unknown>([
      ['yunxin.settings', '{"language":"en"}'],
      ['yunxin.account', '{"way":"static","accountId":"ben","token":"old"'],
    ]);
    const client = world.client('phone', { ...wxOptions, storage });
    await client.root.session.restore();
    expect(client.root.session.status).toBe('signedOut');
    await client.signIn(anna, { remember: true });
    expect(client.wx.errors).toEqual([]);
  });
});

test('a sign-out clears the token as soon as the storage takes the removal', async () => {
  const storage = new Map<string, unknown>();
  const client = world.client('phone', { storage });
  await client.signIn(anna, { remember: true });
  expect(JSON.stringify([...storage])).toContain('token-anna');
  client.wx.options.storageFault = (operation) =>
    operation === 'get' ? undefined : 'write DB data fail';
  await client.root.session.signOut();
  client.wx.options.storageFault = undefined;
  client.root.settings.chooseLanguage('en');
  expect(JSON.stringify([...storage])).not.toContain('token-anna');
});

test('an account that stays signed in is not forgotten by a start on a full storage', async () => {
  const storage = new Map<string, unknown>();
  const first = world.client('first start', { storage });
  await first.signIn(anna, { remember: true });
  await first.dispose();
  const second = world.client('second start', { storage, ...full });
  await second.root.session.restore();
  expect(second.root.session.status).toBe('signedIn');
  await second.dispose();
  const third = world.client('third start', { storage });
  await third.root.session.restore();
  expect(third.root.session.accountId).toBe('anna');
});
