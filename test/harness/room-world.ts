import { type Emulator, startEmulator } from '../../emulator';
import type { WxOptions } from '../wx';
import { BareRoom, type BareRoomEnter, type BareRoomOptions } from './bare-room';
import { createRoomClient, type RoomClient } from './room-client';

/** Rooms that every world has; anna created them. */
export const ROOMS = ['9000', '9001', '9002'] as const;
export const ROOM = ROOMS[0];
/** Accounts that every world has; the token of each is `token-<accountId>`. */
const PEOPLE = ['anna', 'ben', 'chen', 'dora'] as const;

/** An emulator with rooms and their clients; all end with the test. */
export interface RoomWorld {
  readonly emulator: Emulator;
  /** The app's core with the chatroom package. */
  client(wxOptions?: WxOptions, env?: Record<string, string>): RoomClient;
  /** The same core, inside a room as an account with its static token. */
  visitor(accountId: string, roomId?: string, wxOptions?: WxOptions): Promise<RoomClient>;
  /** The chatroom SDK without the app, inside a room. */
  bare(
    accountId: string,
    how?: Partial<BareRoomEnter>,
    options?: BareRoomOptions,
  ): Promise<BareRoom>;
}

/**
 * Starts a fresh emulator for each test of the file. Checks after each test that the emulator knew every
 * command, that no client's code threw, and that no SDK instance and no socket is left.
 */
export function useRoomWorld(): RoomWorld {
  let emulator: Emulator | undefined;
  let ends: (() => Promise<void>)[] = [];
  let clients: RoomClient[] = [];
  const running = () => {
    if (!emulator) throw new Error('the emulator runs inside a test only');
    return emulator;
  };
  jest.setTimeout(60_000);

  beforeEach(async () => {
    const started = await startEmulator({ port: 0, world: 'empty' });
    emulator = started;
    for (const accountId of PEOPLE)
      started.world.addAccount({
        accountId,
        token: `token-${accountId}`,
        name: `Name of ${accountId}`,
      });
    for (const roomId of ROOMS)
      started.rooms.addRoom({ roomId, roomName: `Room ${roomId}`, creatorAccountId: 'anna' });
  });

  afterEach(async () => {
    const thrown = clients.flatMap(({ wx }) => wx.errors);
    for (const end of ends.reverse()) await end();
    const left = clients.map((client) => [client.instances(), client.wx.sockets.live]);
    const { unimplemented } = running();
    await running().close();
    emulator = undefined;
    ends = [];
    clients = [];
    expect(thrown).toEqual([]);
    expect(left).toEqual(left.map(() => [0, 0]));
    expect(unimplemented).toEqual([]);
  });

  const client = (wxOptions: WxOptions = {}, env?: Record<string, string>) => {
    const created = createRoomClient(running(), wxOptions, env);
    clients.push(created);
    ends.push(() => created.dispose());
    return created;
  };
  return {
    get emulator() {
      return running();
    },
    client,
    async visitor(accountId, roomId = ROOM, wxOptions = {}) {
      const created = client(wxOptions);
      await created.chatroom.enter(roomId, {
        signIn: { way: 'static', accountId, token: `token-${accountId}` },
        roomNick: accountId.toUpperCase(),
      });
      return created;
    },
    async bare(accountId, how = {}, options = {}) {
      const bare = new BareRoom(running(), options);
      ends.push(() => bare.dispose());
      await bare.enter({
        roomId: ROOM,
        accountId,
        token: `token-${accountId}`,
        roomNick: accountId.toUpperCase(),
        ...how,
      });
      return bare;
    },
  };
}
