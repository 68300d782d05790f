import type { V2NIMMessage } from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMMessageService';
import type { TestClient } from './support/client';
import { errorOf, until, useStage } from './support/stage';

const CONVERSATIONS = [
  ['a chat of two', 'p2p', 1],
  ['a team', 'team', 2],
  ['a super team', 'superTeam', 3],
] as const;

/** The arguments of the last event of this name; undefined before the first. */
function last<T>(client: TestClient, event: string): T | undefined {
  return client.events.filter((recorded) => recorded.event === event).at(-1)?.args[0] as T;
}

describe.each(CONVERSATIONS)('messages that were sent, in %s', (_name, type, conversationType) => {
  const stage = useStage();
  let teamId = '';
  let ann: TestClient;
  let tablet: TestClient;
  let ben: TestClient;

  beforeEach(async () => {
    if (type !== 'p2p')
      ({ teamId } = stage.emulator.teams.create({
        kind: type,
        name: 'T',
        owner: 'ann',
        members: ['ben', 'cid'],
      }));
    ann = await stage.online('ann');
    tablet = await stage.online('ann');
    ben = await stage.online('ben');
  });
  afterEach(() => {
    expect(stage.emulator.unimplemented).toEqual([]);
  });

  const idOf = ({ accountId }: TestClient): string =>
    `${accountId}|${conversationType}|${type === 'p2p' ? (accountId === 'ann' ? 'ben' : 'ann') : teamId}`;
  const send = async (client: TestClient, text: string): Promise<V2NIMMessage> => {
    const { V2NIMMessageCreator, V2NIMMessageService } = client.nim;
    const message = V2NIMMessageCreator.createTextMessage(text);
    return (await V2NIMMessageService.sendMessage(message, idOf(client))).message;
  };
  const copyAt = async (client: TestClient, { messageClientId }: V2NIMMessage) => {
    const find = () =>
      client.received().find((message) => message.messageClientId === messageClientId);
    await until(() => find() !== undefined, 'the message arrives');
    return find() as V2NIMMessage;
  };

  test('an edit reaches the other account and the other client, and stays in the history', async () => {
    const sent = await send(ann, 'before');
    await copyAt(ben, sent);
    await ann.nim.V2NIMMessageService.modifyMessage(sent, {
      text: 'after',
      serverExtension: '{"edited":1}',
    });
    for (const client of [ben, tablet]) {
      const edited = () => last<V2NIMMessage[]>(client, 'onReceiveMessagesModified')?.[0];
      await until(() => edited() !== undefined, 'the edit arrives');
      expect(edited()).toMatchObject({
        messageServerId: sent.messageServerId,
        text: 'after',
        serverExtension: '{"edited":1}',
        modifyAccountId: 'ann',
        modifyTime: expect.any(Number) as number,
      });
    }
    const later = await stage.online('ben');
    const page = await later.nim.V2NIMMessageService.getMessageList({
      conversationId: idOf(later),
    } as never);
    expect(page.map(({ text }) => text)).toEqual(['after']);
  });

  test('only the sender edits in a chat of two; a manager of a team edits too', async () => {
    const sent = await copyAt(ben, await send(ann, 'mine'));
    const refused = ben.nim.V2NIMMessageService.modifyMessage(sent, { text: 'not yours' });
    expect((await errorOf(refused)).code).toBe(403);
    const own = await copyAt(ann, await send(ben, 'of ben'));
    const byAnn = ann.nim.V2NIMMessageService.modifyMessage(own, { text: 'tidied' });
    if (type === 'p2p') expect((await errorOf(byAnn)).code).toBe(403);
    else expect((await byAnn).message?.text).toBe('tidied');
  });

  test('a reaction is added once, told to everybody, listed and removed', async () => {
    const sent = await send(ann, 'what do you think');
    const copy = await copyAt(ben, sent);
    const { V2NIMMessageService: service } = ben.nim;
    await service.addQuickComment(copy, 3, '{"skin":2}');
    await service.addQuickComment(copy, 3, '{"skin":2}');
    await service.addQuickComment(copy, 4);
    for (const client of [ann, tablet]) {
      const event = () =>
        client.events
          .filter(({ event: name }) => name === 'onMessageQuickCommentNotification')
          .map(({ args }) => args[0]);
      await until(() => event().length === 3, 'the reactions arrive');
      expect(event()[0]).toMatchObject({
        operationType: 1,
        quickComment: {
          index: 3,
          operatorId: 'ben',
          serverExtension: '{"skin":2}',
          messageRefer: { messageServerId: sent.messageServerId },
        },
      });
    }
    const list = async () =>
      (await ann.nim.V2NIMMessageService.getQuickCommentList([sent]))[sent.messageClientId];
    expect(await list()).toMatchObject([
      { index: 3, operatorId: 'ben', serverExtension: '{"skin":2}' },
      { index: 4, operatorId: 'ben' },
    ]);
    await service.removeQuickComment(copy, 3);
    expect(await list()).toMatchObject([{ index: 4 }]);
    await until(
      () =>
        last<{ operationType: number }>(ann, 'onMessageQuickCommentNotification')?.operationType ===
        2,
      'the removal arrives',
    );
    expect((await errorOf(service.removeQuickComment(copy, 3))).code).toBe(404);
  });

  test('a pin is told to everybody, listed, changed and removed', async () => {
    const sent = await send(ann, 'remember this');
    const copy = await copyAt(ben, sent);
    const { V2NIMMessageService: service } = ben.nim;
    await service.pinMessage(copy, 'why');
    expect((await errorOf(ann.nim.V2NIMMessageService.pinMessage(sent))).code).toBe(107322);
    const state = (client: TestClient) =>
      last<{ pinState: number; pin: object }>(client, 'onMessagePinNotification');
    for (const client of [ann, tablet]) {
      await until(() => state(client) !== undefined, 'the pin arrives');
      expect(state(client)).toMatchObject({
        pinState: 1,
        pin: { operatorId: 'ben', serverExtension: 'why' },
      });
      expect(await client.nim.V2NIMMessageService.getPinnedMessageList(idOf(client))).toMatchObject(
        [
          {
            operatorId: 'ben',
            serverExtension: 'why',
            messageRefer: { messageClientId: sent.messageClientId, conversationId: idOf(client) },
          },
        ],
      );
    }
    await ann.nim.V2NIMMessageService.updatePinMessage(sent, 'because');
    await until(() => state(ben)?.pinState === 2, 'the change arrives');
    await ann.nim.V2NIMMessageService.unpinMessage(sent);
    await until(() => state(ben)?.pinState === 0, 'the removal arrives');
    expect(await service.getPinnedMessageList(idOf(ben))).toEqual([]);
    expect((await errorOf(service.unpinMessage(copy))).code).toBe(107320);
  });

  test('the search finds the messages that the account may see', async () => {
    await send(ann, 'the Harbour at night');
    await send(ben, 'a harbour by day');
    await send(ann, 'nothing');
    stage.emulator.world.sendMessage({ from: 'ben', to: 'cid', text: 'harbour, secretly' });
    const search = async (more: object) =>
      (
        await ann.nim.V2NIMMessageService.searchCloudMessages({
          keyword: 'HARBOUR',
          ...more,
        } as never)
      ).map(({ text }) => text);
    expect(await search({})).toEqual(['a harbour by day', 'the Harbour at night']);
    expect(await search({ sortOrder: 1 })).toEqual(['the Harbour at night', 'a harbour by day']);
    expect(await search({ messageLimit: 1 })).toEqual(['a harbour by day']);
    expect(await search({ senderAccountIds: ['ann'] })).toEqual(['the Harbour at night']);
    expect(await search({ messageTypes: [1] })).toEqual([]);
    expect(await search({ conversationLimit: 5, messageLimit: 1 })).toEqual(['a harbour by day']);
    const here = type === 'p2p' ? { p2pAccountIds: ['ben'] } : { teamIds: [teamId] };
    expect(await search(here)).toHaveLength(2);
    expect(await search({ p2pAccountIds: ['cid'] })).toEqual([]);
  });

  test('replies are a thread and are found by their references', async () => {
    const root = await send(ann, 'a question');
    const copy = await copyAt(ben, root);
    const { V2NIMMessageCreator, V2NIMMessageService } = ben.nim;
    for (const text of ['an answer', 'another']) {
      const reply = V2NIMMessageCreator.createTextMessage(text);
      await V2NIMMessageService.replyMessage(reply, copy);
    }
    const thread = await ann.nim.V2NIMMessageService.getThreadMessageList({
      messageRefer: root,
      direction: 1,
    } as never);
    expect(thread).toMatchObject({
      message: { text: 'a question' },
      replyCount: 2,
      replyList: [{ text: 'an answer' }, { text: 'another' }],
    });
    await until(() => ann.received().length === 2, 'the replies arrive');
    expect(ann.received()[0]?.threadReply).toMatchObject({
      messageClientId: root.messageClientId,
      senderId: 'ann',
    });
  });

  test('a recalled message has no pin and no reactions, and cannot be edited', async () => {
    const sent = await send(ann, 'gone soon');
    const copy = await copyAt(ben, sent);
    await ben.nim.V2NIMMessageService.pinMessage(copy);
    await ben.nim.V2NIMMessageService.addQuickComment(copy, 1);
    await ann.nim.V2NIMMessageService.revokeMessage(sent);
    expect(await ben.nim.V2NIMMessageService.getPinnedMessageList(idOf(ben))).toEqual([]);
    for (const act of [
      () => ann.nim.V2NIMMessageService.modifyMessage(sent, { text: 'back' }),
      () => ben.nim.V2NIMMessageService.addQuickComment(copy, 2),
      () => ben.nim.V2NIMMessageService.pinMessage(copy),
    ])
      expect((await errorOf(act())).code).toBe(107404);
  });
});

describe('edits while a client has no link', () => {
  const stage = useStage();

  test('arrive with the next sync', async () => {
    const ann = await stage.online('ann');
    const ben = await stage.online('ben');
    const sent = await ann.sendText('ben', 'before');
    await until(() => ben.received().length === 1, 'the message arrives');
    const syncs = ben.events.length;
    ben.breakLink();
    await ben.waitFor('onDisconnected');
    await ann.nim.V2NIMMessageService.modifyMessage(sent, { text: 'after' });
    await ben.waitFor('onReceiveMessagesModified', () => true, syncs);
    expect(last<V2NIMMessage[]>(ben, 'onReceiveMessagesModified')).toMatchObject([
      { messageClientId: sent.messageClientId, text: 'after' },
    ]);
  });
});

describe('collections', () => {
  const stage = useStage();

  test('are added once, paged in both directions, changed and removed', async () => {
    const ann = await stage.online('ann');
    const { V2NIMMessageService: service } = ann.nim;
    for (const name of ['a', 'b', 'c'])
      await service.addCollection({
        collectionType: 1,
        collectionData: `{"name":"${name}"}`,
        uniqueId: name,
      });
    await service.addCollection({
      collectionType: 1,
      collectionData: '{"name":"B"}',
      uniqueId: 'b',
    });
    await service.addCollection({ collectionType: 2, collectionData: '{}' });
    const list = (option: object) => service.getCollectionListExByOption(option as never);
    const newest = await list({ collectionType: 1, limit: 2 });
    expect(newest.totalCount).toBe(3);
    expect(newest.collectionList.map(({ collectionData }) => collectionData)).toEqual([
      '{"name":"c"}',
      '{"name":"B"}',
    ]);
    const anchorCollection = newest.collectionList[1];
    const older = await list({ collectionType: 1, limit: 2, anchorCollection, direction: 0 });
    expect(older.collectionList.map(({ uniqueId }) => uniqueId)).toEqual(['a']);
    const oldest = await list({ direction: 1, limit: 1 });
    expect(oldest.collectionList.map(({ uniqueId }) => uniqueId)).toEqual(['a']);

    const [first] = oldest.collectionList;
    if (!first) throw new Error('no collection');
    const changed = await service.updateCollectionExtension(first, '{"tag":"x"}');
    expect(changed.serverExtension).toBe('{"tag":"x"}');
    expect(await service.removeCollections([first])).toBe(1);
    expect((await errorOf(service.updateCollectionExtension(first, ''))).code).toBe(189302);
    expect((await list({})).totalCount).toBe(3);
    const ben = await stage.online('ben');
    const others = await ben.nim.V2NIMMessageService.getCollectionListByOption({} as never);
    expect(others).toEqual([]);
  });
});

describe('read counts of team messages', () => {
  const stage = useStage();

  test('tell the sender at once, and name the readers', async () => {
    const { teamId } = stage.emulator.teams.create({
      name: 'T',
      owner: 'ann',
      members: ['ben', 'cid'],
    });
    const ann = await stage.online('ann');
    const ben = await stage.online('ben');
    const { V2NIMMessageCreator, V2NIMMessageService } = ann.nim;
    const send = async (readReceiptEnabled: boolean) =>
      (
        await V2NIMMessageService.sendMessage(
          V2NIMMessageCreator.createTextMessage('read this'),
          `ann|2|${teamId}`,
          { messageConfig: { readReceiptEnabled } } as never,
        )
      ).message;
    const sent = await send(true);
    const count = () => last<object[]>(ann, 'onReceiveTeamMessageReadReceipts')?.[0];
    expect(count()).toMatchObject({ readCount: 0, unreadCount: 2 });
    await until(() => ben.received().length === 1, 'the message arrives');
    await ben.nim.V2NIMMessageService.sendTeamMessageReceipts(ben.received());
    await until(() => (count() as { readCount: number }).readCount === 1, 'the receipt arrives');
    expect(count()).toMatchObject({
      conversationId: `ann|2|${teamId}`,
      messageServerId: sent.messageServerId,
      readCount: 1,
      unreadCount: 1,
      latestReadAccount: 'ben',
    });
    expect(await V2NIMMessageService.getTeamMessageReceipts([sent])).toMatchObject([
      { readCount: 1, unreadCount: 1 },
    ]);
    expect(await V2NIMMessageService.getTeamMessageReceiptDetail(sent)).toMatchObject({
      readAccountList: ['ben'],
      unreadAccountList: ['cid'],
    });
    const silent = await send(false);
    const detail = V2NIMMessageService.getTeamMessageReceiptDetail(silent);
    expect((await errorOf(detail)).code).toBe(108301);
  });
});

describe('voice to text', () => {
  const stage = useStage();

  test('answers a text for the address of a sound', async () => {
    const ann = await stage.online('ann');
    const text = await ann.nim.V2NIMMessageService.voiceToText({
      voiceUrl: 'https://sounds.example/a.aac',
      mimeType: 'aac',
      sampleRate: '16000',
      duration: 4000,
    } as never);
    expect(text).toBe('voice of 4 s');
  });
});
