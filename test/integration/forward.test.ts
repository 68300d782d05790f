import { createHash } from 'node:crypto';
import { forwardedRow } from '@/packages/chat/favourites/forwarded-row';
import { forward } from '@/packages/chat/forward/forward';
import { messagesIn } from '@/packages/chat/merged/merged-file';
import { systemClock } from '@/platform';
import type { V2NIMMessage } from '@/sdk/types';
import { collect, Favourites } from '@/stores/chat/favourites';
import { MERGED } from '@/stores/messages/kinds/custom';
import { mergedIn } from '@/stores/messages/kinds/merged';
import { encodePng } from '../../emulator/server/png';
import { rowsOf, useWorld, waitFor } from '../harness';

const mockHost: { fileSystem: () => unknown } = { fileSystem: () => undefined };
jest.mock('@tarojs/taro', () => ({
  __esModule: true,
  default: { getFileSystemManager: () => mockHost.fileSystem() },
}));

const world = useWorld();
const OPTIONS = { comment: '', language: 'en' } as const;
const PNG = encodePng({ width: 4, height: 2, data: Buffer.alloc(32, 128) });

/** Anna's chat with ben, in which ben has said a text, a picture, a place and an order. */
async function begin() {
  const ben = await world.bare('ben');
  const { V2NIMMessageService: service, V2NIMMessageCreator: creator } = ben.nim;
  ben.wx.files.write('wxfile://tmp/a.png', PNG);
  const mention = { yxAitMsg: { anna: { text: '@anna', segments: [] } }, own: 'secret' };
  const said = [
    { ...creator.createTextMessage('hello'), serverExtension: JSON.stringify(mention) },
    creator.createImageMessage('wxfile://tmp/a.png', 'a.png', undefined, 4, 2),
    creator.createLocationMessage(30, 120, 'here'),
    creator.createCustomMessage('', '{"type":"order"}'),
  ];
  const sent: V2NIMMessage[] = [];
  for (const message of said) sent.push((await service.sendMessage(message, 'ben|1|anna')).message);
  const anna = await world.online('anna');
  const chat = await anna.chatWith('ben');
  await waitFor(() => rowsOf(chat).length === 4, { what: 'the messages' });
  mockHost.fileSystem = () => anna.wx.wx.getFileSystemManager();
  Object.assign(globalThis, { wx: anna.wx.wx });
  const rows = rowsOf(chat);
  return { anna, ben, chat, rows, sent };
}

type Begun = Awaited<ReturnType<typeof begin>>;

const request = ({ rows }: Begun, way: 'oneByOne' | 'merged') => ({
  conversationId: 'anna|1|ben',
  rows,
  way,
  onSent: () => undefined,
});

const received = (ben: Begun['ben'], count: number) =>
  waitFor(() => (ben.received.length >= count ? ben.received : undefined), {
    what: `${count} messages`,
  });

/** Conversation ids of a chat of two, a team and a super team, which ben is in. */
function targets(): string[] {
  const members = { owner: 'anna', members: ['ben'] };
  const team = world.emulator.teams.create({ kind: 'team', name: 'T', ...members });
  const superTeam = world.emulator.teams.create({ kind: 'superTeam', name: 'S', ...members });
  return ['anna|1|ben', `anna|2|${team.teamId}`, `anna|3|${superTeam.teamId}`];
}

describe('forwarded messages', () => {
  test('one by one reach a chat of two, a team and a super team with their content, and the comment', async () => {
    const begun = await begin();
    const { anna, ben, chat } = begun;
    // The next message that is written in the chat is a reply; a forwarded message is not.
    chat.extras = () => ({ serverExtension: '{"yxReplyMsg":{}}' });
    await forward(anna.account, request(begun, 'oneByOne'), targets(), {
      ...OPTIONS,
      comment: 'look',
    });
    const all = await received(ben, 15);
    for (const type of [1, 2, 3]) {
      const some = all.filter(({ conversationType }) => conversationType === (type as number));
      expect(some.map(({ messageType }) => messageType)).toEqual([0, 1, 4, 100, 0]);
      const [text, image, place, custom, comment] = some as [V2NIMMessage, ...V2NIMMessage[]];
      expect(text).toMatchObject({ text: 'hello', senderId: 'anna' });
      expect(text.serverExtension ?? '').toBe('');
      expect(image?.attachment).toMatchObject({ name: 'a.png', width: 4, height: 2 });
      expect(place?.attachment).toMatchObject({ latitude: 30, longitude: 120, address: 'here' });
      expect(custom?.attachment).toMatchObject({ raw: '{"type":"order"}' });
      expect(comment?.text).toBe('look');
    }
    expect(new Set(all.map(({ messageClientId }) => messageClientId)).size).toBe(15);
  });

  test('merged are a message with an uploaded file, from which all of them are read', async () => {
    const begun = await begin();
    const { anna, ben } = begun;
    await forward(anna.account, request(begun, 'merged'), targets(), OPTIONS);
    const all = await received(ben, 3);
    const raws = all.map(({ attachment }) => (attachment as { raw: string }).raw);
    expect(new Set(raws).size).toBe(1);
    const fields = JSON.parse(raws[0] ?? '') as { type: number; data: Record<string, unknown> };
    expect(fields.type).toBe(MERGED);
    expect(fields.data).toMatchObject({ depth: 1, sessionId: 'ben' });
    const merged = mergedIn(fields);
    expect(merged?.lines.map(({ text }) => text)).toEqual(['hello', '[Image]', '[Location]']);
    const file = Buffer.from(await (await fetch(merged?.url ?? '')).arrayBuffer());
    expect(createHash('md5').update(file).digest('hex')).toBe(merged?.md5);
    const text = file.toString('utf8');
    expect(messagesIn(text).map(({ kind }) => kind)).toEqual([
      ...['text', 'image', 'location', 'custom'],
    ]);
    expect(text).toContain('yxAitMsg');
    expect(text).not.toContain('secret');
    // The file of this device is gone after the upload.
    expect(() =>
      anna.wx.wx
        .getFileSystemManager()
        .accessSync(`${anna.wx.wx.env.USER_DATA_PATH}/forwarded.txt`),
    ).toThrow();

    const again = await waitFor(() => rowsOf(anna.account.messages.open('anna|1|ben'))[4], {
      what: 'the own row',
    });
    await forward(
      anna.account,
      { ...request(begun, 'merged'), rows: [...begun.rows, again] },
      ['anna|1|ben'],
      OPTIONS,
    );
    const last = (await received(ben, 4))[3];
    expect(JSON.parse((last?.attachment as { raw: string }).raw)).toMatchObject({
      data: { depth: 2 },
    });
  });

  test('that were recalled meanwhile are not sent', async () => {
    const begun = await begin();
    const { anna, ben, rows, sent } = begun;
    const [first] = rows;
    await ben.nim.V2NIMMessageService.revokeMessage(sent[0] as V2NIMMessage);
    await waitFor(() => first?.recalled, { what: 'the recall' });
    await expect(
      forward(
        anna.account,
        { ...request(begun, 'oneByOne'), rows: rows.slice(0, 1) },
        ['anna|1|ben'],
        OPTIONS,
      ),
    ).rejects.toMatchObject({ code: 107404 });
    await forward(anna.account, request(begun, 'oneByOne'), ['anna|1|ben'], OPTIONS);
    expect((await received(ben, 3)).map(({ messageType }) => messageType)).toEqual([1, 4, 100]);
  });
});

test('favourites are forwarded with their content, also when the message was recalled', async () => {
  const { anna, ben, rows, sent } = await begin();
  const { connection } = anna.account;
  for (const { message } of rows) await collect(connection, systemClock, message, 'Ben');
  await ben.nim.V2NIMMessageService.revokeMessage(sent[0] as V2NIMMessage);
  const favourites = new Favourites(connection, systemClock);
  await favourites.show(null);
  const kept = [...favourites.items].reverse().map(forwardedRow);
  const asked = {
    conversationId: '',
    rows: kept,
    way: 'oneByOne',
    onSent: () => undefined,
  } as const;
  await forward(anna.account, asked, ['anna|1|ben'], OPTIONS);
  const copies = await received(ben, 4);
  expect(copies.map(({ messageType }) => messageType).sort()).toEqual(
    sent.map(({ messageType }) => messageType).sort(),
  );
  expect(copies.find(({ messageType }) => messageType === 0)?.text).toBe('hello');
  const urlOf = (all: V2NIMMessage[]) =>
    (all.find(({ messageType }) => messageType === 1)?.attachment as { url?: string })?.url;
  expect(urlOf(copies)).toBe(urlOf(sent));
});
