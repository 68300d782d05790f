import { startEmulator } from '../../emulator';

/** The emulator in a process of its own, so that a flood does not cost the phone its core. */
export const FLOODED_ROOM = '9000';

export interface FloodOrder {
  perSecond: number;
  seconds: number;
  members: number;
  seed: number;
}

/** How far the flood is, by the phone's clock. */
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
