import { startEmulator } from '../../emulator';
import { bareRoomActor, gatedRoomActor } from './chatroom-actors';
import { playRoomRow, ROOM_ROWS } from './chatroom-rows';
import { type Actor, type ActorOptions, bareActor, connectionActor } from './connection-actors';
import { type Outcome, outcomeOf, type Row, ROWS } from './connection-rows';

interface Figure {
  row: string;
  closeMs: number;
  bareMaxLive: number;
  maxLive: number;
  maxPerHost: number;
  requestsLost: number;
}

const CLOSE_MS = [300, 2000];

/** Measures the table of docs/connection.md: the bare SDK and the app's connection layer in the same situations. */
export async function benchConnection(json: boolean): Promise<void> {
  const connection: Figure[] = [];
  for (const closeMs of CLOSE_MS) {
    const note = (row: string, bare: Outcome, { maxLive, maxPerHost, requestsLost }: Outcome) => {
      const figure = { row, closeMs, bareMaxLive: bare.maxLive, maxLive, maxPerHost, requestsLost };
      connection.push(figure);
      if (!json) print(figure);
    };
    for (const row of ROWS) {
      note(
        row.name,
        await playOnce(row, closeMs, bareActor),
        await playOnce(row, closeMs, connectionActor),
      );
    }
    for (const row of ROOM_ROWS) {
      note(
        row.name,
        await playRoomRow(row, closeMs, bareRoomActor),
        await playRoomRow(row, closeMs, gatedRoomActor),
      );
    }
  }
  if (json) console.log(JSON.stringify({ connection }));
  const broken = connection.filter(
    ({ row, maxLive, maxPerHost, requestsLost }) =>
      maxLive > (row.startsWith('chatroom') ? 2 : 1) || maxPerHost > 2 || requestsLost > 0,
  );
  if (broken.length > 0) {
    throw new Error(
      `over the limits: ${broken.map(({ row, closeMs }) => `${row} (${closeMs} ms)`).join(', ')}`,
    );
  }
}

/** Plays a row with an actor on a new emulator. */
export async function playOnce(
  row: Row,
  closeMs: number,
  createActor: (options: ActorOptions) => Actor,
): Promise<Outcome> {
  const emulator = await startEmulator({ port: 0, world: 'empty' });
  for (const accountId of ['u1', 'u2'])
    emulator.world.addAccount({ accountId, token: `token-of-${accountId}` });
  const actor = createActor({ emulator, closeMs });
  try {
    return await outcomeOf(row, actor, emulator);
  } finally {
    await actor.dispose();
    await emulator.close();
  }
}

function print(figure: Figure): void {
  const { row, closeMs, bareMaxLive, maxLive, maxPerHost, requestsLost } = figure;
  console.log(
    `${row.padEnd(48)} close ${String(closeMs).padStart(4)} ms   bare SDK ${bareMaxLive} live   here ${maxLive} live, ${maxPerHost} a host, ${requestsLost} requests lost`,
  );
}
