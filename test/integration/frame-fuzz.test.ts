import { type FrameOutcome, playFrames } from '../chaos/frame-model';
import { playSeeds } from '../chaos/problems';
import { playRoomFrames } from '../chaos/room-frame-model';
import { textsOf, useWorld, waitFor } from '../harness';
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
    process.stderr.write(
      `frames of ${link}: ${seeds.length} seeds, ${changed} changed frames, ${rebuilt} links rebuilt, ` +
        `${failure === '' ? '0 crashes' : 'CRASHES'}\n${JSON.stringify(kinds)}\n`,
    );
    expect(failure).toBe('');
    expect(changed).toBeGreaterThan(50 * seeds.length);
  },
  3_600_000,
);

interface Packet {
  sid: number;
  cid: number;
  r: Record<string, unknown>[];
}

const packetOf = (frame: string) =>
  frame.startsWith('3:::{') ? (JSON.parse(frame.slice(4)) as Packet) : undefined;

describe('an IM server', () => {
  const world = useWorld();

  test('that answers the refresh of a profile without users causes no unhandled rejection', async () => {
    let changed = 0;
    const phone = await world.online('anna', {
      alterFrame: (frame) => {
        const packet = packetOf(frame);
        if (packet?.sid !== 34 || packet.cid !== 7) return [frame];
        changed++;
        return [`3:::${JSON.stringify({ ...packet, r: [] })}`];
      },
    });
    const chat = phone.account.messages.open('anna|1|ben');
    await waitFor(() => chat.ready, { what: 'the chat' });
    // The SDK refreshes a profile that it knows and that is older than the message says.
    world.emulator.world.updateProfile('ben', { name: 'Ben 2' });
    world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: 'after the change' });
    await waitFor(() => changed > 0 && textsOf(chat).includes('after the change'), {
      what: 'the message and the refresh',
    });
    // Node reports an unhandled rejection after the microtasks, and the test fails with it.
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(phone.account.connection.state.name).toBe('online');
  });
});

describe('a room whose server', () => {
  const world = useRoomWorld();

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

  test('sends a change of a member without the member gets a new link', async () => {
    let left = 0;
    const phone = await world.visitor('anna', ROOM, {
      alterFrame: (frame) => {
        const packet = packetOf(frame);
        const message = packet?.sid === 13 && packet.cid === 7 ? packet.r[0] : undefined;
        const attachment = message?.['2'] === 5 ? String(message['3']) : '';
        if (!attachment.startsWith('{"id":317') || left-- <= 0) return [frame];
        const empty = JSON.stringify({ id: 316, data: { operator: 'ben' } });
        return [`3:::${JSON.stringify({ ...packet, r: [{ ...message, 3: empty }] })}`];
      },
    });
    left = 1;
    world.emulator.rooms.queueOffer(ROOM, [{ key: 'k', value: 'v' }]);
    const lines = () => phone.core.journal.entries().map(({ text }) => text);
    await waitFor(() => lines().some((text) => text.startsWith('unreadable')), {
      what: 'the link to be closed',
    });
    await waitFor(() => phone.room.state.name === 'inside', { what: 'the new link' });
  });

  test('answers a request for members without a list is an error with a code', async () => {
    let isChanged = false;
    const phone = await world.visitor('anna', ROOM, {
      alterFrame: (frame) => {
        const packet = packetOf(frame);
        if (!isChanged || packet?.sid !== 36 || packet.cid !== 16) return [frame];
        return [`3:::${JSON.stringify({ ...packet, r: [] })}`];
      },
    });
    isChanged = true;
    await expect(phone.room.myOtherClients()).rejects.toMatchObject({ code: 600105 });
    isChanged = false;
    await expect(phone.room.myOtherClients()).resolves.toEqual([]);
  });
});
