import { type Emulator, type EmulatorOptions, startEmulator } from '../../../emulator';
import {
  BareRoom,
  type BareRoomEnter,
  type BareRoomOptions,
  type RoomNotification,
} from '../../harness/bare-room';
import { waitFor } from '../../harness/wait-for';

export const ROOM = '9001';

/** Accounts of the tests; `anna` is the room's creator. The token of an account is `token-<accountId>`. */
const ROOM_PEOPLE = ['anna', 'ben', 'chen', 'dora'] as const;

/** An emulator with a room and accounts that may enter it; closed after each test. */
export interface RoomStage {
  readonly emulator: Emulator;
  /** Creates a client that is not inside yet. */
  client(options?: BareRoomOptions): BareRoom;
  /** Creates a client inside the room. */
  inside(
    accountId: string,
    how?: Partial<BareRoomEnter>,
    options?: BareRoomOptions,
  ): Promise<BareRoom>;
}

/** To be called once in a describe block. Each test also fails on a command that the emulator does not implement. */
export function useRooms(options: EmulatorOptions = {}): RoomStage {
  let emulator: Emulator;
  let clients: BareRoom[] = [];
  const stage: RoomStage = {
    get emulator() {
      return emulator;
    },
    client(clientOptions) {
      const client = new BareRoom(emulator, clientOptions);
      clients.push(client);
      return client;
    },
    async inside(accountId, how, clientOptions) {
      const client = stage.client(clientOptions);
      await client.enter({ roomId: ROOM, accountId, token: `token-${accountId}`, ...how });
      return client;
    },
  };
  beforeEach(async () => {
    emulator = await startEmulator({ world: 'empty', ...options });
    for (const accountId of ROOM_PEOPLE) {
      emulator.world.addAccount({
        accountId,
        token: `token-${accountId}`,
        name: accountId.toUpperCase(),
      });
    }
    emulator.rooms.addRoom({ roomId: ROOM, roomName: 'Music', creatorAccountId: 'anna' });
  });
  afterEach(async () => {
    const { unimplemented } = emulator;
    await Promise.all(clients.map((client) => client.dispose()));
    clients = [];
    await emulator.close();
    expect(unimplemented).toEqual([]);
  });
  return stage;
}

/** Resolves with the client's first notification of this API type, including past notifications. */
export function notified(
  client: BareRoom,
  type: number,
  matches: (notification: RoomNotification) => boolean = () => true,
): Promise<RoomNotification> {
  return waitFor(
    () => client.notifications.find((one) => one.attachment.type === type && matches(one)),
    { what: `notification of type ${type} at ${client.accountId}` },
  );
}

/** Resolves with the arguments of the first event of this name, including past events. */
export function emitted(client: BareRoom, event: string): Promise<unknown[]> {
  return waitFor(() => client.seen(event)[0], { what: `${event} at ${client.accountId}` });
}

/** Resolves when the client has received exactly these texts in this order. */
export async function receives(client: BareRoom, ...texts: string[]): Promise<void> {
  await waitFor(() => client.received.length >= texts.length, {
    what: `${texts.length} messages at ${client.accountId}`,
  });
  expect(client.received.map(({ text }) => text)).toEqual(texts);
}
