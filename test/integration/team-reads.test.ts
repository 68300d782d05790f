import type { Chat, MessageRow } from '@/stores';
import type { Readers } from '@/stores/chat/readers';
import { type Client, rowsOf, textsOf, useWorld, waitFor } from '../harness';

const world = useWorld();
const TEAM = 1;
const SUPER_TEAM = 2;

interface Side {
  client: Client;
  chat: Chat;
}

const requests = (command: string) => world.emulator.log.requestsOf(command);

function create(members: string[], kind: 'team' | 'superTeam' = 'team'): string {
  const { teamId } = world.emulator.teams.create({ kind, name: 'T', owner: 'anna', members });
  return `|${kind === 'team' ? TEAM + 1 : SUPER_TEAM + 1}|${teamId}`;
}

/** Opens a team of which the number of members is known, as in the list. */
async function open(accountId: string, team: string): Promise<Side> {
  const client = await world.online(accountId);
  const chat = client.account.messages.open(accountId + team);
  await waitFor(() => chat.ready, { what: 'the first page' });
  await waitFor(() => client.account.memberCountOf(chat.conversationId) > 0, {
    what: 'the number of members',
  });
  // Acts exist from the first chat on.
  void client.acts;
  return { client, chat };
}

async function rowOf({ chat }: Side, text: string): Promise<MessageRow> {
  await waitFor(() => textsOf(chat).includes(text), { what: text });
  return rowsOf(chat).find((row) => row.text === text) as MessageRow;
}

/** Sends a text and waits for its acknowledgement. */
async function sent(from: Side, text: string): Promise<MessageRow> {
  from.chat.sendText(text);
  const row = await rowOf(from, text);
  await waitFor(() => row.status === 'sent', { what: 'the acknowledgement' });
  return row;
}

/** The rows of a page, as the view reports them. */
function watch(side: Side): void {
  for (const { message } of rowsOf(side.chat)) side.client.acts.watchReads(message);
}

async function reads(side: Side, text: string): Promise<void> {
  const { message } = await rowOf(side, text);
  side.client.acts.watchReads(message);
}

const countOf = ({ client }: Side, id: string) => {
  const count = client.acts.readCounts.of(id);
  return count ? `${count.read}/${count.unread}` : 'unknown';
};

async function counted(side: Side, id: string, count: string): Promise<void> {
  await waitFor(() => countOf(side, id) === count, {
    what: `${side.client.name}: ${count} instead of ${countOf(side, id)}`,
  });
}

async function network({ client }: Side, isConnected: boolean): Promise<void> {
  client.wx.network.set(isConnected);
  await waitFor(() => client.root.connection.isOnline === isConnected, { what: 'the link' });
}

test('the counts of a message are the same on both clients of its author', async () => {
  const team = create(['ben', 'chen']);
  const anna = await open('anna', team);
  const tablet = await open('anna', team);
  const ben = await open('ben', team);
  const { messageClientId: id } = await sent(anna, 'hello');
  await counted(anna, id, '0/2');
  expect(requests('31_29')).toBe(0);
  await reads(tablet, 'hello');
  await counted(tablet, id, '0/2');
  await reads(ben, 'hello');
  await counted(anna, id, '1/1');
  await counted(tablet, id, '1/1');
  const chen = await open('chen', team);
  watch(chen);
  await counted(anna, id, '2/0');
  await counted(tablet, id, '2/0');
  expect(requests('31_28')).toBe(2);
});

test('a page of messages costs the reader a request, and the author a request', async () => {
  const team = create(['ben']);
  const anna = await open('anna', team);
  const ids: string[] = [];
  for (let i = 0; i < 20; i++) ids.push((await sent(anna, `m${i}`)).messageClientId);
  const tablet = await open('anna', team);
  watch(tablet);
  for (const id of ids) await counted(tablet, id, '0/1');
  expect(requests('31_29')).toBe(1);
  const ben = await open('ben', team);
  watch(ben);
  for (const id of ids) await counted(anna, id, '1/0');
  expect(requests('31_28')).toBe(1);
  // The rows are shown again: the server has their receipts.
  watch(ben);
  await sent(anna, 'later');
  await reads(ben, 'later');
  await waitFor(() => requests('31_28') === 2, { what: 'the receipt of the later message' });
});

test('a message that was not on the screen gets no receipt until it is seen', async () => {
  const team = create(['ben']);
  const anna = await open('anna', team);
  const ben = await open('ben', team);
  const first = await sent(anna, 'first');
  await reads(ben, 'first');
  await counted(anna, first.messageClientId, '1/0');
  ben.chat.setVisible(false);
  const { messageClientId: id } = await sent(anna, 'hidden');
  await reads(ben, 'hidden');
  await sent(ben, 'written elsewhere');
  await rowOf(anna, 'written elsewhere');
  expect(countOf(anna, id)).toBe('0/1');
  ben.chat.setVisible(true);
  await counted(anna, id, '1/0');
});

test('counts and receipts of a lost link come after the reconnect', async () => {
  const team = create(['ben', 'chen']);
  const anna = await open('anna', team);
  const ben = await open('ben', team);
  const chen = await open('chen', team);
  const { messageClientId: id, message } = await sent(anna, 'hello');
  anna.client.acts.watchReads(message);
  await rowOf(chen, 'hello');
  await network(anna, false);
  await reads(ben, 'hello');
  await waitFor(() => requests('31_28') === 1, { what: 'the receipt' });
  await network(chen, false);
  await reads(chen, 'hello');
  expect(countOf(anna, id)).toBe('0/2');
  await network(anna, true);
  await counted(anna, id, '1/1');
  await network(chen, true);
  await counted(anna, id, '2/0');
});

test('the page of readers lists both sides, follows the events, and ends with a recall', async () => {
  const team = create(['ben', 'chen']);
  const anna = await open('anna', team);
  const tablet = await open('anna', team);
  const ben = await open('ben', team);
  const chen = await open('chen', team);
  const row = await sent(anna, 'hello');
  const { conversationId, messageClientId, messageServerId } = row.message;
  const refer = { conversationId, messageClientId, messageServerId: String(messageServerId) };
  const { account, module, core } = anna.client;
  const readers: Readers = new module.Readers(account.connection, core.platform.clock, refer);
  await readers.load();
  const lists = () => `${readers.read.join()} | ${[...readers.unread].sort().join()}`;
  expect(lists()).toBe(' | ben,chen');
  await reads(chen, 'hello');
  await waitFor(() => lists() === 'chen | ben', { what: 'the first reader' });
  await network(anna, false);
  await reads(ben, 'hello');
  await waitFor(() => requests('31_28') === 2, { what: 'the receipt' });
  await readers.load();
  expect(readers.error).not.toBeNull();
  expect(lists()).toBe('chen | ben');
  await network(anna, true);
  await waitFor(() => readers.unread.length === 0, { what: 'the second reader' });
  expect([...readers.read].sort()).toEqual(['ben', 'chen']);
  expect(readers.error).toBeNull();
  await tablet.chat.recall(await rowOf(tablet, 'hello'));
  await waitFor(() => readers.isGone, { what: 'the recall' });
  readers.dispose();
});

test('without read marks nothing is sent, asked for or shown, in a team and between two', async () => {
  const team = create(['ben']);
  const anna = await open('anna', team);
  const ben = await open('ben', team);
  const annaToBen = await anna.client.chatWith('ben');
  const benToAnna = await ben.client.chatWith('anna');
  ben.client.root.settings.setSwitch('readMarks', false);
  const { messageClientId: id } = await sent(anna, 'in the team');
  const row = await sent({ ...anna, chat: annaToBen }, 'between two');
  await reads(ben, 'in the team');
  await rowOf({ ...ben, chat: benToAnna }, 'between two');
  // An answer of ben's comes after all that ben has read.
  const answer = await sent(ben, 'answer');
  await rowOf(anna, 'answer');
  expect(answer.message.messageConfig?.readReceiptEnabled).not.toBe(true);
  expect(ben.client.acts.readCounts.of(answer.messageClientId)).toBeUndefined();
  expect([row.read, countOf(anna, id)]).toEqual([false, '0/1']);
  expect([requests('31_28'), requests('30_11')]).toEqual([0, 0]);
  ben.client.root.settings.setSwitch('readMarks', true);
  await sent({ ...anna, chat: annaToBen }, 'and now');
  await waitFor(() => row.read, { what: 'the read mark' });
  await reads(ben, 'in the team');
  await counted(anna, id, '1/0');
});

test('a super team and a team of more than 100 have no receipts', async () => {
  const superTeam = await open('anna', create(['ben'], 'superTeam'));
  const many = Array.from({ length: 100 }, (_, i) => `member${i}`);
  for (const accountId of many)
    world.emulator.world.addAccount({ accountId, name: accountId, token: '' });
  const large = await open('anna', create(many));
  const small = await open('anna', create(many.slice(1)));
  for (const side of [superTeam, large]) {
    const { message, messageClientId } = await sent(side, 'hello');
    expect(message.messageConfig?.readReceiptEnabled).not.toBe(true);
    expect(countOf(side, messageClientId)).toBe('unknown');
  }
  const { messageClientId } = await sent(small, 'hello');
  await counted(small, messageClientId, '0/99');
});

test('the row of the list says whether the other side has read the last own message', async () => {
  const anna = await world.online('anna');
  const ben = await world.online('ben');
  const chat = await anna.chatWith('ben');
  await sent({ client: anna, chat }, 'hello');
  const { peerReads, conversations } = anna.account;
  const stateOf = () => {
    const row = conversations.get(chat.conversationId);
    return row && peerReads.stateOf(row);
  };
  await waitFor(() => stateOf() === 'sent', { what: 'the row of the list' });
  const theirs = await ben.chatWith('anna');
  await waitFor(() => stateOf() === 'read', { what: 'the read mark' });
  const later = await world.online('anna');
  const known = later.account.conversations.get(chat.conversationId);
  await waitFor(() => known && later.account.peerReads.stateOf(known) === 'read', {
    what: 'the read mark after the sync',
  });
  theirs.sendText('hi');
  await waitFor(() => stateOf() === null, { what: "the other side's message" });
});
