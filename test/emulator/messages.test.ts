import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { V2NIMMessage } from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMMessageService';
import { Reason } from '../../emulator';
import type { TestClient } from './support/client';
import { errorOf, until, useStage } from './support/stage';

/** Roles of members on the wire. */
const NORMAL = 0;
const MANAGER = 2;

describe('messages', () => {
  const stage = useStage();

  const seedLog = (count: number): void => {
    for (let index = 1; index <= count; index += 1) {
      stage.emulator.world.sendMessage({ from: 'ann', to: 'ben', text: `m${index}` });
    }
  };
  const list = (client: TestClient, options: Record<string, unknown>): Promise<V2NIMMessage[]> =>
    client.nim.V2NIMMessageService.getMessageList({
      conversationId: client.conversationId('ben'),
      ...options,
    } as never);
  const texts = (messages: V2NIMMessage[]): (string | undefined)[] =>
    messages.map(({ text }) => text);
  const logOf = (): string[] =>
    stage.emulator.world.serverLog('p2p', 'ann', 'ben').map((m) => m.text);

  describe('history', () => {
    test('is paged from the newest back without gaps or duplicates', async () => {
      seedLog(25);
      const ann = await stage.online('ann');
      const newest = await list(ann, { limit: 10, direction: 0 });
      const older = await list(ann, { limit: 10, direction: 0, anchorMessage: newest.at(-1) });
      const oldest = await list(ann, { limit: 10, direction: 0, anchorMessage: older.at(-1) });
      expect(texts([...newest, ...older, ...oldest])).toEqual(logOf().reverse());
      expect([newest, older, oldest].map((page) => page.length)).toEqual([10, 10, 5]);
    });

    test('is paged from the oldest on', async () => {
      seedLog(12);
      const ann = await stage.online('ann');
      const first = await list(ann, { limit: 5, direction: 1 });
      const next = await list(ann, { limit: 5, direction: 1, anchorMessage: first.at(-1) });
      expect(texts([...first, ...next])).toEqual(logOf().slice(0, 10));
    });

    test('is limited to the requested times and types', async () => {
      const { world } = stage.emulator;
      const base = Date.now() - 10_000;
      world.sendMessage({ from: 'ann', to: 'ben', text: 'a', createTime: base });
      world.sendMessage({ from: 'ann', to: 'ben', text: 'b', createTime: base + 10 });
      world.sendMessage({
        from: 'ann',
        to: 'ben',
        text: 't',
        messageType: 10,
        createTime: base + 20,
      });
      const ann = await stage.online('ann');
      const inTime = { limit: 10, direction: 1, beginTime: base + 5, endTime: base + 20 };
      expect(texts(await list(ann, inTime))).toEqual(['b', 't']);
      expect(texts(await list(ann, { ...inTime, messageTypes: [10] }))).toEqual(['t']);
    });

    test('returns messages by reference', async () => {
      seedLog(3);
      const ann = await stage.online('ann');
      const [newest] = await list(ann, { limit: 1, direction: 0 });
      if (!newest) throw new Error('no message');
      const found = await ann.nim.V2NIMMessageService.getMessageListByRefers([newest]);
      expect(texts(found)).toEqual(['m3']);
    });

    test('of a team is readable for its members only', async () => {
      const { world } = stage.emulator;
      const { teamId } = world.teams.createTeam({ name: 'T', owner: 'ann', members: ['ben'] });
      world.sendMessage({ type: 'team', from: 'ben', to: teamId, text: 'inside' });
      const conversationId = `ann|2|${teamId}`;
      const ann = await stage.online('ann');
      const inside = await ann.nim.V2NIMMessageService.getMessageList({
        conversationId,
        limit: 5,
        direction: 0,
      } as never);
      expect(texts(inside)).toEqual(['inside']);
      const cid = await stage.online('cid');
      const refused = cid.nim.V2NIMMessageService.getMessageList({
        conversationId: `cid|2|${teamId}`,
        limit: 5,
        direction: 0,
      } as never);
      expect((await errorOf(refused)).code).toBe(Reason.teamMemberNotExist);
    });
  });

  test('the same message sent again after a lost answer is one message', async () => {
    const ann = await stage.online('ann');
    const message = ann.nim.V2NIMMessageCreator.createTextMessage('once');
    const { V2NIMMessageService: service } = ann.nim;
    const to = ann.conversationId('ben');
    stage.emulator.faults.add({ kind: 'command', command: '30_1', drop: 'reply', times: 1 });
    const lost = errorOf(service.sendMessage(message, to));
    await until(() => logOf().length === 1, 'the message arrived');
    ann.nim.V2NIMLoginService.setReconnectDelayProvider(() => 0);
    const after = ann.events.length;
    stage.emulator.faults.cut({ accountId: 'ann' });
    expect((await lost).code).toBe(192003);
    await ann.waitFor('onDataSync', (_type: number, state: number) => state === 3, after);
    const again = await service.sendMessage(message, to);
    const [stored] = stage.emulator.world.serverLog('p2p', 'ann', 'ben');
    expect(again.message.messageServerId).toBe(stored?.messageServerId);
    expect(again.message.createTime).toBe(stored?.createTime);
    expect(logOf()).toEqual(['once']);
  });

  test('server times are strictly increasing in a conversation, ids are decimal strings', async () => {
    const ann = await stage.online('ann');
    const sent = await Promise.all(
      Array.from({ length: 20 }, (_, index) => ann.sendText('ben', `${index}`)),
    );
    const times = sent.map(({ createTime }) => createTime);
    expect(new Set(times).size).toBe(20);
    expect([...times].sort((a, b) => a - b)).toEqual(times);
    expect(sent.every(({ messageServerId }) => /^\d+$/.test(messageServerId))).toBe(true);
    expect(logOf()).toEqual(sent.map(({ text }) => text));
  });

  test.each<[string, number, () => void]>([
    [
      'to an unknown account',
      Reason.accountNotExist,
      () => delete stage.emulator.world.state.accounts['ben'],
    ],
    [
      'to an account that has blocked the sender',
      Reason.accountInBlockList,
      () => stage.emulator.world.relations.setRelation('ben', 'ann', { blocked: true }),
    ],
    [
      'of an account that is banned from chatting',
      Reason.accountChatBanned,
      () => Object.assign(stage.emulator.world.requireAccount('ann'), { chatBanned: true }),
    ],
  ])('a message %s is refused with %i', async (_what, code, arrange) => {
    const ann = await stage.online('ann');
    arrange();
    expect((await errorOf(ann.sendText('ben', 'hey'))).code).toBe(code);
    expect(logOf()).toEqual([]);
  });

  test('a read receipt reaches the sender', async () => {
    const ann = await stage.online('ann');
    const ben = await stage.online('ben');
    const sent = await ann.sendText('ben', 'read me');
    await ben.waitFor('onReceiveMessages');
    const [received] = ben.received();
    if (!received) throw new Error('nothing received');
    await ben.nim.V2NIMMessageService.sendP2PMessageReceipt(received);
    await ann.waitFor('onReceiveP2PMessageReadReceipts');
    expect(ann.nim.V2NIMMessageService.isPeerRead(sent)).toBe(true);
  });

  test('copies of my sent messages and my read positions reach my other device', async () => {
    const phone = await stage.online('ann');
    const tablet = await stage.online('ann');
    await phone.sendText('ben', 'from the phone');
    const [copies] = await tablet.waitFor('onReceiveMessages');
    expect(copies).toMatchObject([{ text: 'from the phone', isSelf: true }]);
    expect(phone.received()).toEqual([]);
    const conversationId = phone.conversationId('ben');
    await phone.nim.V2NIMLocalConversationService.markConversationRead(conversationId);
    await tablet.waitFor('onConversationReadTimeUpdated');
  });

  describe('recalling', () => {
    test('a message removes it for both sides, with the given postscript', async () => {
      const ann = await stage.online('ann');
      const ben = await stage.online('ben');
      const sent = await ann.sendText('ben', 'oops');
      await ben.waitFor('onReceiveMessages');
      await ann.nim.V2NIMMessageService.revokeMessage(sent, { postscript: 'typo' });
      const [told] = await ben.waitFor('onMessageRevokeNotifications');
      expect(told).toMatchObject([{ postscript: 'typo', revokeAccountId: 'ann', revokeType: 1 }]);
      expect(logOf()).toEqual([]);
    });

    test('is refused with 107314 after the time limit', async () => {
      const ann = await stage.online('ann');
      const sent = await ann.sendText('ben', 'too late');
      stage.emulator.world.state.recallLimitMs = -1;
      const refused = ann.nim.V2NIMMessageService.revokeMessage(sent);
      expect((await errorOf(refused)).code).toBe(Reason.revokeExceedTimeLimit);
      expect(logOf()).toEqual(['too late']);
    });

    test('is refused with 107404 when the message no longer exists', async () => {
      const ann = await stage.online('ann');
      const sent = await ann.sendText('ben', 'twice');
      await ann.nim.V2NIMMessageService.revokeMessage(sent);
      const again = errorOf(ann.nim.V2NIMMessageService.revokeMessage(sent));
      expect((await again).code).toBe(Reason.messageNotExist);
    });

    test("other members' messages in a team is allowed to owner and managers", async () => {
      const { world } = stage.emulator;
      const { teamId } = world.teams.createTeam({
        name: 'T',
        owner: 'ann',
        members: ['ben', 'cid'],
      });
      world.sendMessage({ type: 'team', from: 'ben', to: teamId, text: 'x' });
      const cid = await stage.online('cid');
      const [message] = cid.received();
      if (!message) throw new Error('nothing received');
      const refused = await errorOf(cid.nim.V2NIMMessageService.revokeMessage(message));
      expect(refused.code).toBe(Reason.senderOrManagerPermissionOnlyRevoke);
      const ann = await stage.online('ann');
      const [forAnn] = ann.received();
      if (!forAnn) throw new Error('nothing received');
      await ann.nim.V2NIMMessageService.revokeMessage(forAnn);
      await cid.waitFor('onMessageRevokeNotifications');
    });

    test("other members' messages in a team ends with the role and the membership", async () => {
      const { world } = stage.emulator;
      const { teamId } = world.teams.createTeam({
        name: 'T',
        owner: 'ann',
        members: ['ben', 'cid'],
      });
      const role = (value: number) => {
        const member = world.teams.member(teamId, 'cid');
        if (member) member.role = value;
      };
      const cid = await stage.online('cid');
      const sent = async (text: string) => {
        world.sendMessage({ type: 'team', from: 'ben', to: teamId, text });
        await cid.waitFor('onReceiveMessages', ([one]: V2NIMMessage[]) => one?.text === text);
        return cid.received().find((one) => one.text === text);
      };
      const recall = async (text: string) => {
        const message = await sent(text);
        if (!message) throw new Error('nothing received');
        return cid.nim.V2NIMMessageService.revokeMessage(message);
      };
      role(MANAGER);
      await recall('by a manager');
      role(NORMAL);
      expect((await errorOf(recall('by a member'))).code).toBe(
        Reason.senderOrManagerPermissionOnlyRevoke,
      );
      role(MANAGER);
      world.state.recallLimitMs = -1;
      expect((await errorOf(recall('too late'))).code).toBe(Reason.revokeExceedTimeLimit);
    });

    test('one way, by the server, is told to the receiver alone; the sender keeps it', async () => {
      const { world } = stage.emulator;
      const ann = await stage.online('ann');
      const ben = await stage.online('ben');
      const message = world.sendMessage({ from: 'ann', to: 'ben', text: 'rude' });
      await ben.waitFor('onReceiveMessages');
      world.recall(message, { operatorId: 'ann', oneWay: true });
      const [told] = await ben.waitFor('onMessageRevokeNotifications');
      expect(told).toMatchObject([{ revokeType: 4 }]);
      const textsFor = async ({ nim }: typeof ann, conversationId: string) =>
        (await nim.V2NIMMessageService.getMessageList({ conversationId, limit: 10 })).map(
          ({ text }) => text,
        );
      expect(await textsFor(ann, 'ann|1|ben')).toEqual(['rude']);
      expect(await textsFor(ben, 'ben|1|ann')).toEqual([]);
    });
  });

  test('one-way deletion hides the message on my devices only', async () => {
    const phone = await stage.online('ann');
    const tablet = await stage.online('ann');
    const sent = await phone.sendText('ben', 'hide me');
    await phone.sendText('ben', 'keep me');
    await phone.nim.V2NIMMessageService.deleteMessage(sent);
    await tablet.waitFor('onMessageDeletedNotifications');
    expect(texts(await list(phone, { limit: 10, direction: 0 }))).toEqual(['keep me']);
    const ben = await stage.online('ben');
    expect(texts(ben.received())).toEqual(['hide me', 'keep me']);
  });

  test('a cleared history is empty for me, and takes new messages', async () => {
    const ann = await stage.online('ann');
    const tablet = await stage.online('ann');
    await ann.sendText('ben', 'before');
    await ann.nim.V2NIMMessageService.clearHistoryMessage({
      conversationId: ann.conversationId('ben'),
      deleteRoam: true,
      onlineSync: true,
    });
    await tablet.waitFor('onClearHistoryNotifications');
    await ann.sendText('ben', 'after');
    expect(texts(await list(ann, { limit: 10, direction: 0 }))).toEqual(['after']);
    expect(logOf()).toEqual(['before', 'after']);
  });

  test('a message after a clearing, in the same millisecond, is not cleared', async () => {
    const stopped = Date.now();
    await stage.start({ now: () => stopped });
    const ann = await stage.online('ann');
    await ann.nim.V2NIMMessageService.clearHistoryMessage({
      conversationId: ann.conversationId('ben'),
      deleteRoam: true,
      onlineSync: true,
    });
    stage.emulator.world.sendMessage({ from: 'ben', to: 'ann', text: 'after' });
    // Another client has no cache, so its answer comes from the server.
    const tablet = await stage.online('ann');
    expect(texts(await list(tablet, { limit: 10, direction: 0 }))).toEqual(['after']);
  });

  test('a custom notification arrives, also after an absence', async () => {
    const ann = await stage.online('ann');
    const send = (content: string): Promise<void> =>
      ann.nim.V2NIMNotificationService.sendCustomNotification(
        ann.conversationId('ben'),
        content,
        {},
      );
    await send('{"typing":1}');
    const ben = await stage.online('ben');
    const [late] = await ben.waitFor('onReceiveCustomNotifications');
    expect(late).toMatchObject([{ content: '{"typing":1}', senderId: 'ann' }]);
    await send('{"typing":2}');
    await ben.waitFor(
      'onReceiveCustomNotifications',
      ([{ content }]: [{ content: string }]) => content === '{"typing":2}',
    );
    await until(
      () => stage.emulator.world.mailbox('ben').notifications.length === 0,
      'acknowledged',
    );
  });

  test('an image is uploaded and can be fetched from the URL of the message', async () => {
    const ann = await stage.online('ann');
    const ben = await stage.online('ben');
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAYAAACddGYaAAAADklEQVR42mNk+M9QDwAEggGBvTqDKQAAAABJRU5ErkJggg==',
      'base64',
    );
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'emulator-')), 'dot.png');
    writeFileSync(file, png);
    const message = ann.nim.V2NIMMessageCreator.createImageMessage(file, 'dot.png');
    await ann.nim.V2NIMMessageService.sendMessage(message, ann.conversationId('ben'));
    const [messages] = await ben.waitFor('onReceiveMessages');
    const attachment = (messages as V2NIMMessage[])[0]?.attachment as unknown as {
      url: string;
      width: number;
      height: number;
      size: number;
    };
    expect(attachment).toMatchObject({ width: 3, height: 2, size: png.length });
    const fetched = await fetch(attachment.url);
    expect(Buffer.from(await fetched.arrayBuffer())).toEqual(png);
    expect(stage.emulator.unimplemented).toEqual([]);
  });
});
