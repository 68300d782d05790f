import { startEmulator } from '../../emulator';

/** Room of the flood. The emulator has a separate process, so that a flood does not take the phone's core. */
export const FLOODED_ROOM = '9000';

export interface FloodOrder {
  perSecond: number;
  seconds: number;
  members: number;
  seed: number;
}

/** Message with the elapsed time of the flood by the phone's clock. */
export interface FloodPace {
  elapsedMs: number;
}

export type FloodReport = { url: string } | { started: string } | { sent: number };

async function main(): Promise<void> {
  const emulator = await startEmulator({ port: 0, world: 'empty' });
  emulator.world.addAccount({ accountId: 'anna', name: 'Anna', token: 'token-anna' });
  emulator.rooms.addRoom({ roomId: FLOODED_ROOM, roomName: 'Flooded' });
  const tell = (report: FloodReport) => process.send?.(report);
  let elapsedMs = 0;
  process.on('message', (order: FloodOrder | FloodPace) => {
    if ('elapsedMs' in order) {
      elapsedMs = order.elapsedMs;
      return;
    }
    const flood = emulator.rooms.floodRoom({
      roomId: FLOODED_ROOM,
      elapsedMs: () => elapsedMs,
      ...order,
    });
    tell({ started: flood.id });
    void flood.done.then(() => tell({ sent: flood.sent }));
  });
  tell({ url: emulator.url });
}

if (process.send) void main();
