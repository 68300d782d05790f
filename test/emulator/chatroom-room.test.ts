import type { BareRoom } from '../harness/bare-room';
import { errorOf } from './support/stage';
import { emitted, notified, ROOM, useRooms } from './support/rooms';
import { waitFor } from '../harness/wait-for';

const ROOM_INFO = 6;
const QUEUE = 11;
const ROOM_BANNED = 12;
const TAGS = 17;

/** V2NIMChatroomQueueChangeType. */
const Change = { offer: 1, poll: 2, drop: 3, partClear: 4, batchUpdate: 5, batchOffer: 6 } as const;

describe('a chatroom', () => {
  const stage = useRooms();

  test('is changed by managers with a notification', async () => {
    const [anna, ben] = [await stage.inside('anna'), await stage.inside('ben')];
    await anna.service.updateChatroomInfo({
      roomName: 'Jazz',
      announcement: 'At nine',
      serverExtension: '{"b":2}',
      notificationExtension: 'new',
    });
    const [info] = await emitted(ben, 'onChatroomInfoUpdated');
    expect(info).toMatchObject({
      roomId: ROOM,
      roomName: 'Jazz',
      announcement: 'At nine',
      serverExtension: '{"b":2}',
      queueLevelMode: 0,
      creatorAccountId: 'anna',
    });
    expect((await notified(ben, ROOM_INFO)).attachment.notificationExtension).toBe('new');
    expect(stage.emulator.rooms.room(ROOM)).toMatchObject({ roomName: 'Jazz', liveUrl: '' });
    const refused = ben.service.updateChatroomInfo({ roomName: 'Mine' });
    expect((await errorOf(refused)).code).toBe(403);
    stage.emulator.rooms.update(ROOM, { liveUrl: 'http://127.0.0.1/live', queueLevelMode: 1 });
    await waitFor(() => ben.seen('onChatroomInfoUpdated').length === 2, {
      what: 'the second change',
    });
    expect(ben.client.getChatroomInfo()).toMatchObject({
      liveUrl: 'http://127.0.0.1/live',
      queueLevelMode: 1,
      roomName: 'Jazz',
    });
  });

  test('is fetched from the server when the SDK has dropped it', async () => {
    const ben = await stage.inside('ben');
    const { V2NIMChatroomInfoService: service } = ben.client as unknown as {
      V2NIMChatroomInfoService: { _getChatroomInfoAsync(): Promise<void> };
    };
    stage.emulator.rooms.room(ROOM).announcement = 'said nowhere else';
    await service._getChatroomInfoAsync();
    expect(ben.client.getChatroomInfo()).toMatchObject({
      announcement: 'said nowhere else',
      onlineUserCount: 1,
    });
  });

  test('notifies only the own clients of new tags, because the SDK applies every notification to itself', async () => {
    const [ben, other, chen] = [
      await stage.inside('ben'),
      await stage.inside('ben'),
      await stage.inside('chen'),
    ];
    await ben.service.updateChatroomTags({ tags: ['red'], notificationExtension: 'x' });
    const { attachment } = await notified(other, TAGS);
    expect(attachment).toMatchObject({
      operatorId: 'ben',
      tags: ['red'],
      notificationExtension: 'x',
    });
    expect(await emitted(ben, 'onChatroomTagsUpdated')).toEqual([['red']]);
    await ben.service.updateChatroomTags({ tags: ['blue'], notificationEnabled: false });
    await waitFor(() => other.seen('onChatroomTagsUpdated').length === 2, { what: 'the new tags' });
    expect(other.seen('onChatroomTagsUpdated')).toEqual([[['red']], [['blue']]]);
    expect(await chen.service.getMemberByIds(['ben'])).toMatchObject([{ tags: ['blue'] }]);
    expect(chen.seen('onChatroomTagsUpdated')).toEqual([]);
  });

  test('with polling pushes only high-priority messages and notifications', async () => {
    const { rooms } = stage.emulator;
    const anna = await stage.inside('anna');
    rooms.setCdnPolling(ROOM, 1);
    // A client that enters later gets the polling interval in the answer.
    const ben = await stage.inside('ben');
    await anna.send('ordinary');
    await anna.send('urgent', { messageConfig: { highPriority: true } });
    rooms.setChatBanned(ROOM, true);
    await notified(ben, ROOM_BANNED);
    expect(ben.received.map(({ text }) => text)).toEqual(['urgent']);
    await waitFor(() => ben.received.length === 2, { what: 'the fetched one' });
    expect(ben.received[1]).toMatchObject({ text: 'ordinary', senderId: 'anna', isSelf: false });
    rooms.setCdnPolling(ROOM, 0);
    rooms.sendAs(ROOM, 'chen', 'pushed again');
    await waitFor(() => anna.received.length === 1, { what: 'the pushed one' });
  });

  test('answers server time and storage commands', async () => {
    const ben = await stage.inside('ben');
    await ben.send('time is asked for after entering');
    expect(stage.emulator.log.requestsOf('6_23')).toBe(1);
    await waitFor(() => stage.emulator.log.requestsOf('6_26') === 1, { what: 'the CDN host' });
  });

  test('returns the words that a client checks before sending', async () => {
    stage.emulator.world.rooms.settings.antispamWords = ['spam'];
    const ben = stage.client({ sdk: { V2NIMClientAntispamUtilConfig: { enable: true } } });
    await ben.enter({ roomId: ROOM, accountId: 'ben', token: 'token-ben' });
    await waitFor(() => stage.emulator.log.requestsOf('29_17') === 1, { what: 'the words' });
    const { text } = await ben.send('no spam', { clientAntispamEnabled: true });
    expect(text).toBe('no **');
  });

  describe('its queue', () => {
    const queueOf = ({ client }: BareRoom) => client.V2NIMChatroomQueueService;

    test('is offered to, listed, peeked at and polled, and each change is notified', async () => {
      const [anna, ben] = [await stage.inside('anna'), await stage.inside('ben')];
      const [queue, watching] = [queueOf(anna), queueOf(ben)];
      await watching.queueOffer({ elementKey: 'a', elementValue: '1' });
      await queue.queueOffer({ elementKey: 'b', elementValue: '2', elementOwnerAccountId: 'ben' });
      await queue.queueOffer({ elementKey: 'a', elementValue: '3', transient: false });
      expect(await watching.queueList()).toEqual([
        { key: 'a', value: '3' },
        { key: 'b', value: '2' },
      ]);
      expect(stage.emulator.rooms.queue(ROOM)).toMatchObject([
        { key: 'a', ownerAccountId: 'anna', transient: false },
        { key: 'b', ownerAccountId: 'ben', transient: false },
      ]);
      expect(await watching.queuePeek()).toEqual({ key: 'a', value: '3' });
      expect(await queue.queuePoll('b')).toEqual({ key: 'b', value: '2' });
      expect(await queue.queuePoll()).toEqual({ key: 'a', value: '3' });
      expect((await errorOf(queue.queuePoll())).code).toBe(404);
      expect(await watching.queuePeek()).toEqual({ key: '', value: '' });
      await waitFor(() => ben.seen('onChatroomQueuePolled').length === 2, { what: 'two polls' });
      expect(ben.seen('onChatroomQueueOffered').flat()).toEqual([
        { key: 'a', value: '1' },
        { key: 'b', value: '2' },
        { key: 'a', value: '3' },
      ]);
      expect(ben.seen('onChatroomQueuePolled').flat()).toEqual([
        { key: 'b', value: '2' },
        { key: 'a', value: '3' },
      ]);
      const changes = ben.notifications
        .filter(({ attachment }) => attachment.type === QUEUE)
        .map(({ attachment }) => [attachment.queueChangeType, attachment.elements]);
      expect(changes).toEqual([
        [Change.offer, [{ key: 'a', value: '1' }]],
        [Change.offer, [{ key: 'b', value: '2' }]],
        [Change.offer, [{ key: 'a', value: '3' }]],
        [Change.poll, [{ key: 'b', value: '2' }]],
        [Change.poll, [{ key: 'a', value: '3' }]],
      ]);
    });

    test('is updated and offered to in batches, dropped and limited', async () => {
      const [anna, ben] = [await stage.inside('anna'), await stage.inside('ben')];
      const queue = queueOf(anna);
      stage.emulator.rooms.queueOffer(ROOM, [
        { key: 'a', value: '1', ownerAccountId: 'ben' },
        { key: 'b', value: '2', ownerAccountId: 'anna' },
      ]);
      expect(await emitted(ben, 'onChatroomQueueBatchOffered')).toEqual([
        [
          { key: 'a', value: '1', accountId: 'ben', nick: 'BEN' },
          { key: 'b', value: '2', accountId: 'anna', nick: 'ANNA' },
        ],
      ]);
      const missing = await queue.queueBatchUpdate(
        [
          { key: 'a', value: '9' },
          { key: 'z', value: '0' },
        ],
        true,
        'batch',
      );
      expect(missing).toEqual(['z']);
      expect(await emitted(ben, 'onChatroomQueueBatchUpdated')).toEqual([
        [{ key: 'a', value: '9' }],
      ]);
      const update = await notified(
        ben,
        QUEUE,
        ({ attachment }) => attachment.queueChangeType === Change.batchUpdate,
      );
      expect(update.attachment.notificationExtension).toBe('batch');
      await queue.queueDrop();
      await emitted(ben, 'onChatroomQueueDropped');
      expect(await queue.queueList()).toEqual([]);
      await queue.queueInit(1);
      await queue.queueOffer({ elementKey: 'a', elementValue: '1' });
      const full = queue.queueOffer({ elementKey: 'b', elementValue: '2' });
      expect((await errorOf(full)).code).toBe(414);
    });

    test('is polled only by managers, who alone may offer in the strict mode', async () => {
      const ben = await stage.inside('ben');
      const queue = queueOf(ben);
      const codes = await Promise.all(
        [queue.queuePoll(), queue.queueDrop(), queue.queueInit(3)].map(errorOf),
      );
      expect(codes.map(({ code }) => code)).toEqual([403, 403, 403]);
      await queue.queueOffer({ elementKey: 'a', elementValue: '1' });
      stage.emulator.rooms.update(ROOM, { queueLevelMode: 1 });
      const refused = queue.queueOffer({ elementKey: 'b', elementValue: '1' });
      expect((await errorOf(refused)).code).toBe(403);
      const nobody = stage.client();
      await nobody.enter({ roomId: ROOM, anonymous: true });
      const anonymous = queueOf(nobody).queueOffer({ elementKey: 'c', elementValue: '1' });
      expect((await errorOf(anonymous)).code).toBe(114303);
    });

    test('loses the transient elements of a member after its last client has left or was cut', async () => {
      const anna = await stage.inside('anna');
      const [ben, other] = [await stage.inside('ben'), await stage.inside('ben')];
      await queueOf(ben).queueOffer({ elementKey: 'mic', elementValue: '1', transient: true });
      await queueOf(ben).queueOffer({ elementKey: 'stays', elementValue: '2', transient: false });
      await queueOf(anna).queueOffer({
        elementKey: 'for ben',
        elementValue: '3',
        transient: true,
        elementOwnerAccountId: 'ben',
      });
      other.exit();
      await waitFor(() => stage.emulator.rooms.clients(ROOM, 'ben').length === 1, {
        what: 'one ben',
      });
      expect(await queueOf(anna).queueList()).toHaveLength(3);
      stage.emulator.faults.cut({ accountId: 'ben' });
      expect(await emitted(anna, 'onChatroomQueuePartCleared')).toEqual([
        [
          { key: 'mic', value: '1' },
          { key: 'for ben', value: '3' },
        ],
      ]);
      expect(await queueOf(anna).queueList()).toEqual([{ key: 'stays', value: '2' }]);
    });
  });
});
