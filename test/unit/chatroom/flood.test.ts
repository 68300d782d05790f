import { autorun, reaction } from 'mobx';
import {
  FloodBuffer,
  FLUSH_MS,
  MOST_ORDINARY,
  ROWS_PER_FLUSH,
} from '@/packages/chatroom/stores/flood-buffer';
import { KEPT } from '@/packages/chatroom/stores/room-content';
import { RoomFeed } from '@/packages/chatroom/stores/room-feed';
import { FakeClock, settle } from '../fakes/fake-clock';
import { ME, notice, said, Visit } from './fakes/fake-room';

/** A room after the entry, and its feed. */
async function inside() {
  const visit = new Visit();
  const feed = new RoomFeed({
    connection: visit.connection,
    clock: visit.clock,
    nick: () => 'Me',
  });
  await visit.enter();
  await settle();
  const sum = () => {
    const { received, shown, skipped, held } = feed.counters;
    expect(received).toBe(shown + skipped + held);
    return { received, shown, skipped, held };
  };
  return { visit, feed, sum };
}

describe('a thousand messages a second for a minute', () => {
  it('reach the window ten times a second in small batches, and all are counted', async () => {
    const { visit, feed, sum } = await inside();
    let changes = 0;
    let rowsAdded = 0;
    let mostAdded = 0;
    let last = new Set<string>();
    const stop = autorun(() => {
      changes++;
      const now = new Set(feed.rows().map(({ messageClientId }) => messageClientId));
      const added = [...now].filter((id) => !last.has(id)).length;
      rowsAdded += added;
      mostAdded = Math.max(mostAdded, added);
      last = now;
    });
    changes = 0;
    for (let second = 0; second < 60; second++) {
      for (let tenth = 0; tenth < 10; tenth++) {
        // In batches, as a socket delivers them.
        for (let lump = 0; lump < 5; lump++) {
          for (let i = 0; i < 20; i++) visit.port.emit('message', said(`m${i}`));
          await visit.clock.advance(FLUSH_MS / 5);
        }
      }
    }
    await visit.clock.advance(1000);
    stop();
    // A minute, and the messages that still waited at its end.
    expect(changes).toBeLessThanOrEqual(601 + MOST_ORDINARY / ROWS_PER_FLUSH);
    expect(mostAdded).toBeLessThanOrEqual(ROWS_PER_FLUSH);
    expect(sum()).toEqual({
      received: 60_000,
      shown: rowsAdded,
      skipped: 60_000 - rowsAdded,
      held: 0,
    });
    expect(feed.rows().length).toBeLessThanOrEqual(300);
    expect(feed.messages().length).toBeLessThanOrEqual(KEPT);
    expect(feed.rows().reduce((all, { foldedBefore }) => all + foldedBefore, 0)).toBeGreaterThan(0);
  });

  it('never drop an own message, a mention or a notice about the user', async () => {
    const { visit, feed } = await inside();
    const precious: string[] = [];
    const remember = (message: ReturnType<typeof said>) => {
      precious.push(message.messageClientId);
      visit.port.emit('message', message);
    };
    for (let tenth = 0; tenth < 20; tenth++) {
      for (let i = 0; i < 100; i++) visit.port.emit('message', said(`m${i}`));
      remember(said('hello @Me'));
      remember(said('from my tablet', { senderId: ME }));
      remember(notice(8, { targetIds: [ME], tempChatBannedDuration: 60 }));
      await visit.clock.advance(FLUSH_MS);
    }
    await visit.clock.advance(5 * FLUSH_MS);
    const kept = feed.messages().map(({ messageClientId }) => messageClientId);
    expect(kept.filter((id) => precious.includes(id))).toEqual(precious);
    expect(feed.rows().filter(({ mentionsMe }) => mentionsMe).length).toBeGreaterThan(0);
  });

  it('spread mentions that come faster than rows over several flushes, in order', async () => {
    const { visit, feed, sum } = await inside();
    const all = Array.from({ length: 70 }, (_, i) => said(`@Me ${i}`));
    for (const message of all) visit.port.emit('message', message);
    visit.port.emit('message', said('ordinary'));
    await visit.clock.advance(0);
    expect(feed.rows()).toHaveLength(ROWS_PER_FLUSH);
    await visit.clock.advance(6 * FLUSH_MS);
    const texts = [...all.map(({ text }) => text), 'ordinary'];
    expect(feed.rows().map(({ text }) => text)).toEqual(texts);
    expect(sum()).toMatchObject({ received: 71, skipped: 0 });
  });

  it('change no row with the reader further up, and are counted', async () => {
    const { visit, feed, sum } = await inside();
    for (let i = 0; i < 30; i++) {
      visit.push(said(`before ${i}`));
      await visit.clock.advance(FLUSH_MS);
    }
    feed.setAtBottom(false);
    let rowChanges = -1;
    let countChanges = -1;
    const stops = [
      autorun(() => void (feed.rows(), rowChanges++)),
      autorun(() => void (feed.unseen, countChanges++)),
    ];
    for (let tenth = 0; tenth < 100; tenth++) {
      for (let i = 0; i < 100; i++) visit.push(said(`new ${i}`));
      await visit.clock.advance(FLUSH_MS);
    }
    await visit.clock.advance(5 * FLUSH_MS);
    expect(rowChanges).toBe(0);
    expect(countChanges).toBeLessThanOrEqual(106);
    expect(feed.unseen).toBe(10_000);
    expect(feed.hasNewer).toBe(true);
    expect(feed.messages().length).toBeLessThanOrEqual(KEPT);
    sum();
    stops.forEach((stop) => stop());
    await feed.jumpToLatest();
    await settle();
    expect(feed.unseen).toBe(0);
    expect(feed.rows().slice(-1)[0]?.messageClientId).toBe(visit.log.slice(-1)[0]?.messageClientId);
    expect(sum().held).toBe(0);
  });
});

describe('the buffer of a room', () => {
  it('shows a burst completely, and holds no more for any input', async () => {
    const clock = new FakeClock();
    const flushes: { items: readonly number[]; skipped: number }[] = [];
    const buffer = new FloodBuffer<number>(
      clock,
      (flush) => flushes.push(flush),
      () => false,
    );
    for (let i = 0; i < MOST_ORDINARY; i++) buffer.addItem(i);
    await clock.advance(10 * FLUSH_MS);
    const shown = () => flushes.splice(0).flatMap(({ items }) => items);
    expect(shown()).toEqual(Array.from({ length: MOST_ORDINARY }, (_, i) => i));

    for (let i = 0; i < 10_000; i++) buffer.addItem(i);
    expect(buffer.size).toBe(MOST_ORDINARY);
    await clock.advance(10 * FLUSH_MS);
    expect(flushes[0]).toEqual({
      items: Array.from({ length: ROWS_PER_FLUSH }, (_, i) => 10_000 - MOST_ORDINARY + i),
      skipped: 10_000 - MOST_ORDINARY,
    });
    expect(shown()).toEqual(
      Array.from({ length: MOST_ORDINARY }, (_, i) => 10_000 - MOST_ORDINARY + i),
    );
  });
});

describe('a quiet room with the reader further up', () => {
  it('shows new messages on the way down without asking the server', async () => {
    const { visit, feed, sum } = await inside();
    visit.push(said('seen'));
    await visit.clock.advance(FLUSH_MS);
    feed.setAtBottom(false);
    for (let i = 0; i < 3; i++) {
      visit.push(said(`meanwhile ${i}`));
      await visit.clock.advance(FLUSH_MS);
    }
    expect(feed.rows()).toHaveLength(1);
    expect(sum()).toMatchObject({ shown: 1, held: 3 });
    const asked = visit.calls.length;
    feed.setAtBottom(true);
    expect(feed.rows().map(({ text }) => text)).toEqual([
      'seen',
      'meanwhile 0',
      'meanwhile 1',
      'meanwhile 2',
    ]);
    expect(feed.unseen).toBe(0);
    expect(visit.calls).toHaveLength(asked);
    expect(sum()).toMatchObject({ shown: 4, held: 0 });
  });
});

describe('notices of entries and exits', () => {
  it('share a quiet line, which grows', async () => {
    const { visit, feed } = await inside();
    for (let i = 0; i < 14; i++)
      visit.port.emit('message', notice(0, {}, { senderId: `guest${i}` }));
    await visit.clock.advance(FLUSH_MS);
    const [line, ...more] = feed.rows();
    expect(more).toEqual([]);
    expect(line?.notice).toMatchObject({
      kind: 'entered',
      names: ['GUEST0', 'GUEST1'],
      count: 14,
    });
    const lengths: number[] = [];
    const stop = reaction(
      () => feed.rows().length,
      (length) => lengths.push(length),
    );
    visit.port.emit('message', notice(0, {}, { senderId: 'guest14' }));
    await visit.clock.advance(FLUSH_MS);
    stop();
    expect(line?.notice?.count).toBe(15);
    expect(lengths).toEqual([]);
  });

  it('share a quiet line in a page of history too when they are neighbours', async () => {
    const visit = new Visit();
    visit.log = [
      notice(0, {}, { senderId: 'a' }),
      notice(0, {}, { senderId: 'b' }),
      said('hello'),
      notice(1, {}, { senderId: 'a' }),
    ];
    const feed = new RoomFeed({
      connection: visit.connection,
      clock: visit.clock,
      nick: () => '',
    });
    await visit.enter();
    await settle();
    expect(feed.rows().map((row) => row.notice?.kind ?? row.text)).toEqual([
      'entered',
      'hello',
      'left',
    ]);
    expect(feed.rows()[0]?.notice).toMatchObject({ names: ['A', 'B'], count: 2 });
  });
});

describe('an own message', () => {
  it('appears at once, moves to its place when acknowledged, and can be sent again', async () => {
    const { visit, feed } = await inside();
    let outcome: () => unknown = () => Promise.reject({ code: 416 });
    visit.answers.set('sendMessage', () => outcome());
    const mine = said('mine', { senderId: ME, createTime: visit.clock.now() });
    feed.send(mine, mine);
    expect(feed.rows().map(({ status }) => status)).toEqual(['sending']);
    await settle();
    const [row] = feed.rows();
    expect(row).toMatchObject({ status: 'failed', errorCode: 416 });
    const later = said('later', { createTime: mine.createTime + 1000 });
    visit.push(later);
    await visit.clock.advance(FLUSH_MS);
    outcome = () => ({ message: { ...mine, createTime: mine.createTime + 2000 } });
    if (row) feed.resend(row);
    await settle();
    expect(feed.rows().map(({ text }) => text)).toEqual(['later', 'mine']);
    expect(row?.status).toBe('sent');
  });

  it('waits ten seconds without a link before it counts as failed', async () => {
    const { visit, feed } = await inside();
    visit.script = Array.from({ length: 50 }, () => ({ code: 192001 }));
    await visit.loseLink();
    const mine = said('mine', { senderId: ME });
    feed.send(mine, mine);
    await visit.clock.advance(9000);
    expect(feed.rows()[0]?.status).toBe('sending');
    await visit.clock.advance(2000);
    expect(feed.rows()[0]).toMatchObject({ status: 'failed', errorCode: 192003 });
  });
});
