import type { Chat, MessageRow } from '@/stores';
import { earlierTexts } from '@/stores/chat/edits';
import { type Client, rowsOf, textsOf, useWorld, waitFor } from '../harness';

const world = useWorld();
const KINDS = ['p2p', 'team', 'superTeam'] as const;
const TYPES = { p2p: 1, team: 2, superTeam: 3 } as const;

interface Side {
  client: Client;
  chat: Chat;
}

/** Anna with two clients, and Ben, each with the same conversation open. */
async function threeSides(kind: (typeof KINDS)[number]) {
  const teamId =
    kind === 'p2p'
      ? ''
      : world.emulator.teams.create({ kind, name: 'T', owner: 'anna', members: ['ben', 'chen'] })
          .teamId;
  const side = async (accountId: string): Promise<Side> => {
    const client = await world.online(accountId);
    const target = teamId || (accountId === 'anna' ? 'ben' : 'anna');
    const chat = client.account.messages.open(`${accountId}|${TYPES[kind]}|${target}`);
    await waitFor(() => chat.ready, { what: 'the first page' });
    client.acts.pins.watch(chat.conversationId);
    return { client, chat };
  };
  return { anna: await side('anna'), tablet: await side('anna'), ben: await side('ben') };
}

async function rowOf({ chat }: Side, text: string): Promise<MessageRow> {
  await waitFor(() => textsOf(chat).includes(text), { what: text });
  return rowsOf(chat).find((row) => row.text === text) as MessageRow;
}

/** Sends a text and waits until the server and the other sides have it. */
async function sent(from: Side, others: readonly Side[], text: string): Promise<MessageRow> {
  from.chat.sendText(text);
  const row = await rowOf(from, text);
  await waitFor(() => row.status === 'sent', { what: 'the acknowledgement' });
  for (const other of others) await rowOf(other, text);
  return row;
}

async function network({ client }: Side, isConnected: boolean): Promise<void> {
  client.wx.network.set(isConnected);
  await waitFor(() => client.root.connection.isOnline === isConnected, { what: 'the link' });
}

const requests = (command: string) => world.emulator.log.requestsOf(command);

describe.each(KINDS)('in a conversation of the kind %s', (kind) => {
  test('an edit is the same on three clients, in the lists, and after a restart', async () => {
    const { anna, tablet, ben } = await threeSides(kind);
    const row = await sent(anna, [tablet, ben], 'before');
    expect(row.edited).toBe(false);
    const edit = (text: string) =>
      anna.client.acts.edits.save(row.message, text, (edited) => anna.chat.modified([edited]));
    await edit('after');
    await edit('at last');
    for (const side of [anna, tablet, ben]) {
      const shown = await rowOf(side, 'at last');
      expect(shown.edited).toBe(true);
      expect(earlierTexts(shown.message.serverExtension).map(({ text }) => text)).toEqual([
        'before',
        'after',
      ]);
      await waitFor(
        () =>
          side.client.account.conversations.get(side.chat.conversationId)?.preview.text ===
          'at last',
        { what: `the preview of ${side.client.name}` },
      );
    }
    const later = await world.online('ben');
    const chat = later.account.messages.open(ben.chat.conversationId);
    await waitFor(() => chat.ready, { what: 'the first page' });
    expect(textsOf(chat)).toContain('at last');
  });

  test('a reaction is toggled on three clients and loaded by a later client', async () => {
    const { anna, tablet, ben } = await threeSides(kind);
    const sides = [anna, tablet, ben];
    const row = await sent(anna, [tablet, ben], 'hello');
    const { messageClientId: id } = row;
    const given = ({ client }: Side) =>
      client.acts.reactions
        .of(id)
        .map(({ index, accounts }) => `${index}: ${accounts.join()}`)
        .join('; ');
    const all = async (text: string) => {
      for (const side of sides) await waitFor(() => given(side) === text, { what: text });
    };
    for (const side of sides)
      side.client.acts.reactions.watch((await rowOf(side, 'hello')).message);
    await anna.client.acts.reactions.toggle(row.message, 1);
    await all('1: anna');
    await ben.client.acts.reactions.toggle((await rowOf(ben, 'hello')).message, 1);
    await all('1: anna,ben');
    await tablet.client.acts.reactions.toggle((await rowOf(tablet, 'hello')).message, 1);
    await all('1: ben');
    await network(tablet, false);
    await ben.client.acts.reactions.toggle((await rowOf(ben, 'hello')).message, 3);
    await network(tablet, true);
    await all('1: ben; 3: ben');
  });

  test('a mark is the same on three clients, also for the client that had no link', async () => {
    const { anna, tablet, ben } = await threeSides(kind);
    const row = await sent(anna, [tablet, ben], 'keep this');
    const marks = ({ client, chat }: Side) =>
      client.acts.pins
        .of(chat.conversationId)
        .list.map(({ by }) => by)
        .join();
    const all = async (text: string) => {
      for (const side of [anna, tablet, ben])
        await waitFor(() => marks(side) === text, { what: `marks: ${text}` });
    };
    await ben.client.acts.pins.pin((await rowOf(ben, 'keep this')).message);
    await all('ben');
    // Marked already: this is no failure.
    await anna.client.acts.pins.pin(row.message);
    await network(tablet, false);
    await anna.client.acts.pins.unpin(row.message);
    await network(tablet, true);
    await all('');
    await anna.client.acts.pins.unpin(row.message);
    await anna.client.acts.pins.pin(row.message);
    await all('anna');
    await anna.chat.recall(row);
    await all('');
  });
});

test('reactions of a page of rows cost a request; a pushed and an own message cost none', async () => {
  for (let i = 0; i < 30; i++)
    world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: `m${i}` });
  const { anna, ben } = await threeSides('p2p');
  for (const row of rowsOf(anna.chat)) anna.client.acts.reactions.watch(row.message);
  await waitFor(() => requests('33_7') === 1, { what: 'the request' });
  const { message } = await sent(ben, [anna], 'pushed');
  const { messageClientId: id } = message;
  const { reactions } = anna.client.acts;
  reactions.watch((await rowOf(anna, 'pushed')).message);
  reactions.watch((await rowOf(anna, 'm0')).message);
  await ben.client.acts.reactions.toggle(message, 2);
  await waitFor(() => reactions.of(id).length === 1, { what: 'the reaction' });
  expect(requests('33_7')).toBe(1);
});
