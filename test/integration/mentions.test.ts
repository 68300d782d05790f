import { type Client, rowsOf, useWorld, waitFor } from '../harness';

const world = useWorld();
const TEAM = '7001';
const idOf = (client: Client) => `${client.account.accountId}|2|${TEAM}`;
const row = (client: Client) => client.account.conversations.get(idOf(client));

const MENTIONS = {
  serverExtension:
    '{"yxAitMsg":{"anna":{"text":"@Anna ","segments":[{"start":0,"end":5,"broken":false}]}}}',
  pushConfig: { pushEnabled: true, forcePush: true, forcePushAccountIds: ['anna'] },
};

beforeEach(() => {
  world.emulator.world.teams.createTeam({
    teamId: TEAM,
    name: 'Riders',
    owner: 'ben',
    members: ['anna', 'chen'],
  });
});

test('a mention reaches the mentioned account, its next sign-in, and the other client of the sender', async () => {
  const ben = await world.online('ben');
  const tablet = await world.online('ben');
  const anna = await world.online('anna');
  const chen = await world.online('chen');
  const chat = ben.account.messages.open(idOf(ben));
  await waitFor(() => chat.ready, { what: 'the chat of the sender' });
  chat.send({ ...chat.creator.createTextMessage('@Anna come'), ...MENTIONS });
  await waitFor(() => row(anna)?.hasMention, { what: 'the mention in the list' });
  await waitFor(() => row(chen)?.unread === 1, { what: 'the message at another member' });
  expect(row(chen)?.hasMention).toBe(false);
  await waitFor(() => row(tablet)?.preview.text === '@Anna come', { what: 'the other client' });
  expect(row(tablet)?.hasMention).toBe(false);

  const [sent] = rowsOf(chat);
  expect(sent?.content).toEqual({
    text: '@Anna come',
    mentions: [{ accountId: 'anna', start: 0, end: 5 }],
  });
  await waitFor(() => sent?.status === 'sent', { what: 'the acknowledgement' });
  const stored = world.emulator.world.logs.findByServerId(sent?.message.messageServerId ?? '');
  // Tag 18 has the accounts of a forced push.
  expect(stored?.tags[18]).toBe('["anna"]');

  await anna.dispose();
  const again = await world.online('anna');
  await waitFor(() => row(again)?.hasMention, { what: 'the mention at the next sign-in' });

  const open = again.account.messages.open(idOf(again));
  await waitFor(() => open.ready && row(again)?.unread === 0, { what: 'the read message' });
  expect(row(again)?.hasMention).toBe(false);
  open.close();
  chat.sendText('later');
  await waitFor(() => row(again)?.unread === 1, { what: 'a later message' });
  expect(row(again)?.hasMention).toBe(false);
});
