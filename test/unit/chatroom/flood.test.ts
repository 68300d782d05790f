import { autorun, reaction } from 'mobx';
import {
  FloodBuffer,
  FLUSH_MS,
  MOST_ORDINARY,
  ROWS_PER_FLUSH,
} from '@/packages/chatroom/stores/flood-buffer';
import { KEPT } from '@/packages/chatroom/stores/room-content';
import { RoomTalk } from '@/packages/chatroom/stores/room-talk';
import { FakeClock, settle } from '../fakes/fake-clock';
import { ME, notice, said, Visit } from './fakes/fake-room';

/** A room one is in, and the talk of it. */
async function inside() {
  const visit = new Visit();
  const talk = new RoomTalk({
    connection: visit.connection,
    clock: visit.clock,
    nick: () => 'Me',
  });
  await visit.enter();
  await settle();
  const sum = () => {
    const { received, shown, skipped, held } = talk.counters;
    expect(received).toBe(shown + skipped + held);
    return { received, shown, skipped, held };
  };
  return { visit, talk, sum };
}

describe('a thousand messages a second for a minute', () => {
  it('reach the window ten times a second, a handful at a time, and all are counted', async () => {
    const { visit, talk, sum } = await inside();
    let changes = 0;
    let rowsAdded = 0;
    let mostAdded = 0;
    let last = new Set<string>();
    const stop = autorun(() => {
      changes++;
      const now = new Set(talk.rows().map(({ messageClientId }) => messageClientId));
      const added = [...now].filter((id) => !last.has(id)).length;
      rowsAdded += added;
      mostAdded = Math.max(mostAdded, added);
      last = now;
    });
    changes = 0;
    for (let second = 0; second < 60; second++) {
      for (let tenth = 0; tenth < 10; tenth++) {
        // In lumps, as a socket brings them.
        for (let lump = 0; lump < 5; lump++) {
          for (let i = 0; i < 20; i++) visit.port.emit('message', said(`m${i}`));
          await visit.clock.advance(FLUSH_MS / 5);
        }
      }
    }
    await visit.clock.advance(1000);
    stop();
    // A minute, and what was still waiting at its end.
    expect(changes).toBeLessThanOrEqual(601 + MOST_ORDINARY / ROWS_PER_FLUSH);
    expect(mostAdded).toBeLessThanOrEqual(ROWS_PER_FLUSH);
    expect(sum()).toEqual({
      received: 60_000,
      shown: rowsAdded,
      skipped: 60_000 - rowsAdded,
      held: 0,
    });
    expect(talk.rows().length).toBeLessThanOrEqual(300);
    expect(talk.messages().length).toBeLessThanOrEqual(KEPT);
    expect(talk.rows().reduce((all, { foldedBefore }) => all + foldedBefore, 0)).toBeGreaterThan(0);
  });

  it('drops nothing of mine, no mention and no notice about me', async () => {
    const { visit, talk } = await inside();
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
    const kept = talk.messages().map(({ messageClientId }) => messageClientId);
    expect(kept.filter((id) => precious.includes(id))).toEqual(precious);
    expect(talk.rows().filter(({ mentionsMe }) => mentionsMe).length).toBeGreaterThan(0);
  });

  it('shows mentions that come faster than rows do over several flushes, in order', async () => {
    const { visit, talk, sum } = await inside();
    const all = Array.from({ length: 70 }, (_, i) => said(`@Me ${i}`));
    for (const message of all) visit.port.emit('message', message);
    visit.port.emit('message', said('ordinary'));
    await visit.clock.advance(0);
    expect(talk.rows()).toHaveLength(ROWS_PER_FLUSH);
    await visit.clock.advance(6 * FLUSH_MS);
    const texts = [...all.map(({ text }) => text), 'ordinary'];
    expect(talk.rows().map(({ text }) => text)).toEqual(texts);
    expect(sum()).toMatchObject({ received: 71, skipped: 0 });
  });

  it('with the reader further up changes no row, and counts', async () => {
    const { visit, talk, sum } = await inside();
    for (let i = 0; i < 30; i++) {
      visit.push(said(`before ${i}`));
      await visit.clock.advance(FLUSH_MS);
    }
    talk.setAtBottom(false);
    let rowChanges = -1;
    let countChanges = -1;
    const stops = [
      autorun(() => void (talk.rows(), rowChanges++)),
      autorun(() => void (talk.unseen, countChanges++)),
    ];
    for (let tenth = 0; tenth < 100; tenth++) {
      for (let i = 0; i < 100; i++) visit.push(said(`new ${i}`));
      await visit.clock.advance(FLUSH_MS);
    }
    await visit.clock.advance(5 * FLUSH_MS);
    expect(rowChanges).toBe(0);
    expect(countChanges).toBeLessThanOrEqual(106);
    expect(talk.unseen).toBe(10_000);
    expect(talk.hasNewer).toBe(true);
    expect(talk.messages().length).toBeLessThanOrEqual(KEPT);
    sum();
    stops.forEach((stop) => stop());
    await talk.jumpToLatest();
    await settle();
    expect(talk.unseen).toBe(0);
    expect(talk.rows().slice(-1)[0]?.messageClientId).toBe(visit.log.slice(-1)[0]?.messageClientId);
    expect(sum().held).toBe(0);
  });
});

describe('the buffer', () => {
  it('shows a burst whole, and holds no more than that, whatever comes in', async () => {
    const clock = new FakeClock();
    const flushes: { items: readonly number[]; skipped: number }[] = [];
    const buffer = new FloodBuffer<number>(
      clock,
      (flush) => flushes.push(flush),
      () => false,
    );
    for (let i = 0; i < MOST_ORDINARY; i++) buffer.add(i);
    await clock.advance(10 * FLUSH_MS);
    const shown = () => flushes.splice(0).flatMap(({ items }) => items);
    expect(shown()).toEqual(Array.from({ length: MOST_ORDINARY }, (_, i) => i));

    for (let i = 0; i < 10_000; i++) buffer.add(i);
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

describe('further up in a quiet room', () => {
  it('what came is there on the way down, without asking the server', async () => {
    const { visit, talk, sum } = await inside();
    visit.push(said('seen'));
    await visit.clock.advance(FLUSH_MS);
    talk.setAtBottom(false);
    for (let i = 0; i < 3; i++) {
      visit.push(said(`meanwhile ${i}`));
      await visit.clock.advance(FLUSH_MS);
    }
    expect(talk.rows()).toHaveLength(1);
    expect(sum()).toMatchObject({ shown: 1, held: 3 });
    const asked = visit.calls.length;
    talk.setAtBottom(true);
    expect(talk.rows().map(({ text }) => text)).toEqual([
      'seen',
      'meanwhile 0',
      'meanwhile 1',
      'meanwhile 2',
    ]);
    expect(talk.unseen).toBe(0);
    expect(visit.calls).toHaveLength(asked);
    expect(sum()).toMatchObject({ shown: 4, held: 0 });
  });
});

describe('those who come and go', () => {
  it('share a quiet line, which grows', async () => {
    const { visit, talk } = await inside();
    for (let i = 0; i < 14; i++)
      visit.port.emit('message', notice(0, {}, { senderId: `guest${i}` }));
    await visit.clock.advance(FLUSH_MS);
    const [line, ...more] = talk.rows();
    expect(more).toEqual([]);
    expect(line?.notice).toMatchObject({
      kind: 'entered',
      names: ['GUEST0', 'GUEST1'],
      count: 14,
    });
    const lengths: number[] = [];
    const stop = reaction(
      () => talk.rows().length,
      (length) => lengths.push(length),
    );
    visit.port.emit('message', notice(0, {}, { senderId: 'guest14' }));
    await visit.clock.advance(FLUSH_MS);
    stop();
    expect(line?.notice?.count).toBe(15);
    expect(lengths).toEqual([]);
  });

  it('share one in a page of history too, as neighbours', async () => {
    const visit = new Visit();
    visit.log = [
      notice(0, {}, { senderId: 'a' }),
      notice(0, {}, { senderId: 'b' }),
      said('hello'),
      notice(1, {}, { senderId: 'a' }),
    ];
    const talk = new RoomTalk({
      connection: visit.connection,
      clock: visit.clock,
      nick: () => '',
    });
    await visit.enter();
    await settle();
    expect(talk.rows().map((row) => row.notice?.kind ?? row.text)).toEqual([
      'entered',
      'hello',
      'left',
    ]);
    expect(talk.rows()[0]?.notice).toMatchObject({ names: ['A', 'B'], count: 2 });
  });
});

describe('a message of mine', () => {
  it('is shown at once, moves to its place when acknowledged, and can be sent again', async () => {
    const { visit, talk } = await inside();
    let outcome: () => unknown = () => Promise.reject({ code: 416 });
    visit.answers.set('sendMessage', () => outcome());
    const mine = said('mine', { senderId: ME, createTime: visit.clock.now() });
    talk.send(mine, mine);
    expect(talk.rows().map(({ status }) => status)).toEqual(['sending']);
    await settle();
    const [row] = talk.rows();
    expect(row).toMatchObject({ status: 'failed', errorCode: 416 });
    const later = said('later', { createTime: mine.createTime + 1000 });
    visit.push(later);
    await visit.clock.advance(FLUSH_MS);
    outcome = () => ({ message: { ...mine, createTime: mine.createTime + 2000 } });
    if (row) talk.resend(row);
    await settle();
    expect(talk.rows().map(({ text }) => text)).toEqual(['later', 'mine']);
    expect(row?.status).toBe('sent');
  });

  it('without a link waits ten seconds before it counts as failed', async () => {
    const { visit, talk } = await inside();
    visit.script = Array.from({ length: 50 }, () => ({ code: 192001 }));
    await visit.loseLink();
    const mine = said('mine', { senderId: ME });
    talk.send(mine, mine);
    await visit.clock.advance(9000);
    expect(talk.rows()[0]?.status).toBe('sending');
    await visit.clock.advance(2000);
    expect(talk.rows()[0]).toMatchObject({ status: 'failed', errorCode: 192003 });
  });
});
