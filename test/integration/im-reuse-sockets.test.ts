import { neRoom } from '@/packages/meeting/neroom';
import { type Client, useWorld, waitFor } from '../harness';
import { type KitSocket, type KitWx, openRoomSocket } from '../kits/kit-wx';
import { createLegacyKit } from '../kits/legacy-kit';

const world = useWorld();

/** Hosts that do not exist; requests to them arrive at the emulator. */
const KIT_HOST = 'kit.example';
const ROOM_HOST = 'room.example';
const LINK_HOST = 'link.example';

async function signedIn() {
  const client = world.client('anna', {
    resolve: (url) => url.replace(/\/\/\w+\.example/, `//${world.emulator.linkUrl}`),
  });
  const wx = client.wx.wx as unknown as KitWx;
  const kit = createLegacyKit({ wx, server: `${world.emulator.url}/room-server` });
  const meeting = new client.module.MeetingStore(
    client.core,
    client.root,
    neRoom(kit.NERoom, { socketHosts: [KIT_HOST, LINK_HOST] }),
  );
  await client.signIn({ way: 'static', accountId: 'anna', token: 'token-anna' });
  await meeting.signIn();
  expect(meeting.status).toBe('signedIn');
  return { client, wx };
}

/** Opens the socket of a room for an owner, as the chatroom package does. */
async function enterRoom({ core }: Client, wx: KitWx, roomId: string, host: string) {
  const owned: KitWx = {
    request: (options) => wx.request(options),
    connectSocket: (options) =>
      core.gate.withOwner(`room:${roomId}`, () => wx.connectSocket(options)),
  };
  return await openRoomSocket(owned, host);
}

const owners = ({ core }: Client) =>
  core.gate
    .list()
    .filter(({ state }) => state !== 'held')
    .map(({ owner }) => owner)
    .sort();

/** Resolves when `count` connects are held. */
const held = ({ core: { gate } }: Client, count: number) =>
  new Promise<void>((resolve) => {
    const look = () => {
      if (gate.counts().held !== count) return;
      stop();
      resolve();
    };
    const stop = gate.on(look);
    look();
  });

const limitsHeld = ({ wx }: Client) => {
  expect(wx.sockets.maxLive).toBeLessThanOrEqual(5);
  expect(wx.sockets.maxOfAnyHost).toBeLessThanOrEqual(2);
  expect(wx.sockets.refused).toBe(0);
};

describe('two sockets of a kit, IM and two rooms', () => {
  test('all five are live on different hosts; the sixth connect is held until a socket closes', async () => {
    const { client, wx } = await signedIn();
    const opened: KitSocket[] = [];
    for (let count = 0; count < 2; count++) opened.push(await openRoomSocket(wx, KIT_HOST));
    for (const roomId of ['1', '2']) opened.push(await enterRoom(client, wx, roomId, ROOM_HOST));
    expect(owners(client)).toEqual(['im#1', 'kit:NERoom', 'kit:NERoom', 'room:1', 'room:2']);

    const sixth = openRoomSocket(wx, LINK_HOST);
    await held(client, 1);
    expect(client.wx.sockets.live).toBe(5);
    opened[0]?.close();
    (await sixth).close();
    limitsHeld(client);
  });

  test('the third connect to a host is held until the first socket closes, whatever its owner', async () => {
    const { client, wx } = await signedIn();
    const [first] = [await openRoomSocket(wx, LINK_HOST), await openRoomSocket(wx, LINK_HOST)];
    const rooms = ['1', '2'].map((roomId) => enterRoom(client, wx, roomId, LINK_HOST));
    await held(client, 2);
    expect(owners(client)).toEqual(['im#1', 'kit:NERoom', 'kit:NERoom']);
    first.close();
    const entered = await Promise.race(rooms);
    expect(owners(client)).toEqual(['im#1', 'kit:NERoom', 'room:1']);
    entered.close();
    await Promise.all(rooms);
    expect(owners(client)).toEqual(['im#1', 'kit:NERoom', 'room:2']);
    limitsHeld(client);
  });

  test('a broken link reconnects although every other place is taken', async () => {
    const { client, wx } = await signedIn();
    for (let count = 0; count < 2; count++) await openRoomSocket(wx, KIT_HOST);
    for (const roomId of ['1', '2']) await enterRoom(client, wx, roomId, ROOM_HOST);
    world.emulator.faults.cut({ how: 'terminate', accountId: 'anna' });
    await waitFor(() => !client.root.connection.isOnline, { what: 'the break' });
    await waitFor(() => client.root.connection.isOnline, { what: 'IM to be online' });
    expect(owners(client)).toEqual(['im#1', 'kit:NERoom', 'kit:NERoom', 'room:1', 'room:2']);
    limitsHeld(client);
  });
});
