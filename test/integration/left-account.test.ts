import { types } from 'node:util';
import { type Client, useWorld, waitFor } from '../harness';

const world = useWorld();
/** In every name, text and notice of the account that is left. */
const SECRET = 'secret-of-anna';

async function fill(client: Client): Promise<void> {
  const { emulator } = world;
  const { account } = client;
  const ben = await world.bare('ben');
  const chen = await world.bare('chen');
  emulator.world.updateProfile('ben', { name: `${SECRET} name` });
  emulator.world.relations.befriend('anna', 'ben');
  await chen.nim.V2NIMFriendService.addFriend('anna', {
    addMode: 2,
    postscript: `${SECRET} request`,
  });
  await chen.nim.V2NIMTeamService.createTeam(
    { name: `${SECRET} team`, teamType: 1, agreeMode: 0 },
    ['anna'],
    `${SECRET} invitation`,
  );
  await ben.nim.V2NIMNotificationService.sendCustomNotification(
    'ben|1|anna',
    `{"text":"${SECRET} notice"}`,
  );
  const chat = await client.chatWith('ben');
  chat.sendText(`${SECRET} sent`);
  await ben.send('anna', `${SECRET} received`);
  await ben.nim.V2NIMMessageService.sendMessage(
    ben.nim.V2NIMMessageCreator.createCustomMessage('custom', `{"x":"${SECRET} custom"}`),
    'ben|1|anna',
  );
  account.messages.drafts.keep('anna|1|chen', `${SECRET} draft`);
  account.phrases.add(`${SECRET} phrase`);
  account.reminders.add({
    conversationId: 'anna|1|ben',
    messageClientId: 'm',
    createTime: 1,
    senderId: 'ben',
    text: `${SECRET} reminder`,
    at: Date.now() + 3_600_000,
  });
  const card = new client.module.PersonCard(account, 'ben');
  await waitFor(() => card.state === 'ready', { what: 'the card' });
  await card.setRemark(`${SECRET} remark`).catch(() => undefined);
  await waitFor(
    () =>
      account.requests.list.length === 1 &&
      account.notices.list.length === 1 &&
      account.asks.unread === 1 &&
      chat.live.filter(({ status }) => status === 'sent').length >= 1,
    { what: 'everything' },
  );
  // Not sent: the link is cut, and the text waits on the device.
  emulator.faults.add({ kind: 'command', command: '30_1', code: 416 });
  chat.sendText(`${SECRET} unsent`);
  await waitFor(() => chat.live.some(({ status }) => status === 'failed'), { what: 'the failure' });
  card.dispose();
  chat.close({});
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** The paths of strings that hold the secret, from the stores, the core and the bundle of a client. */
function leaksOf(client: Client): string[] {
  const found: string[] = [];
  // The log of the test's sockets has every frame.
  const seen = new Set<unknown>([client.wx.sockets]);
  const queue: [path: string, value: unknown][] = [
    ['root', client.root],
    ['core', client.core],
    ['module', client.module],
    ['storage', client.wx.storage],
  ];
  for (let next = queue.pop(); next; next = queue.pop()) {
    const [path, value] = next;
    if (typeof value === 'string') {
      if (value.includes(SECRET)) found.push(path);
      continue;
    }
    if (!isObject(value) || seen.has(value)) continue;
    seen.add(value);
    if (types.isMap(value))
      for (const [key, each] of value)
        queue.push([`${path}.key`, key], [`${path}[${String(key)}]`, each]);
    if (types.isSet(value)) for (const each of value) queue.push([`${path}{}`, each]);
    for (const key of Reflect.ownKeys(value)) {
      const name = `${path}.${String(key)}`;
      const descriptor = Object.getOwnPropertyDescriptor(value, key);
      if (typeof key === 'string' && key.includes(SECRET)) found.push(name);
      if (descriptor && 'value' in descriptor) queue.push([name, descriptor.value]);
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype) queue.push([`${path}.__proto__`, prototype]);
  }
  return found;
}

const ways: [name: string, leave: (client: Client) => Promise<void>, mayReturn: boolean][] = [
  [
    'a switch to another account',
    (client) =>
      client.root.session.switchAccount(
        { way: 'static', accountId: 'dora', token: 'token-dora' },
        { remember: true },
      ),
    true,
  ],
  ['a sign-out', (client) => client.root.session.signOut(), false],
  [
    'a kick',
    async (client) => {
      world.emulator.clients.kick('anna');
      await waitFor(() => client.root.session.status === 'signedOut', { what: 'the end' });
    },
    false,
  ],
];

test.each(ways)('after %s nothing of the account is left', async (_name, leave, mayReturn) => {
  world.emulator.world.addAccount({ accountId: 'dora', token: 'token-dora' });
  const client = world.client('phone');
  await client.signIn(
    { way: 'static', accountId: 'anna', token: 'token-anna' },
    { remember: true },
  );
  await fill(client);
  expect(leaksOf(client).length).toBeGreaterThan(20);
  expect(leaksOf(client).some((path) => path.startsWith('storage'))).toBe(true);
  await leave(client);
  await waitFor(() => client.root.account?.accountId !== 'anna', { what: 'the end of the stores' });
  expect(leaksOf(client)).toEqual([]);
  expect(client.wx.files.kept()).toEqual([]);
  const withToken = [...client.wx.storage].filter(([, value]) =>
    String(value).includes('token-anna'),
  );
  // A user who stays signed in can switch back.
  expect(withToken.map(([key]) => key)).toEqual(mayReturn ? ['yunxin.account'] : []);
});
