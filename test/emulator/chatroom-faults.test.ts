import { waitFor } from '../harness/wait-for';
import { createClient, disposeClients } from './support/client';
import { errorOf } from './support/stage';
import { notified, receives, ROOM, useRooms } from './support/rooms';

const ENTERED = 5;
const EXIT = 1;

describe('faults on the chatroom link', () => {
  const stage = useRooms();
  afterEach(disposeClients);

  test('of a service do not affect the other service', async () => {
    const { faults } = stage.emulator;
    const im = createClient(stage.emulator, 'anna');
    await im.login();
    const room = await stage.inside('anna');
    expect(faults.cut({ service: 'chatroom', accountId: 'anna' })).toBe(1);
    await waitFor(() => room.seen('onChatroomStatus').some(([status]) => status === 0), {
      what: 'the room link broke',
    });
    await im.sendText('ben', 'IM is up');
    await waitFor(() => room.seen('onChatroomStatus').at(-1)?.[0] === ENTERED, {
      what: 'the room is back',
    });
    expect(stage.emulator.clients.openLinks()).toMatchObject([
      { service: 'im', roomId: undefined },
      { service: 'chatroom', roomId: ROOM },
    ]);
  });

  test('of commands answer with a code, also on entering', async () => {
    const { faults } = stage.emulator;
    const ofIm = faults.add({ kind: 'command', service: 'im', command: '*', code: 500 });
    const ben = await stage.inside('ben');
    await ben.send('not concerned');
    expect(ofIm.hits).toBe(0);
    faults.add({ kind: 'command', command: '36_6', code: 113423, times: 1 });
    expect((await errorOf(ben.send('x'))).code).toBe(113423);
    faults.add({ kind: 'command', service: 'chatroom', command: '36_2', code: 503, times: 1 });
    const refused = stage.client().enter({ roomId: ROOM, accountId: 'chen', token: 'token-chen' });
    expect((await errorOf(refused)).code).toBe(503);
  });

  test('refuse a handshake; the client takes the next link of the list', async () => {
    stage.emulator.faults.add({ kind: 'handshake', status: 503, times: 1 });
    const { linkUrl } = stage.emulator;
    const ben = await stage.inside('ben', {}, { links: [linkUrl, linkUrl] });
    expect(stage.emulator.log.counters.handshakes).toBe(2);
    await ben.send('in');
  });

  test('duplicate and reorder the pushes of messages', async () => {
    const anna = await stage.inside('anna');
    await stage.inside('ben');
    stage.emulator.faults.add({
      kind: 'push',
      service: 'chatroom',
      accountId: 'anna',
      duplicate: 1,
      reorderWindowMs: 50,
      seed: 3,
    });
    const texts = Array.from({ length: 8 }, (_, at) => `${at}`);
    const before = stage.emulator.log.counters.pushes;
    for (const text of texts) stage.emulator.rooms.sendAs(ROOM, 'chen', text);
    await waitFor(() => anna.received.length === 8, { what: 'eight messages' });
    const seen = anna.received.map(({ text }) => text);
    expect(seen).not.toEqual(texts);
    expect([...seen].sort()).toEqual(texts);
    // Eight pushes go to ben and sixteen to anna; the SDK shows each message once.
    expect(stage.emulator.log.counters.pushes - before).toBe(24);
  });

  test('a half-open link keeps its member inside until the same device reconnects', async () => {
    const { rooms, faults } = stage.emulator;
    const anna = await stage.inside('anna');
    const deviceStorage = new Map<string, unknown>();
    const ben = await stage.inside('ben', {}, { deviceStorage });
    expect(faults.halfOpen({ accountId: 'ben', roomId: ROOM })).toBe(1);
    await ben.dispose();
    expect(rooms.membersOnline(ROOM)).toEqual(['anna', 'ben']);
    const again = await stage.inside('ben', {}, { deviceStorage });
    await again.send('back');
    await receives(anna, 'back');
    expect(anna.notifications.some(({ attachment }) => attachment.type === EXIT)).toBe(false);
    expect(rooms.clients(ROOM, 'ben')).toHaveLength(1);
  });

  test('pushes of a half-open link arrive after it is restored', async () => {
    const { faults, rooms } = stage.emulator;
    const anna = await stage.inside('anna');
    faults.halfOpen({ service: 'chatroom' });
    rooms.sendAs(ROOM, 'ben', 'held');
    expect(anna.received).toEqual([]);
    faults.restore({ service: 'chatroom' });
    await receives(anna, 'held');
  });

  test('a slow close delays the answer to a client that leaves', async () => {
    const anna = await stage.inside('anna');
    const ben = await stage.inside('ben');
    stage.emulator.faults.add({ kind: 'slowClose', service: 'chatroom', delayMs: 300 });
    ben.exit();
    await notified(anna, EXIT);
    expect(ben.wx.sockets.live).toBe(1);
    await waitFor(() => ben.wx.sockets.live === 0, { what: 'the socket closed' });
  });

  describe('a flood', () => {
    test('sends messages of members that enter and leave, without loss', async () => {
      const anna = await stage.inside('anna');
      const flood = stage.emulator.rooms.floodRoom({
        roomId: ROOM,
        perSecond: 1000,
        seconds: 0.5,
        members: 20,
        seed: 7,
      });
      await flood.done;
      expect(flood.sent).toBe(500);
      const ids = () => anna.received.map(({ messageClientId }) => messageClientId);
      await waitFor(() => anna.received.length === 500, { what: 'all of the flood' });
      expect(ids()).toEqual(Array.from({ length: 500 }, (_, at) => `${flood.id}-${at}`));
      const members = anna.seen('onChatroomMemberEnter').length;
      expect(members).toBeGreaterThan(16);
      // All members have left: apart from anna, as many members left as entered.
      await waitFor(() => anna.seen('onChatroomMemberExit').length === members - 1, {
        what: 'all members gone',
      });
      expect(anna.client.getChatroomInfo()?.onlineUserCount).toBe(1);
      expect(stage.emulator.rooms.view(ROOM).onlineUserCount).toBe(1);
      const last = await anna.service.getMessageList({ limit: 1, messageTypes: [0] });
      expect(last).toHaveLength(1);
    });

    test('is stopped by `stop` and by closing the room', async () => {
      const { rooms } = stage.emulator;
      const anna = await stage.inside('anna');
      const flood = rooms.floodRoom({ roomId: ROOM, perSecond: 200, seconds: 60 });
      await waitFor(() => anna.received.length > 0, { what: 'the flood has begun' });
      expect(rooms.floods.list()).toHaveLength(1);
      flood.stop();
      await flood.done;
      expect(rooms.floods.list()).toEqual([]);
      const second = rooms.floodRoom({ roomId: ROOM, perSecond: 200, seconds: 60 });
      rooms.closeRoom(ROOM);
      await second.done;
      expect(rooms.membersOnline(ROOM)).toEqual([]);
    });
  });
});
