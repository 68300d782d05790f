import { waitFor } from '../harness';
import type { RoomClient } from '../harness/room-client';
import { ROOM, ROOMS, useRoomWorld } from '../harness/room-world';

const world = useRoomWorld();

async function ended({ room }: RoomClient) {
  await waitFor(() => room.state.name === 'exited', { what: 'the end of the visit' });
  return { state: room.state, code: room.exitCode, composer: room.composer.kind };
}

/** Expects that nothing of the visit is left; `leave` of an ended visit only waits for the close. */
async function expectClosed(client: RoomClient, room = client.room) {
  await room.leave();
  await client.wx.sockets.whenEmpty();
  expect(client.instances()).toBe(0);
  expect(client.core.manager.rooms.rooms()).toEqual([]);
}

describe('a visit ends', () => {
  test('when the user leaves: the server is told, the socket is closed, the store is dropped', async () => {
    const client = await world.visitor('ben');
    const { room } = client;
    await client.chatroom.leave();
    expect(room.state).toMatchObject({ name: 'exited', cause: { kind: 'left' } });
    expect(client.chatroom.room).toBeNull();
    expect(client.wx.sockets.live).toBe(0);
    await waitFor(() => world.emulator.rooms.membersOnline(ROOM).length === 0, {
      what: 'the server to have no member',
    });
    await expectClosed(client, room);
  });

  test('when a manager removes the member, with the reason of the manager', async () => {
    const client = await world.visitor('ben');
    const anna = await world.bare('anna');
    await anna.service.kickMember('ben', 'be nice');
    expect(await ended(client)).toMatchObject({
      state: { cause: { kind: 'kicked', reason: 2, extension: 'be nice' } },
      code: 600120,
      composer: 'outside',
    });
    await expectClosed(client);
  });

  test('when the room is closed', async () => {
    const client = await world.visitor('ben');
    world.emulator.rooms.closeRoom(ROOM);
    expect(await ended(client)).toMatchObject({
      state: { cause: { kind: 'closed' } },
      code: 113406,
    });
    await expectClosed(client);
  });

  test('when the account is blocked', async () => {
    const client = await world.visitor('ben');
    world.emulator.rooms.block(ROOM, 'ben');
    expect(await ended(client)).toMatchObject({
      state: { cause: { kind: 'blocked' } },
      code: 114426,
    });
    await expectClosed(client);
  });

  test('when another client of the account enters and the room allows a single client', async () => {
    world.emulator.rooms.room(ROOM).loginPolicy = { kind: 'exclusive' };
    const client = await world.visitor('ben');
    await world.bare('ben');
    expect(await ended(client)).toMatchObject({
      state: { cause: { kind: 'kicked', reason: 3 } },
      code: 600121,
    });
    await expectClosed(client);
  });

  test('at the next entering of the account after the room began to allow a single client', async () => {
    const room = world.emulator.rooms.room(ROOM);
    room.loginPolicy = { kind: 'allow', clients: 2 };
    const phone = await world.visitor('ben');
    const tablet = await world.visitor('ben');
    room.loginPolicy = { kind: 'exclusive' };
    expect([phone.room.state.name, tablet.room.state.name]).toEqual(['inside', 'inside']);
    const desk = await world.visitor('ben');
    for (const client of [phone, tablet])
      expect(await ended(client)).toMatchObject({
        state: { cause: { kind: 'kicked', reason: 3 } },
        code: 600121,
      });
    expect(desk.room.state.name).toBe('inside');
  });

  test('on the oldest client of the account when more clients enter than the room allows', async () => {
    world.emulator.rooms.room(ROOM).loginPolicy = { kind: 'allow', clients: 2 };
    const [oldest, middle] = [await world.visitor('ben'), await world.visitor('ben')];
    const newest = await world.visitor('ben');
    expect(await ended(oldest)).toMatchObject({ state: { cause: { reason: 3 } }, code: 600121 });
    expect([middle.room.state.name, newest.room.state.name]).toEqual(['inside', 'inside']);
  });

  test('on an idle device that reconnects by itself, not on the device in use', async () => {
    world.emulator.rooms.room(ROOM).loginPolicy = { kind: 'exclusive' };
    const idle = await world.visitor('ben');
    idle.wx.network.set(false);
    world.emulator.faults.cut({ accountId: 'ben' });
    await waitFor(() => world.emulator.rooms.membersOnline(ROOM).length === 0, {
      what: 'the server to have no member',
    });
    const inUse = await world.visitor('ben');
    idle.wx.network.set(true);
    expect(await ended(idle)).toMatchObject({
      state: { cause: { kind: 'refused' } },
      code: 417,
    });
    expect(inUse.room.state.name).toBe('inside');
    await expectClosed(idle);
  });

  test('when another client of the account removes the client, without the app server', async () => {
    const phone = await world.visitor('ben');
    const tablet = await world.visitor('ben');
    const [other, ...none] = await tablet.room.myOtherClients();
    expect(none).toEqual([]);
    const { enterTime } = world.emulator.rooms.clients(ROOM, 'ben')[0] ?? {};
    expect(other).toEqual({ type: 16, since: enterTime });
    await tablet.room.kickMyOtherClients();
    expect(await ended(phone)).toMatchObject({ state: { cause: { reason: 3 } }, code: 600121 });
    expect(tablet.room.state.name).toBe('inside');
    expect(await tablet.room.myOtherClients()).toEqual([]);
  });

  test.each([
    [102422, 'banned'],
    [113406, 'closed'],
    [114426, 'blocked'],
    [403, 'refused'],
  ])('when a reconnect is refused with %i', async (code, kind) => {
    const client = await world.visitor('ben');
    world.emulator.faults.add({ kind: 'command', command: '36_2', code });
    world.emulator.faults.cut({ accountId: 'ben' });
    expect(await ended(client)).toMatchObject({ state: { cause: { kind } }, code });
    await expectClosed(client);
  });

  test('when another room is entered', async () => {
    const client = await world.visitor('ben');
    const { room: first } = client;
    await client.chatroom.enter(ROOMS[1]);
    expect(first.state).toMatchObject({ name: 'exited', cause: { kind: 'replaced' } });
    expect(client.room.roomId).toBe(ROOMS[1]);
    expect(world.emulator.rooms.membersOnline(ROOM)).toEqual([]);
  });

  test('when the account that entered signs out', async () => {
    const client = world.client();
    await client.signIn('ben');
    const room = await client.chatroom.enter(ROOM);
    await client.root.session.signOut();
    await waitFor(() => room.state.name === 'exited', { what: 'the room to be left' });
    expect(client.chatroom.room).toBeNull();
    await expectClosed(client, room);
  });
});
