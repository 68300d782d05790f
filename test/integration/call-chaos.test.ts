import { seededRandom } from '../../emulator/faults/random';
import { type Client, useWorld, waitFor } from '../harness';

const world = useWorld();

/** CHAOS_SEED=n replays a single story, CHAOS_RUNS=n plays more stories. */
const seeds = process.env.CHAOS_SEED
  ? [Number(process.env.CHAOS_SEED)]
  : Array.from({ length: Number(process.env.CHAOS_RUNS ?? 60) }, (_, i) => i + 1);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const channels = () => world.emulator.world.signalling.channels();

async function play(clients: readonly Client[], seed: number): Promise<void> {
  const random = seededRandom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  for (let step = 0; step < 12; step++) {
    const client = pick(clients);
    const { accountId, call } = client.account;
    const peer = pick(['anna', 'ben', 'chen'].filter((one) => one !== accountId));
    pick<() => void>([
      () => call.start(peer, pick(['audio', 'video'])),
      () => call.start(peer, 'audio'),
      () => call.accept(),
      () => call.accept(),
      () => call.reject(),
      () => call.hangUp(),
      () => call.devices.setMuted(!call.devices.muted),
      () => call.devices.setType(pick(['audio', 'video'])),
      () => random() < 0.25 && world.emulator.faults.cut({ accountId }),
    ])();
    // The pause is part of the story; the test does not wait for an event here.
    await pause(random() * 12);
  }
  // Reads every client each time: MobX does not track a value that is not read.
  await waitFor(() => clients.map(({ root }) => root.connection.isOnline).every(Boolean), {
    what: `every link (CHAOS_SEED=${seed})`,
    timeoutMs: 20_000,
  });
  for (const { account } of clients) account.call.hangUp();
  await waitFor(
    () => {
      // The invitation may still have been in flight.
      for (const { account } of clients) if (account.call.incoming) account.call.reject();
      const active = clients.filter(({ account }) => account.call.active !== null);
      return channels().length === 0 && active.length === 0;
    },
    { what: `every call ended and every channel closed (CHAOS_SEED=${seed})`, timeoutMs: 20_000 },
  );
  for (const { account } of clients) account.call.dismiss();
}

test(`${seeds.length} random stories over the real SDK leave no channel open and record no call twice`, async () => {
  const clients: Client[] = [];
  for (const accountId of ['anna', 'ben', 'ben', 'chen'])
    clients.push(await world.online(accountId));
  for (const seed of seeds) await play(clients, seed);
  const log = [
    ['anna', 'ben'],
    ['anna', 'chen'],
    ['ben', 'chen'],
  ].flatMap(([a = '', b = '']) => world.emulator.world.serverLog('p2p', a, b));
  const calls = log.map(
    ({ tags }) => (JSON.parse(String(tags[10])) as { channelId: string }).channelId,
  );
  expect(calls.length).toBeGreaterThan(seeds.length / 3);
  expect(new Set(calls).size).toBe(calls.length);
}, 600_000);
