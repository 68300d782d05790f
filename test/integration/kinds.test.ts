import type { Chat, MessageRow } from '@/stores';
import { type Client, rowsOf, useWorld, waitFor } from '../harness';

const world = useWorld();

interface Sample {
  readonly what: string;
  readonly send: (chat: Chat, client: Client) => unknown;
  /** Fields of the row on every client. */
  readonly is: object;
  /** The bytes behind the address of the content. */
  readonly bytes?: string;
}

const mention = {
  yxAitMsg: { ben: { text: '@Ben', segments: [{ start: 0, end: 4, broken: false }] } },
};
const waveform = Array.from({ length: 40 }, (_, i) => i * 2);
const card = { type: 'nameCard', account: 'chen', name: 'Name of chen', avatar: '' };
const merged = {
  type: 101,
  data: {
    sessionName: 'Riders',
    depth: 2,
    md5: 'a'.repeat(32),
    url: 'https://files.example/merged.txt',
    abstracts: [{ senderNick: 'Chen', userAccId: 'chen', content: 'See you' }],
  },
};

/** A file on the device with bytes of its own. */
const file = ({ wx }: Client, what: string, ext: string) =>
  wx.files.add(Buffer.from(`bytes of ${what}`), ext);

function custom(what: string, json: object, value: object | null): Sample {
  return {
    what,
    send: (chat) => chat.send(chat.creator.createCustomMessage('', JSON.stringify(json))),
    is: { kind: 'custom', content: { type: String((json as { type: unknown }).type), value } },
  };
}

/** Each kind, sent as the "+" panel and the composer send it. */
const SAMPLES: readonly Sample[] = [
  {
    what: 'a text with an emoji code',
    send: (chat) => chat.sendText('well [大笑] done'),
    is: { kind: 'text', content: { text: 'well 😄 done' } },
  },
  {
    what: 'a text with a mention',
    send: (chat) =>
      chat.send({
        ...chat.creator.createTextMessage('@Ben come'),
        serverExtension: JSON.stringify(mention),
      }),
    is: { kind: 'text', content: { mentions: [{ accountId: 'ben', start: 0, end: 4 }] } },
  },
  {
    what: 'a picture',
    send: (chat, client) =>
      chat.sendFile({
        kind: 'image',
        file: file(client, 'a picture', 'png'),
        name: 'a.png',
        width: 300,
        height: 200,
      }),
    is: { kind: 'image', content: { name: 'a.png', width: 300, height: 200 } },
    bytes: 'bytes of a picture',
  },
  {
    what: 'a GIF',
    send: (chat, client) =>
      chat.sendFile({
        kind: 'image',
        file: file(client, 'a GIF', 'gif'),
        name: 'b.gif',
        width: 30,
        height: 40,
      }),
    is: { kind: 'image', content: { ext: '.gif', width: 30, height: 40 } },
    bytes: 'bytes of a GIF',
  },
  {
    what: 'a voice message',
    send: (chat, client) =>
      chat.sendFile({
        kind: 'audio',
        file: file(client, 'a voice', 'mp3'),
        name: 'c.mp3',
        duration: 4000,
        serverExtension: JSON.stringify({ waveform }),
      }),
    is: { kind: 'audio', content: { duration: 4000, waveform } },
    bytes: 'bytes of a voice',
  },
  {
    what: 'a video',
    send: (chat, client) =>
      chat.sendFile({
        kind: 'video',
        file: file(client, 'a video', 'mp4'),
        name: 'd.mp4',
        duration: 5000,
        width: 640,
        height: 360,
      }),
    is: { kind: 'video', content: { duration: 5000, width: 640, height: 360 } },
    bytes: 'bytes of a video',
  },
  {
    what: 'a file',
    send: (chat, client) =>
      chat.sendFile({ kind: 'file', file: file(client, 'a file', 'pdf'), name: 'Plan 计划.pdf' }),
    is: { kind: 'file', content: { name: 'Plan 计划.pdf', ext: '.pdf', size: 15 } },
    bytes: 'bytes of a file',
  },
  {
    what: 'a place',
    send: (chat) =>
      chat.send({ ...chat.creator.createLocationMessage(30.2, 120.1, 'Hangzhou'), text: 'Lake' }),
    is: {
      kind: 'location',
      content: {
        title: 'Lake',
        address: 'Hangzhou',
        place: { latitude: 30.2, longitude: 120.1 },
      },
    },
  },
  {
    what: 'a tip',
    send: (chat) => chat.send(chat.creator.createTipsMessage('Be kind')),
    is: { kind: 'tips', content: { text: 'Be kind' } },
  },
  custom('a name card', card, { account: 'chen', name: 'Name of chen' }),
  custom('messages forwarded together', merged, {
    title: 'Riders',
    depth: 2,
    lines: [{ name: 'Chen', text: 'See you' }],
  }),
  custom('a custom type that nobody knows', { type: 'from the future', x: 1 }, null),
];

const expected = SAMPLES.map(({ is }) => is);
const shownBy = (chat: Chat) => rowsOf(chat);

async function expectAll(who: string, chat: Chat): Promise<readonly MessageRow[]> {
  await waitFor(
    () => {
      const rows = shownBy(chat);
      return rows.length === SAMPLES.length && rows.every(({ status }) => status === 'sent');
    },
    { what: `${who} to have every message` },
  );
  const rows = shownBy(chat);
  expect(rows).toMatchObject(expected);
  return rows;
}

/** Compares what stands behind the addresses with what was sent. */
async function expectFiles(rows: readonly MessageRow[]): Promise<void> {
  for (const [i, { bytes, what }] of SAMPLES.entries()) {
    if (bytes === undefined) continue;
    const { url } = rows[i]?.content as { url: string };
    expect([what, await (await fetch(url)).text()]).toEqual([what, bytes]);
  }
}

describe.each([
  ['a chat of two', 'p2p', 1],
  ['a team', 'team', 2],
  ['a super team', 'superTeam', 3],
] as const)('each kind of message in %s', (_name, kind, type) => {
  test("is right for two receivers, on the sender's other client, and after signing in again", async () => {
    const { emulator } = world;
    const teamId =
      kind === 'p2p'
        ? undefined
        : emulator.teams.create({ kind, name: 'T', owner: 'anna', members: ['ben', 'chen'] })
            .teamId;
    const open = async (client: Client, peer: string) => {
      const { accountId, messages } = client.account;
      const chat = messages.open(`${accountId}|${type}|${teamId ?? peer}`);
      await waitFor(() => chat.ready, { what: 'the first page' });
      return chat;
    };
    const anna = await world.online('anna');
    const tablet = await world.online('anna');
    const ben = await world.online('ben');
    const second = await world.online(teamId === undefined ? 'ben' : 'chen');
    const annas = await open(anna, 'ben');
    const others = [
      ['ben', await open(ben, 'anna')],
      ['the second receiver', await open(second, 'anna')],
      ["anna's tablet", await open(tablet, 'ben')],
    ] as const;
    for (const { what, is, send } of SAMPLES) {
      send(annas, anna);
      const row = shownBy(annas).at(-1);
      expect(row?.kind).toBe((is as { kind: string }).kind);
      // A text does not wait for the upload of a file that was chosen before it (decision 014).
      await waitFor(() => row?.status === 'sent', { what: `${what} to be sent` });
    }
    const own = await expectAll('anna', annas);
    for (const [who, chat] of others) await expectFiles(await expectAll(who, chat));
    expect(emulator.storage.objects()).toHaveLength(SAMPLES.filter(({ bytes }) => bytes).length);

    const ids = own.map(({ messageClientId }) => messageClientId);
    for (const [client, accountId] of [
      [ben, 'ben'],
      [anna, 'anna'],
    ] as const) {
      await client.root.session.signOut();
      await client.signIn({ way: 'static', accountId, token: `token-${accountId}` });
      const again = await open(client, accountId === 'anna' ? 'ben' : 'anna');
      const rows = await expectAll(`${accountId}, signed in again,`, again);
      expect(rows.map(({ messageClientId }) => messageClientId)).toEqual(ids);
      await expectFiles(rows);
    }
  });
});
