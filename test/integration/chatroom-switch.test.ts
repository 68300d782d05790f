import type { RoomClient } from '../harness/room-client';
import { ROOM, ROOMS, useRoomWorld } from '../harness/room-world';

const world = useRoomWorld();
const BEN = { signIn: { way: 'static', accountId: 'ben', token: 'token-ben' } } as const;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Enters the room. Resolves with `inside` or the code of the error. */
const enter = (client: RoomClient, roomId: string): Promise<string> =>
  client.chatroom.enter(roomId, BEN).then(
    () => 'inside',
    (error: { code: number }) => String(error.code),
  );

describe('requests to enter rooms, some within 10 ms of each other', () => {
  test.each([
    [300, 50],
    [2000, 50],
  ])(
    'the last request wins with sockets that take %i ms to close, after %i requests',
    async (closeDelayMs, count) => {
      const limits = { total: 5, perHost: 2 };
      const client = world.client({ closeDelayMs, limits });
      const outcomes: Promise<string>[] = [];
      for (let i = 0; i < count; i++) {
        outcomes.push(enter(client, ROOMS[i % 3] ?? ROOM));
        // Most taps come quickly; every fifth waits until the room is entered.
        if (i % 5 === 4 && closeDelayMs < 1000) await outcomes[i];
        else await pause(i % 3 === 0 ? 0 : 7);
      }
      const ended = await Promise.all(outcomes);
      expect(ended[count - 1]).toBe('inside');
      expect(new Set(ended)).toEqual(new Set(['inside', '600122']));
      expect(client.room.roomId).toBe(ROOMS[(count - 1) % 3]);
      expect(client.room.state.name).toBe('inside');
      expect(client.chatroom.rooms).toEqual([client.room]);
      expect(client.wx.sockets.maxOfAnyHost).toBe(1);
      expect(client.instances()).toBe(1);
      expect(world.emulator.rooms.clients(client.room.roomId, 'ben')).toHaveLength(1);
      await client.chatroom.leave();
      expect(client.instances()).toBe(0);
      expect(client.wx.sockets.live).toBe(0);
      expect(client.core.manager.rooms.rooms()).toEqual([]);
    },
  );
});

describe('an entering that the user cancels', () => {
  test('during the request for the address leaves nothing behind', async () => {
    const client = world.client();
    const entering = enter(client, ROOM);
    await client.chatroom.leave();
    expect(await entering).toBe('191002');
    expect(client.instances()).toBe(0);
    // The answer of the app server arrives and is dropped.
    await client.core.platform.request({ url: `${world.emulator.appServer}/rooms` });
    expect(client.instances()).toBe(0);
    expect(client.wx.sockets.connects).toEqual([]);
    expect(client.core.manager.rooms.rooms()).toEqual([]);
  });

  test.each([
    ['the handshake', { kind: 'handshake', hang: true }],
    ['the wait for the link', { kind: 'noConnectFrame' }],
    ['the login', { kind: 'command', command: '36_2', drop: 'request' }],
  ] as const)('during %s leaves nothing behind', async (_when, fault) => {
    world.emulator.faults.add(fault);
    const client = world.client({ closeDelayMs: 50 });
    const entering = enter(client, ROOM);
    await pause(80);
    await client.chatroom.leave();
    expect(await entering).toBe('191002');
    expect(client.instances()).toBe(0);
    expect(client.wx.sockets.live).toBe(0);
  });
});

describe('two rooms at a time', () => {
  test('are both inside, and each ends with its own socket', async () => {
    const client = world.client({ closeDelayMs: 100 });
    client.core.manager.rooms.setPlaces(2);
    const first = await client.chatroom.enter(ROOMS[0], BEN);
    const second = await client.chatroom.enter(ROOMS[1], BEN);
    expect([first.state.name, second.state.name]).toEqual(['inside', 'inside']);
    await client.chatroom.leave(first);
    expect(second.state.name).toBe('inside');
    expect(client.wx.sockets.live).toBe(1);
    await client.chatroom.leave(second);
  });

  test('may be entered at the same time: the gate counts each socket for its room', async () => {
    const client = world.client({ closeDelayMs: 100 });
    client.core.manager.rooms.setPlaces(2);
    const [first, second] = await Promise.all([
      client.chatroom.enter(ROOMS[0], BEN),
      client.chatroom.enter(ROOMS[1], BEN),
    ]);
    const owners = () => client.core.gate.list().map(({ owner }) => owner);
    expect(owners()).toEqual(['room:9000#1', 'room:9001#2']);
    await client.chatroom.leave(first);
    expect(owners()).toEqual(['room:9001#2']);
    await client.chatroom.leave(second);
  });
});
