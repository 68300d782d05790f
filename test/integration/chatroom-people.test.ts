import { waitFor } from '../harness';
import type { RoomClient } from '../harness/room-client';
import { ROOM, useRoomWorld } from '../harness/room-world';

const world = useRoomWorld();

async function annaAndBen() {
  const anna = await world.visitor('anna');
  const ben = await world.visitor('ben');
  return { anna, ben };
}

/** Returns the member as the client sees the member. */
async function member({ room }: RoomClient, accountId: string) {
  const [found] = await room.members.byIds([accountId]);
  if (!found) throw new Error(`no member ${accountId}`);
  return found;
}

describe('members', () => {
  test('are listed page by page, by kind and by tag, and found by a search', async () => {
    const { rooms } = world.emulator;
    const anna = await world.visitor('anna');
    const tagged = { tagConfig: { tags: ['red'], notifyTargetTags: '' } };
    await world.bare('ben', tagged);
    await world.bare('chen');
    rooms.setRole(ROOM, 'chen', 'manager');
    rooms.block(ROOM, 'dora');
    rooms.ban(ROOM, 'ben');
    const { members } = anna.room;
    const ids = () => members.rows.map(({ accountId }) => accountId).sort();
    await members.load({ kind: 'online' });
    expect([members.state, members.hasMore]).toEqual(['ready', false]);
    expect(ids()).toEqual(['anna', 'ben', 'chen']);
    members.search('ch');
    expect(members.found.map(({ accountId }) => accountId)).toEqual(['chen']);
    members.search('');
    await members.load({ kind: 'managers' });
    expect(ids()).toEqual(['anna', 'chen']);
    await members.load({ kind: 'blocked' });
    expect(ids()).toEqual(['dora']);
    await members.load({ kind: 'muted' });
    expect(ids()).toEqual(['ben']);
    await members.load({ kind: 'tag', tag: 'red' });
    expect([ids(), members.tagCount]).toEqual([['ben'], 1]);
  });

  test('arrive page by page as the reader scrolls', async () => {
    const { rooms, world: state } = world.emulator;
    for (let i = 0; i < 120; i++) {
      state.addAccount({ accountId: `m${i}` });
      rooms.setRole(ROOM, `m${i}`, 'manager');
    }
    const anna = await world.visitor('anna');
    const { members } = anna.room;
    await members.load({ kind: 'managers' });
    expect([members.rows.length, members.hasMore]).toEqual([50, true]);
    while (members.hasMore) await members.loadMore();
    expect(new Set(members.rows.map(({ accountId }) => accountId)).size).toBe(121);
  });

  test('are muted, unmuted, muted for a time, and muted by their tag', async () => {
    const { anna, ben } = await annaAndBen();
    const { members } = anna.room;
    const target = await member(anna, 'ben');
    await members.setMuted(target, true);
    await waitFor(() => ben.room.composer.kind === 'muted', { what: 'Ben to be muted' });
    await members.setMuted(target, false);
    await waitFor(() => ben.room.composer.kind === 'open', { what: 'Ben to be unmuted' });
    await members.setTempMuted(target, 60);
    await waitFor(() => ben.room.composer.kind === 'tempMuted', { what: 'a mute for a time' });
    await members.setTempMuted(target, 0);
    await waitFor(() => ben.room.composer.kind === 'open', { what: 'its end' });
    await ben.room.updateTags(['red']);
    expect(ben.room.me.tags).toEqual(['red']);
    await members.muteTag('red', 60);
    await waitFor(() => ben.room.composer.kind === 'tempMuted', { what: 'a mute by tag' });
    await expect(members.setTempMuted(target, 31 * 24 * 3600)).rejects.toMatchObject({
      code: 191004,
      field: 'duration',
    });
  });

  test('are made managers, removed, blocked and let in again', async () => {
    const { anna, ben } = await annaAndBen();
    const { members } = anna.room;
    expect(ben.room.mayManage).toBe(false);
    await members.setRole(await member(anna, 'ben'), 'manager');
    await waitFor(() => ben.room.mayManage, { what: 'Ben to be a manager' });
    await members.setRole(await member(anna, 'ben'), 'normal');
    await waitFor(() => !ben.room.mayManage, { what: 'Ben to be a plain member' });
    const target = await member(anna, 'ben');
    await members.kick(target, 'enough');
    await waitFor(() => ben.room.exitCode === 600120, { what: 'Ben to be removed' });
    expect(ben.room.state).toMatchObject({ cause: { reason: 2, extension: 'enough' } });
    await members.setBlocked(target, true);
    const signIn = { way: 'static', accountId: 'ben', token: 'token-ben' } as const;
    await expect(ben.chatroom.enter(ROOM, { signIn })).rejects.toMatchObject({ code: 114426 });
    await members.setBlocked(target, false);
    await ben.chatroom.enter(ROOM, { signIn });
    expect(ben.room.state.name).toBe('inside');
  });

  test('get the refusal of the server, and the page does not offer the refused actions', async () => {
    const { ben } = await annaAndBen();
    const anna = await member(ben, 'anna');
    expect(ben.room.members.may('kick', anna)).toBe(false);
    await expect(ben.room.members.kick(anna)).rejects.toMatchObject({ name: 'ConnectionError' });
  });
});

describe('the room and its own member', () => {
  test('shows everybody the changes of a manager', async () => {
    const { anna, ben } = await annaAndBen();
    await anna.room.edit({ announcement: 'Welcome', liveUrl: 'http://127.0.0.1/live.m3u8' });
    expect(anna.room.info?.announcement).toBe('Welcome');
    await waitFor(() => ben.room.info?.announcement === 'Welcome', {
      what: 'the announcement at Ben',
    });
    expect(ben.room.info).toMatchObject({
      roomName: 'Room 9000',
      liveUrl: 'http://127.0.0.1/live.m3u8',
    });
    await waitFor(() => ben.room.feed.rows().some((row) => row.notice?.kind === 'roomChanged'), {
      what: 'the notice of the change',
    });
  });

  test('shows a new nick and avatar at once, and to others with the next message', async () => {
    const { anna, ben } = await annaAndBen();
    await ben.room.updateMe({ roomNick: 'Benny', roomAvatar: 'http://127.0.0.1/b.png' });
    expect(ben.room.me.member).toMatchObject({ roomNick: 'Benny' });
    ben.room.sendText('it is me');
    const row = await waitFor(() => anna.room.feed.rows().find(({ text }) => text === 'it is me'), {
      what: 'the message',
    });
    expect(row).toMatchObject({ senderNick: 'Benny', senderAvatar: 'http://127.0.0.1/b.png' });
    expect(ben.room.feed.rows().find(({ mine }) => mine)?.senderNick).toBe('Benny');
  });

  test('delivers messages by location', async () => {
    const { anna, ben } = await annaAndBen();
    await ben.room.updateLocation({ locationInfo: { x: 0, y: 0, z: 0 }, distance: 10 });
    await expect(
      ben.room.updateLocation({ locationInfo: { x: 0, y: 0, z: 0 }, distance: -1 }),
    ).rejects.toMatchObject({ code: 191004 });
    anna.room.sendText('everywhere');
    await waitFor(() => ben.room.feed.rows().some(({ text }) => text === 'everywhere'), {
      what: 'the message without a location',
    });
  });
});

describe('the own avatar', () => {
  test('is uploaded from the phone', async () => {
    const ben = await world.visitor('ben');
    const path = ben.wx.files.add(Buffer.from('a picture'), 'png');
    const address = await ben.room.uploadAvatar({ file: path });
    expect(address).toMatch(/^https?:\/\//);
    await ben.room.updateMe({ roomAvatar: address });
    expect(world.emulator.rooms.clients(ROOM, 'ben')).toMatchObject([{ avatar: address }]);
    expect(ben.room.me.member?.roomAvatar).toBe(address);
  });

  test('reports a failed upload', async () => {
    const ben = await world.visitor('ben');
    const path = ben.wx.files.add(Buffer.from('a picture'), 'png');
    world.emulator.faults.add({ kind: 'command', command: '6_2', code: 416 });
    await expect(ben.room.uploadAvatar({ file: path })).rejects.toBeInstanceOf(Error);
  });
});

describe('the queue', () => {
  test('lets members put, read, change and clear elements, and everybody sees the changes', async () => {
    const { anna, ben } = await annaAndBen();
    await Promise.all([anna.room.queue.load(), ben.room.queue.load()]);
    expect(ben.room.queue.state).toBe('ready');
    await ben.room.queue.offer('seat1', 'ben');
    await waitFor(() => anna.room.queue.element('seat1'), { what: 'the seat to be taken' });
    await anna.room.queue.offer('seat2', 'anna', { transient: false });
    await waitFor(() => ben.room.queue.elements.length === 2, { what: 'the second seat' });
    expect(
      await anna.room.queue.batchUpdate([
        { key: 'seat1', value: 'BEN' },
        { key: 'seat9', value: 'nobody' },
      ]),
    ).toEqual(['seat9']);
    await waitFor(() => ben.room.queue.element('seat1')?.value === 'BEN', { what: 'the change' });
    expect(await anna.room.queue.poll('seat2')).toMatchObject({ value: 'anna' });
    await waitFor(() => ben.room.queue.elements.length === 1, { what: 'the seat to be free' });
    await anna.room.queue.drop();
    await waitFor(() => ben.room.queue.elements.length === 0, { what: 'no seat to be taken' });
    await anna.room.queue.init(5);
  });

  test('drops members who leave and members who lose the link', async () => {
    const { anna, ben } = await annaAndBen();
    await anna.room.queue.load();
    await ben.room.queue.offer('seat1', 'ben');
    await waitFor(() => anna.room.queue.elements.length === 1, { what: 'the seat to be taken' });
    await ben.chatroom.leave();
    await waitFor(() => anna.room.queue.elements.length === 0, { what: 'the seat to be free' });
  });
});

describe('the list of rooms', () => {
  test('comes from the app server, is searched, and remembers the rooms that were visited', async () => {
    const storage = new Map<string, unknown>();
    const client = world.client({ storage });
    const { roomList } = client.chatroom;
    const loading = roomList.load();
    expect(roomList.state).toBe('loading');
    await loading;
    expect(roomList.state).toBe('ready');
    expect(roomList.rooms.map(({ roomName }) => roomName)).toEqual([
      'Room 9000',
      'Room 9001',
      'Room 9002',
    ]);
    await roomList.search('9001');
    expect(roomList.rooms.map(({ roomId }) => roomId)).toEqual(['9001']);
    await roomList.search('no such room');
    expect(roomList.state).toBe('empty');
    await client.chatroom.enter('9001', { signIn: { way: 'anonymous' } });
    await client.chatroom.leave();
    const again = world.client({ storage });
    expect(again.chatroom.roomList.recent).toMatchObject([
      { roomId: '9001', roomName: 'Room 9001' },
    ]);
  });

  test('reports an app server that cannot be reached', async () => {
    const client = world.client({ legalHosts: { request: ['other.example'] } });
    await client.chatroom.roomList.load();
    expect(client.chatroom.roomList.state).toBe('error');
    expect(client.chatroom.roomList.error).toMatchObject({ code: 600002 });
  });
});
