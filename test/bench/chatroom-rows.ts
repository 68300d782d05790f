import { type Emulator, startEmulator } from '../../emulator';
import type { RoomActor, RoomActorOptions } from './chatroom-actors';
import type { Outcome } from './connection-rows';

/** A situation with the chatroom SDK, see {@link Row}. */
export interface RoomRow {
  name: string;
  links: number;
  play(actor: RoomActor, emulator: Emulator): Promise<void>;
  expected: string;
}

export const ROOM_ROWS: readonly RoomRow[] = [
  {
    name: 'chatroom switch, four times, each awaited',
    links: 1,
    expected: 'r4',
    play: async (actor) => {
      for (const roomId of ['r0', 'r1', 'r2', 'r3', 'r4']) await actor.switchTo(roomId);
    },
  },
  {
    name: 'chatroom enter refused with 503, three links',
    links: 3,
    expected: 'r0',
    play: async (actor, emulator) => {
      emulator.faults.add({ kind: 'command', command: '36_2', code: 503, times: 2 });
      await actor.switchTo('r0');
    },
  },
];

/** Numeric room ids, as the protocol requires. */
const ROOM_IDS: Readonly<Record<string, string>> = {
  r0: '9000',
  r1: '9001',
  r2: '9002',
  r3: '9003',
  r4: '9004',
};

/** Plays a row with an actor on a new emulator. */
export async function playRoomRow(
  row: RoomRow,
  closeMs: number,
  createActor: (options: RoomActorOptions) => RoomActor,
): Promise<Outcome> {
  const emulator = await startEmulator({ port: 0, world: 'empty' });
  emulator.world.addAccount({ accountId: 'u1', token: 'token-u1' });
  for (const roomId of Object.values(ROOM_IDS)) emulator.world.addRoom({ roomId });
  const actor = createActor({ emulator, closeMs, links: row.links });
  const named: RoomActor = {
    ...actor,
    switchTo: (room) => actor.switchTo(ROOM_IDS[room] ?? room),
  };
  try {
    await row.play(named, emulator);
    const requestsLost = actor.room() === ROOM_IDS[row.expected] ? 0 : 1;
    const { maxLive, maxOfAnyHost } = actor.wx.sockets;
    return { maxLive, maxPerHost: maxOfAnyHost, requestsLost };
  } finally {
    await actor.dispose();
    await emulator.close();
  }
}
