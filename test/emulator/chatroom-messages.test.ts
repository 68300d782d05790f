import type { V2NIMChatroomMessage } from 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK/V2NIMChatroomMessageService';
import type { BareRoom } from '../harness/bare-room';
import { waitFor } from '../harness/wait-for';
import { errorOf } from './support/stage';
import { emitted, notified, receives, ROOM, useRooms } from './support/rooms';

const NEWEST_FIRST = 0;
const OLDEST_FIRST = 1;
const TEXT = 0;
const NOTIFICATION = 5;
const RECALLED = 16;

describe('messages of a chatroom', () => {
  const stage = useRooms();

  const failure = async (client: BareRoom, params?: object): Promise<number> =>
    (await errorOf(client.send('refused', params))).code;
  const textsOf = (messages: readonly V2NIMChatroomMessage[]) => messages.map(({ text }) => text);

  describe('sending', () => {
    test('reaches the other members as the SDK models it, and is answered with the server time', async () => {
      const anna = await stage.inside('anna');
      const ben = await stage.inside('ben', {
        roomNick: 'Benny',
        roomAvatar: 'http://127.0.0.1/ben.png',
        serverExtension: '{"level":3}',
      });
      const sent = await ben.send('hello', {
        messageConfig: { historyEnabled: true, highPriority: true },
        routeConfig: { routeEnabled: false, routeEnvironment: 'test' },
      });
      await receives(anna, 'hello');
      const message = anna.received[0];
      const userInfoConfig = {
        senderNick: 'Benny',
        senderAvatar: 'http://127.0.0.1/ben.png',
        senderExtension: '{"level":3}',
      };
      expect(message).toMatchObject({
        messageClientId: sent.messageClientId,
        messageType: TEXT,
        senderId: 'ben',
        senderClientType: 16,
        roomId: ROOM,
        isSelf: false,
        createTime: sent.createTime,
        messageConfig: { historyEnabled: true, highPriority: true },
        routeConfig: { routeEnabled: false, routeEnvironment: 'test' },
        userInfoConfig,
      });
      expect(sent).toMatchObject({
        sendingState: 1,
        isSelf: true,
        text: 'hello',
        messageConfig: { historyEnabled: true, highPriority: true },
        routeConfig: { routeEnabled: false, routeEnvironment: 'test' },
        userInfoConfig,
      });
      expect(ben.received).toEqual([]);
    });

    test('works for custom, location and tip messages, with extension and subtype', async () => {
      const anna = await stage.inside('anna');
      const ben = await stage.inside('ben');
      const creator = ben.client.V2NIMChatroomMessageCreator;
      const custom = creator.createCustomMessageWithAttachment({ raw: '{"gift":1}' }, 7);
      custom.serverExtension = '{"x":1}';
      await ben.service.sendMessage(custom);
      await ben.service.sendMessage(creator.createLocationMessage(30.5, 120.5, 'Hangzhou'));
      await ben.service.sendMessage(creator.createTipsMessage('a tip'));
      await waitFor(() => anna.received.length === 3, { what: 'three messages' });
      expect(anna.received).toMatchObject([
        {
          messageType: 100,
          subType: 7,
          serverExtension: '{"x":1}',
          attachment: { raw: '{"gift":1}' },
        },
        { messageType: 4, attachment: { latitude: 30.5, longitude: 120.5, address: 'Hangzhou' } },
        { messageType: 10, text: 'a tip' },
      ]);
    });

    test('reaches the other clients of the sender', async () => {
      const [first, second] = [await stage.inside('ben'), await stage.inside('ben')];
      await first.send('from my other client');
      await receives(second, 'from my other client');
      expect(second.received[0]?.isSelf).toBe(true);
    });

    test('a message again after a lost answer changes nothing', async () => {
      const anna = await stage.inside('anna');
      const ben = await stage.inside('ben');
      stage.emulator.faults.add({
        kind: 'command',
        service: 'chatroom',
        command: '36_6',
        drop: 'reply',
        times: 1,
      });
      const message = ben.client.V2NIMChatroomMessageCreator.createTextMessage('once');
      const lost = errorOf(ben.service.sendMessage(message));
      await receives(anna, 'once');
      stage.emulator.faults.cut({ accountId: 'ben' });
      expect((await lost).code).toBe(192003);
      await waitFor(() => ben.seen('onChatroomStatus').at(-1)?.[0] === 5, { what: 'ben is back' });
      const { message: again } = await ben.service.sendMessage(message);
      expect(again.createTime).toBe(anna.received[0]?.createTime);
      await ben.send('twice');
      await receives(anna, 'once', 'twice');
    });

    test('gives strictly increasing times', async () => {
      const ben = await stage.inside('ben');
      const sent = await Promise.all(Array.from({ length: 20 }, (_, at) => ben.send(`${at}`)));
      const times = sent.map(({ createTime }) => createTime);
      expect(new Set(times).size).toBe(20);
      expect([...times].sort((a, b) => a - b)).toEqual(times);
    });

    test('is limited to receivers, tags or a distance', async () => {
      const { rooms } = stage.emulator;
      const ann = await stage.inside('anna');
      const ben = await stage.inside('ben', {
        tagConfig: { tags: ['red', 'vip'], notifyTargetTags: '' },
        locationConfig: { locationInfo: { x: 0, y: 0, z: 0 }, distance: 10 },
      });
      const chen = await stage.inside('chen', {
        tagConfig: { tags: ['red'], notifyTargetTags: '' },
      });
      const dora = await stage.inside('dora', {
        locationConfig: { locationInfo: { x: 100, y: 0, z: 0 }, distance: 10 },
      });
      await ann.send('for chen', { receiverIds: ['chen'] });
      await ann.send('for red vips', { notifyTargetTags: '{"and":[{"tag":"red"},{"tag":"vip"}]}' });
      await ann.send('for those near', { locationInfo: { x: 3, y: 4, z: 0 } });
      await dora.service.updateChatroomLocationInfo({
        locationInfo: { x: 0, y: 5, z: 0 },
        distance: 10,
      });
      await ann.send('for those near now', { locationInfo: { x: 3, y: 4, z: 0 } });
      rooms.sendAs(ROOM, 'anna', 'for all');
      await receives(ben, 'for red vips', 'for those near', 'for those near now', 'for all');
      await receives(chen, 'for chen', 'for those near', 'for those near now', 'for all');
      await receives(dora, 'for those near now', 'for all');
      // The history has the same limits; the sender sees all its messages.
      const history = async (client: BareRoom) =>
        textsOf(
          await client.service.getMessageList({ messageTypes: [TEXT], direction: OLDEST_FIRST }),
        );
      expect(await history(chen)).toEqual(textsOf(chen.received));
      expect(await history(ann)).toHaveLength(5);
    });
  });

  describe('sending is refused', () => {
    test('to anonymous, banned and temporarily banned members', async () => {
      const { rooms } = stage.emulator;
      const nobody = stage.client();
      await nobody.enter({ roomId: ROOM, anonymous: true });
      expect(await failure(nobody)).toBe(114303);
      const ben = await stage.inside('ben');
      rooms.ban(ROOM, 'ben');
      expect(await failure(ben)).toBe(114421);
      rooms.unban(ROOM, 'ben');
      await ben.send('again');
      rooms.tempBan(ROOM, 'ben', 60);
      expect(await failure(ben)).toBe(114421);
      rooms.tempBan(ROOM, 'ben', 0);
      rooms.tempBanTag(ROOM, 'red', 60);
      await ben.send('not red');
      await ben.service.updateChatroomTags({ tags: ['red'] });
      expect(await failure(ben)).toBe(114421);
      rooms.tempBanTag(ROOM, 'red', 0);
      await ben.send('free');
    });

    test('while the room is muted, but not to the creator and managers', async () => {
      const { rooms } = stage.emulator;
      const [anna, ben, chen] = [
        await stage.inside('anna'),
        await stage.inside('ben'),
        await stage.inside('chen'),
      ];
      rooms.setRole(ROOM, 'chen', 'manager');
      rooms.setChatBanned(ROOM, true);
      expect(await failure(ben)).toBe(113423);
      await anna.send('I may');
      await chen.send('I may too');
      rooms.setChatBanned(ROOM, false);
      await ben.send('so may I');
    });

    test('when one account sends too fast', async () => {
      stage.emulator.rooms.addRoom({ roomId: ROOM, messagesPerSecond: 2 });
      const [ben, chen] = [await stage.inside('ben'), await stage.inside('chen')];
      await ben.send('1');
      await ben.send('2');
      expect(await failure(ben)).toBe(107323);
      expect(await failure(ben, { messageConfig: { highPriority: true } })).toBe(107304);
      await chen.send('my first');
    });

    test("for an account banned from chatting, a forbidden word, and another account's message id", async () => {
      const { world } = stage.emulator;
      const [ben, chen] = [await stage.inside('ben'), await stage.inside('chen')];
      world.rooms.settings.antispamWords = ['refused'];
      expect(await failure(ben)).toBe(107451);
      world.rooms.settings.antispamWords = [];
      const message = ben.client.V2NIMChatroomMessageCreator.createTextMessage('mine');
      await ben.service.sendMessage(message);
      const copied = { ...message, senderId: 'chen' };
      expect((await errorOf(chen.service.sendMessage(copied))).code).toBe(107306);
      world.requireAccount('ben').chatBanned = true;
      expect(await failure(ben)).toBe(102421);
      const tooLong = chen.send('x'.repeat(5001));
      expect((await errorOf(tooLong)).code).toBe(414);
    });
  });

  describe('history', () => {
    const fill = (count: number) => {
      for (let at = 1; at <= count; at += 1) stage.emulator.rooms.sendAs(ROOM, 'anna', `${at}`);
    };

    test('is paged from a time on, newest first or oldest first', async () => {
      fill(5);
      const { service } = await stage.inside('ben');
      const newest = await service.getMessageList({ limit: 2 });
      expect(textsOf(newest)).toEqual(['5', '4']);
      expect(newest[0]).toMatchObject({ senderId: 'anna', isSelf: false, roomId: ROOM });
      const beginTime = newest[1]?.createTime ?? 0;
      const older = await service.getMessageList({ direction: NEWEST_FIRST, beginTime, limit: 3 });
      expect(textsOf(older)).toEqual(['4', '3', '2']);
      const oldest = await service.getMessageList({ direction: OLDEST_FIRST, limit: 2 });
      expect(textsOf(oldest)).toEqual(['1', '2']);
      const newer = await service.getMessageList({ direction: OLDEST_FIRST, beginTime });
      expect(textsOf(newer)).toEqual(['4', '5']);
    });

    test('is filtered by types; it has entering and leaving only when the room stores them', async () => {
      fill(1);
      const { rooms } = stage.emulator;
      rooms.ban(ROOM, 'chen');
      const ben = await stage.inside('ben');
      await notified(ben, 0);
      expect(textsOf(await ben.service.getMessageList({ messageTypes: [TEXT] }))).toEqual(['1']);
      const notices = await ben.service.getMessageList({ messageTypes: [NOTIFICATION] });
      expect(notices).toMatchObject([{ attachment: { type: 4, targetIds: ['chen'] } }]);
      rooms.room(ROOM).enterExitKept = true;
      await stage.inside('chen');
      await notified(ben, 0, ({ senderId }) => senderId === 'chen');
      expect(await ben.service.getMessageList({ messageTypes: [NOTIFICATION] })).toHaveLength(2);
    });

    test('omits messages that were sent with history disabled', async () => {
      const [ben, chen] = [await stage.inside('ben'), await stage.inside('chen')];
      await ben.send('gone', { messageConfig: { historyEnabled: false } });
      await receives(chen, 'gone');
      expect(chen.received[0]?.messageConfig?.historyEnabled).toBe(false);
      expect(await ben.service.getMessageList({})).toEqual([]);
    });

    test('is filtered by tag', async () => {
      const { rooms } = stage.emulator;
      const red = rooms.sendAs(ROOM, 'anna', { text: 'red', notifyTargetTags: '{"tag":"red"}' });
      rooms.sendAs(ROOM, 'anna', { text: 'blue', notifyTargetTags: '{"tag":"blue"}' });
      rooms.sendAs(ROOM, 'anna', 'none');
      rooms.sendAs(ROOM, 'anna', { text: 'red again', notifyTargetTags: '{"tag":"red"}' });
      const { service } = await stage.inside('ben');
      const list = async (option: object) =>
        textsOf(await service.getMessageListByTag({ tags: ['red'], ...option }));
      expect(await list({})).toEqual(['red again', 'red']);
      expect(await list({ direction: OLDEST_FIRST })).toEqual(['red', 'red again']);
      expect(await list({ endTime: red.createTime })).toEqual(['red']);
      expect(await list({ tags: ['red', 'blue'], limit: 2, messageTypes: [TEXT] })).toEqual([
        'red again',
        'blue',
      ]);
    });
  });

  test('a recall removes a message from the history and from every client', async () => {
    const { rooms } = stage.emulator;
    const [anna, ben] = [await stage.inside('anna'), await stage.inside('ben')];
    const { messageClientId, createTime } = await ben.send('oops');
    await receives(anna, 'oops');
    rooms.recall(ROOM, messageClientId, { operatorId: 'anna', extension: 'rude' });
    expect(await emitted(ben, 'onMessageRevokedNotification')).toEqual([
      messageClientId,
      createTime,
    ]);
    const { attachment } = await notified(anna, RECALLED);
    expect(attachment).toMatchObject({
      operatorId: 'anna',
      targetIds: ['ben'],
      messageClientId,
      messageTime: createTime,
      notificationExtension: 'rude',
    });
    const texts = await anna.service.getMessageList({ messageTypes: [TEXT] });
    expect(texts).toEqual([]);
  });

  test('only high-priority messages can be acknowledged', async () => {
    const ben = await stage.inside('ben');
    const { V2NIMChatroomMessageService: service } = ben.client as unknown as {
      V2NIMChatroomMessageService: {
        core: { sendCmd(command: string, params: object): Promise<unknown> };
      };
    };
    // The SDK's own function does not return the answer.
    const acknowledge = (messageClientId: string) =>
      service.core.sendCmd('v2ChatroomMessageAck', { tag: { messageClientId, roomId: ROOM } });
    const urgent = await ben.send('urgent', { messageConfig: { highPriority: true } });
    await acknowledge(urgent.messageClientId);
    const plain = await ben.send('plain');
    expect((await errorOf(acknowledge(plain.messageClientId))).code).toBe(107305);
    expect((await errorOf(acknowledge('unknown'))).code).toBe(107404);
  });

  test('with a file are uploaded with a token from the room link', async () => {
    const anna = await stage.inside('anna');
    const ben = await stage.inside('ben');
    const path = 'http://tmp/picture.png';
    ben.wx.files.write(path, Buffer.from('picture'));
    const message = ben.client.V2NIMChatroomMessageCreator.createImageMessage(path, 'picture.png');
    const { message: sent } = await ben.service.sendMessage(message);
    await waitFor(() => anna.received.length === 1, { what: 'the picture' });
    const attachment = anna.received[0]?.attachment as { url: string; size: number };
    expect((sent.attachment as { url: string }).url).toBe(attachment.url);
    expect(await (await fetch(attachment.url)).text()).toBe('picture');
  });
});
