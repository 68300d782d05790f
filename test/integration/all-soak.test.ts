import { heapUsed } from '../bench/heap';
import type { Device } from '../chaos/all-device';
import { playAll } from '../chaos/all-model';
import { ROUND_MS, ROUNDS, soakStory } from '../chaos/soak-story';
import type { StoryClock } from '../chaos/story-clock';
import type { Emulator } from '../../emulator';

/**
 * `npm run chaos -- soak`: two hours of four devices in virtual time, measured every five minutes when everything is
 * closed. The counts have to stay the same, and the heap must not grow by more than the messages of a round.
 */
interface Round {
  /** Timers of the apps, the SDKs and the emulator. */
  readonly timers: number;
  /** Listeners of the SDKs' services and of wx, all devices. */
  readonly listeners: number;
  readonly sockets: number;
  /** Clients of the emulator: a login or a room, each. */
  readonly clients: number;
  readonly heapKb: number;
}

/** Rounds until caches, the window of each chat and the journals are full. */
const WARM_UP = 8;
/**
 * Growth of the heap in a round, KB: some 50 messages in the log of the server and in four SDKs, their files, and
 * what the story records. With one ended app kept in each round, the heap grew by 3,245 KB.
 */
const MOST_GROWTH_KB = 400;

function measure(devices: readonly Device[], emulator: Emulator, clock: StoryClock): Round {
  for (const { app } of devices) {
    if (!app) continue;
    app.wx.requests.length = 0;
    app.wx.sockets.log.length = 0;
    app.wx.sockets.connects.length = 0;
  }
  return {
    timers: clock.pending,
    listeners: devices.reduce((sum, device) => sum + device.listenerCount(), 0),
    sockets: devices.reduce((sum, { app }) => sum + (app?.wx.sockets.live ?? 0), 0),
    clients: emulator.clients.list().length,
    heapKb: Math.round(heapUsed() / 1024),
  };
}

test(`${(ROUNDS * ROUND_MS) / 60_000} minutes of four devices: counts and memory stay the same`, async () => {
  const rounds: Round[] = [];
  const outcome = await playAll(soakStory(1), {
    onMeasure: (devices, emulator, clock) => rounds.push(measure(devices, emulator, clock)),
  });
  const text = rounds.map(
    ({ timers, listeners, sockets, clients, heapKb }, index) =>
      `${(index + 1) * 5} min: ${timers} timers, ${listeners} listeners, ${sockets} sockets, ${clients} clients, ${heapKb} KB`,
  );
  process.stderr.write(`${text.join('\n')}\n`);
  expect(outcome.problems).toEqual([]);
  expect(rounds).toHaveLength(ROUNDS);
  const steady = rounds.slice(WARM_UP);
  for (const name of ['timers', 'listeners', 'sockets', 'clients'] as const)
    expect(new Set(steady.map((round) => round[name])).size).toBe(1);
  const growth = ((steady.at(-1)?.heapKb ?? 0) - (steady[0]?.heapKb ?? 0)) / (steady.length - 1);
  process.stderr.write(
    `${Math.round(growth)} KB of heap for each round, ${outcome.texts} messages\n`,
  );
  expect(growth).toBeLessThan(MOST_GROWTH_KB);
}, 900_000);
