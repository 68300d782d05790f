import { type FrameOutcome, playFrames } from '../chaos/frame-model';
import { playSeeds } from '../chaos/problems';
import { playRoomFrames } from '../chaos/room-frame-model';
import { waitFor } from '../harness';
import { ROOM, useRoomWorld } from '../harness/room-world';

/** CHAOS_SEED=n replays a seed. CHAOS_RUNS=n plays n seeds of each link from CHAOS_FROM on. */
const { CHAOS_SEED, CHAOS_RUNS = '1', CHAOS_FROM = '1' } = process.env;
const seeds = CHAOS_SEED
  ? [Number(CHAOS_SEED)]
  : Array.from({ length: Number(CHAOS_RUNS) }, (_, index) => Number(CHAOS_FROM) + index);

test.each([
  ['IM', playFrames],
  ['a chatroom', playRoomFrames],
] as const)(
  `frames of the link of %s that a server changes at random stop nothing, seeds ${seeds[0]} to ${seeds.at(-1)}`,
  async (link, play) => {
    let changed = 0;
    let rebuilt = 0;
    const kinds: Record<string, number> = {};
    let last: FrameOutcome['last'] = [];
    const failure = await playSeeds(
      seeds,
      async (seed) => {
        const outcome = await play(seed);
        changed += outcome.changed;
        rebuilt += outcome.rebuilt;
        for (const [kind, count] of Object.entries(outcome.kinds))
          kinds[kind] = (kinds[kind] ?? 0) + count;
        if (outcome.problems.length > 0) last = outcome.last;
        return outcome;
      },
      () => `the last changed frames:\n${last.join('\n')}`,
      'frames',
    );
    process.stdout.write(
      `frames of ${link}: ${seeds.length} seeds, ${changed} changed frames, ${rebuilt} links rebuilt, ` +
        `${failure === '' ? '0 crashes' : 'CRASHES'}\n${JSON.stringify(kinds)}\n`,
    );
    expect(failure).toBe('');
    expect(changed).toBeGreaterThan(50 * seeds.length);
  },
  3_600_000,
);

describe('a room whose server', () => {
  const world = useRoomWorld();
  const packetOf = (frame: string) =>
    frame.startsWith('3:::{')
      ? (JSON.parse(frame.slice(4)) as { sid: number; cid: number; r: Record<string, unknown>[] })
      : undefined;

  test('answers the entering without a member is entered with the next attempt', async () => {
    let left = 1;
    const phone = await world.visitor('anna', ROOM, {
      alterFrame: (frame) => {
        const packet = packetOf(frame);
        if (packet?.sid !== 36 || packet.cid !== 2 || left-- <= 0) return [frame];
        return [`3:::${JSON.stringify({ ...packet, r: packet.r.slice(0, 1) })}`];
      },
    });
    expect(left).toBeLessThanOrEqual(0);
    expect([phone.room.state.name, phone.room.accountId]).toEqual(['inside', 'anna']);
    expect(phone.wx.errors).toEqual([]);
  });

  test('sends a notification without content gets a new link', async () => {
    let left = 0;
    const phone = await world.visitor('anna', ROOM, {
      alterFrame: (frame) => {
        const packet = packetOf(frame);
        const message = packet?.sid === 13 && packet.cid === 7 ? packet.r[0] : undefined;
        if (message?.['2'] !== 5 || left-- <= 0) return [frame];
        return [`3:::${JSON.stringify({ ...packet, r: [{ ...message, 3: 'null' }] })}`];
      },
    });
    left = 1;
    world.emulator.rooms.update(ROOM, { announcement: 'the new announcement' });
    const lines = () => phone.core.journal.entries().map(({ text }) => text);
    await waitFor(() => lines().some((text) => text.startsWith('unreadable')), {
      what: 'the link to be closed',
    });
    await waitFor(
      () =>
        phone.room.state.name === 'inside' &&
        phone.room.info?.announcement === 'the new announcement',
      { what: 'the announcement of the new link' },
    );
  });
});
