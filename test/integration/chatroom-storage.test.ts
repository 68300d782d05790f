import { waitFor } from '../harness';
import { roomTexts } from '../harness/room-client';
import { ROOM, useRoomWorld } from '../harness/room-world';

const world = useRoomWorld();

describe('a device whose storage refuses every access', () => {
  const storageFault = (operation: string) => `${operation} DB data fail`;

  test('enters rooms as an account, always with the same device id', async () => {
    const client = world.client({ storageFault });
    await client.signIn('ben');
    const room = await client.chatroom.enter(ROOM);
    room.sendText('hello');
    await waitFor(() => roomTexts(room).includes('hello'), { what: 'the text' });
    world.emulator.faults.cut({ accountId: 'ben' });
    await waitFor(() => room.state.name === 'reconnecting', { what: 'the link to be lost' });
    await waitFor(() => room.state.name === 'inside', { what: 'Ben to be inside again' });
    await client.chatroom.leave();
    await client.chatroom.enter(ROOM);
    const devices = new Set(world.emulator.log.enters.map(({ deviceId }) => deviceId));
    expect([...devices]).toHaveLength(1);
    expect(client.chatroom.roomList.recent.map(({ roomId }) => roomId)).toEqual([ROOM]);
    await client.chatroom.leave();
    await client.root.session.signOut();
    expect(client.core.gate.counts().live).toBe(0);
  });

  test('enters rooms as a guest, always as the same guest', async () => {
    const client = world.client({ storageFault });
    const first = await client.chatroom.enter(ROOM, { signIn: { way: 'anonymous' } });
    const guest = first.me.member?.accountId;
    await client.chatroom.leave();
    const second = await client.chatroom.enter(ROOM, { signIn: { way: 'anonymous' } });
    expect(second.me.member?.accountId).toBe(guest);
  });
});
