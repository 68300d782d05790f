import { type Client, rowsOf, useWorld, waitFor } from '../harness';

const world = useWorld();
const TEAM = '7001';

/** The tags of a stored message that have its push fields. */
const PUSH = { payload: 16, content: 17, accounts: 18, nick: 110 };

async function sent(client: Client, conversationId: string, fields: object, text = 'secret') {
  const chat = client.account.messages.open(conversationId);
  await waitFor(() => chat.ready, { what: 'the chat' });
  chat.send({ ...chat.creator.createTextMessage(text), ...fields });
  const row = () => rowsOf(chat).at(-1);
  await waitFor(() => row()?.text === text && row()?.status === 'sent', { what: 'the answer' });
  const stored = world.emulator.world.logs.findByServerId(row()?.message.messageServerId ?? '');
  chat.close();
  return (stored?.tags ?? {}) as Record<number, unknown>;
}

test('the server gets the text, title and payload of the product, and not the text of the message', async () => {
  const anna = await world.online('anna');
  const before = await sent(anna, 'anna|1|ben', {});
  expect(before[PUSH.content]).toBeUndefined();
  expect(before[PUSH.payload]).toBeUndefined();

  anna.root.setPushOptions({
    nick: false,
    content: ({ kind }) => (kind === 'text' ? 'A new message' : 'A file'),
    title: ({ conversationId }) => `From ${conversationId}`,
    payload: () => ({ channel: 7 }),
  });
  const tags = await sent(anna, 'anna|1|ben', {});
  expect(tags[PUSH.content]).toBe('A new message');
  expect(String(tags[PUSH.nick])).toBe('0');
  expect(JSON.parse(String(tags[PUSH.payload]))).toEqual({
    pushTitle: 'From anna|1|ben',
    apsField: { alert: { title: 'From anna|1|ben', body: 'A new message' } },
    channel: 7,
  });
});

test('a mention still reaches the mentioned members, unless the product says no', async () => {
  world.emulator.world.teams.createTeam({
    teamId: TEAM,
    name: 'Riders',
    owner: 'ben',
    members: ['anna'],
  });
  const ben = await world.online('ben');
  const mention = {
    pushConfig: { pushEnabled: true, forcePush: true, forcePushAccountIds: ['anna'] },
  };
  ben.root.setPushOptions({ content: () => 'You were mentioned' });
  const tags = await sent(ben, `ben|2|${TEAM}`, mention);
  expect(tags[PUSH.accounts]).toBe('["anna"]');
  expect(tags[PUSH.content]).toBe('You were mentioned');
  ben.root.setPushOptions({ forceMentions: false });
  const silent = await sent(ben, `ben|2|${TEAM}`, mention, 'second');
  expect(silent[PUSH.accounts]).not.toBe('["anna"]');
});

test('functions that throw, and a payload above the limit, do not stop a message', async () => {
  const anna = await world.online('anna');
  anna.root.setPushOptions({
    content: () => {
      throw new Error('broken');
    },
    payload: () => ({ long: 'x'.repeat(3000) }),
  });
  const tags = await sent(anna, 'anna|1|ben', {});
  expect(tags[PUSH.content]).toBeUndefined();
  expect(tags[PUSH.payload]).toBeUndefined();
});
