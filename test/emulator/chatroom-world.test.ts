import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Emulator, startEmulator } from '../../emulator';
import { BareRoom } from '../harness/bare-room';
import { bearer } from './support/bearer';
import { emitted, ROOM, useRooms } from './support/rooms';

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

async function ask(
  url: string,
  method = 'GET',
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

describe('chatrooms of the app server', () => {
  const stage = useRooms();
  const app = (route: string, method?: string, body?: unknown) =>
    ask(stage.emulator.appServer + route, method, body, bearer(stage.emulator, 'ben'));

  test('are listed with their number of online members, and searched', async () => {
    const { rooms } = stage.emulator;
    rooms.addRoom({
      roomId: '9002',
      roomName: 'Sports',
      announcement: 'No MUSIC here',
      live: true,
      liveUrl: 'http://127.0.0.1/live',
      cover: 'http://127.0.0.1/cover.svg',
      creatorAccountId: 'ben',
    });
    rooms.setRole('9002', 'ghost', 'virtual');
    await stage.inside('ben');
    await stage.inside('ben');
    const sports = {
      roomId: '9002',
      roomName: 'Sports',
      cover: 'http://127.0.0.1/cover.svg',
      announcement: 'No MUSIC here',
      liveUrl: 'http://127.0.0.1/live',
      live: true,
      creatorAccountId: 'ben',
      onlineUserCount: 1,
    };
    const { body } = await app('/rooms');
    expect(body).toEqual({
      rooms: [expect.objectContaining({ roomId: ROOM, onlineUserCount: 1, live: false }), sports],
    });
    const idsFor = async (q: string) => {
      const found = (await app(`/rooms?q=${encodeURIComponent(q)}`)).body['rooms'];
      return (found as { roomId: string }[]).map(({ roomId }) => roomId);
    };
    expect(await idsFor('music')).toEqual([ROOM, '9002']);
    expect(await idsFor('9002')).toEqual(['9002']);
    expect(await idsFor('nothing')).toEqual([]);
    expect((await app('/rooms/9002')).body).toEqual(sports);
    rooms.closeRoom('9002');
    expect(await idsFor('')).toEqual([ROOM]);
    expect(await app('/rooms/9002/addresses')).toMatchObject({
      status: 404,
      body: { code: 113406 },
    });
  });

  test('can be entered with a dynamic token of the app server', async () => {
    const { body } = await app('/dynamic-token', 'POST', { accountId: 'ben' });
    const token = String(body['token']);
    await stage.client().enter({
      roomId: ROOM,
      accountId: 'ben',
      tokenProvider: () => Promise.resolve(token),
    });
  });
});

describe('chatrooms of the control API', () => {
  const stage = useRooms();
  const control = (route: string, method?: string, body?: unknown) =>
    ask(stage.emulator.control + route, method, body);
  const inRoom = (route: string, method?: string, body?: unknown) =>
    control(`/rooms/${ROOM}${route}`, method, body);

  test('have the commands of the programmatic API', async () => {
    const { rooms } = stage.emulator;
    await control('/rooms', 'POST', { roomId: '9002', roomName: 'Made over HTTP' });
    expect(rooms.view('9002').roomName).toBe('Made over HTTP');
    const ben = await stage.inside('ben');
    await inRoom('/messages', 'POST', { senderId: 'anna', text: 'hi', count: 2 });
    expect(await inRoom('/messages')).toMatchObject({ body: [{ senderId: 'anna' }, {}] });
    await inRoom('/role', 'POST', { accountId: 'ben', role: 'manager' });
    await inRoom('/ban', 'POST', { accountId: 'chen' });
    await inRoom('/temp-ban', 'POST', { accountId: 'chen', seconds: 10 });
    await inRoom('/chat-banned', 'PUT', { chatBanned: true });
    await inRoom('/queue', 'POST', { elements: [{ key: 'a', value: '1' }] });
    const room = rooms.room(ROOM);
    expect(room.members['ben']?.role).toBe(2);
    expect(room.members['chen']).toMatchObject({ chatBanned: true });
    expect(room.chatBanned).toBe(true);
    expect((await inRoom('/queue')).body).toMatchObject([{ key: 'a' }]);
    expect((await inRoom('/clients')).body).toMatchObject([{ accountId: 'ben' }]);
    const [first] = rooms.messages(ROOM);
    await inRoom('/recall', 'POST', { messageClientId: first?.messageClientId });
    expect(rooms.messages(ROOM)).not.toContain(first);
    await inRoom('/kick', 'POST', { accountId: 'ben', reason: 2, extension: 'x' });
    await emitted(ben, 'onChatroomKicked');
    expect(ben.kicked).toEqual({ kickedReason: 2, serverExtension: 'x' });
    await inRoom('/close', 'POST');
    expect(room.valid).toBe(false);
    expect(await control('/rooms/404/close', 'POST')).toMatchObject({
      status: 400,
      body: { code: 113404 },
    });
  });

  test('refuse a message without a sender and a queue without elements', async () => {
    const refused = { status: 400, body: { code: 414 } };
    expect(await inRoom('/messages', 'POST', { text: 'from nobody' })).toMatchObject(refused);
    expect(await inRoom('/messages', 'POST')).toMatchObject(refused);
    expect(await inRoom('/queue', 'POST', {})).toMatchObject(refused);
    expect(stage.emulator.rooms.messages(ROOM)).toEqual([]);
  });

  test('start and stop floods', async () => {
    const flood = await control('/floods', 'POST', { roomId: ROOM, perSecond: 10, seconds: 60 });
    expect(flood.body).toMatchObject({ roomId: ROOM, sent: 0 });
    const { id } = flood.body as { id: string };
    expect((await control(`/floods/${id}`, 'DELETE')).body).toEqual({ stopped: true });
    expect((await control('/floods')).body).toEqual([]);
  });
});

describe("the demo world's chatrooms", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.close());

  test('have covers, announcements, messages and a queue; one room is live, one is muted', async () => {
    const rooms = emulator.rooms.list();
    expect(rooms).toHaveLength(6);
    expect(rooms.every(({ announcement, cover }) => announcement && cover)).toBe(true);
    const [live] = rooms.filter(({ liveUrl }) => liveUrl);
    expect(emulator.rooms.messages(live?.roomId ?? '').length).toBeGreaterThan(200);
    expect(live?.onlineUserCount).toBeGreaterThan(100);
    expect(rooms.some(({ roomId }) => emulator.rooms.queue(roomId).length > 1)).toBe(true);
    expect(rooms.some(({ roomId }) => emulator.rooms.room(roomId).chatBanned)).toBe(true);
    const { body } = await ask(`${emulator.appServer}/rooms`);
    const [first] = body['rooms'] as { cover: string }[];
    const cover = await fetch(first?.cover ?? '');
    expect(cover.headers.get('content-type')).toContain('image/svg+xml');
    const list = body['rooms'] as { liveUrl: string }[];
    const video = await fetch(list.find(({ liveUrl }) => liveUrl)?.liveUrl ?? '');
    expect(video.headers.get('content-type')).toBe('video/mp4');
    expect((await video.arrayBuffer()).byteLength).toBeGreaterThan(1000);
  });

  test('show their messages to the SDK, with pictures that can be fetched', async () => {
    const client = new BareRoom(emulator);
    await client.enter({ roomId: '9001', accountId: 'linxia', token: 'token-linxia' });
    const messages = await client.service.getMessageList({ limit: 100 });
    expect(messages).toHaveLength(100);
    const avatar = await fetch(messages[0]?.userInfoConfig?.senderAvatar ?? '');
    expect(avatar.headers.get('content-type')).toContain('image/svg+xml');
    const [picture] = await client.service.getMessageList({ messageTypes: [1], limit: 1 });
    const { url } = picture?.attachment as { url: string };
    expect((await fetch(url)).status).toBe(200);
    await client.dispose();
    expect(emulator.unimplemented).toEqual([]);
  });
});

test('a restart keeps members, bans, messages and queues of chatrooms, but no guests', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'emulator-'));
  const first = await startEmulator({ world: 'empty', dataDir });
  first.world.addAccount({ accountId: 'ann' });
  first.rooms.addRoom({ roomId: ROOM, roomName: 'Kept', creatorAccountId: 'ann' });
  first.rooms.block(ROOM, 'ben');
  first.rooms.setRole(ROOM, 'cid', 'manager');
  first.world.addAccount({ accountId: 'dan', token: 'token-dan' });
  const dan = new BareRoom(first);
  await dan.enter({ roomId: ROOM, accountId: 'dan', token: 'token-dan' });
  expect(first.rooms.room(ROOM).members).toHaveProperty('dan');
  first.rooms.sendAs(ROOM, 'ann', 'remember me');
  first.rooms.queueOffer(ROOM, [{ key: 'a', value: '1' }]);
  await first.close();
  await dan.dispose();

  const second = await startEmulator({ world: 'empty', dataDir });
  const { members, queue, roomName, messages } = second.rooms.room(ROOM);
  expect(roomName).toBe('Kept');
  expect(Object.keys(members)).toEqual(['ann', 'ben', 'cid']);
  expect(members['ben']?.blocked).toBe(true);
  expect(queue).toMatchObject([{ key: 'a', value: '1', ownerAccountId: 'ann' }]);
  expect(messages.some(({ wire }) => wire[13] === 'remember me')).toBe(true);
  await second.close();
  rmSync(dataDir, { recursive: true, force: true });
});
