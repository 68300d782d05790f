import { seededRandom } from '../../../emulator/faults/random';
import { runInAction } from 'mobx';
import { mergeEntry } from '@/stores/messages/entry';
import { Timeline } from '@/stores/messages/timeline';
import {
  ArrivalOrder,
  knownRoomEntry,
  type RoomEntry,
  unsentRoomEntry,
} from '@/packages/chatroom/stores/room-entry';
import { RoomRow } from '@/packages/chatroom/stores/room-row';
import {
  PAGE_ROWS,
  RoomWindow,
  SEGMENT_ROWS,
  SEGMENTS,
} from '@/packages/chatroom/stores/room-window';
import { said } from './fakes/fake-room';

function create() {
  const timeline = new Timeline<RoomEntry>(mergeEntry);
  const order = new ArrivalOrder();
  const window = new RoomWindow(timeline, (entry) => new RoomRow(entry, false));
  const add = (text: string, createTime?: number) => {
    const entry = knownRoomEntry(
      said(text, createTime === undefined ? {} : { createTime }),
      order.next(),
      'me',
    );
    timeline.put(entry);
    return entry;
  };
  const texts = () => window.all().map(({ text }) => text);
  return { timeline, window, add, texts };
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => String(from + i));

describe('the window of a room', () => {
  it('never holds more than its ring, and empties a container when the ring turns', () => {
    const { window, add, texts } = create();
    const total = SEGMENTS * SEGMENT_ROWS;
    runInAction(() => {
      for (let i = 0; i < total; i++) window.append([add(String(i))]);
    });
    expect(texts()).toEqual(numbers(0, total));
    const lengths = () => window.segments.map(({ rows }) => rows.length);
    const before = lengths();
    runInAction(() => window.append([add(String(total))]));
    expect(lengths().filter((length, index) => length !== before[index])).toEqual([1]);
    expect(texts()).toEqual(numbers(SEGMENT_ROWS, total + 1));
    // The containers keep their place in the tree.
    expect(window.segments.map(({ key }) => key)).toEqual(
      Array.from({ length: SEGMENTS }, (_, key) => key),
    );
  });

  it('moves up and down through memory', () => {
    const { window, add, texts } = create();
    const count = 21 * PAGE_ROWS;
    for (let i = 0; i < count; i++) add(String(i));
    runInAction(() => window.reset(PAGE_ROWS));
    expect(texts()).toEqual(numbers(count - PAGE_ROWS, count));
    runInAction(() => {
      while (window.extendOlder() > 0);
    });
    expect(texts()).toEqual(numbers(0, 300));
    expect(window.followsEnd).toBe(false);
    runInAction(() => {
      while (window.extendNewer() > 0);
    });
    expect(texts()).toEqual(numbers(count - SEGMENTS * SEGMENT_ROWS, count));
    expect(window.followsEnd).toBe(true);
  });

  it('inserts a late message at its place', () => {
    const { window, add, texts } = create();
    runInAction(() => {
      for (const time of [1000, 3000, 5000]) window.append([add(`at ${time}`, time)]);
      window.insertInOrder(add('at 4000', 4000));
      window.insertInOrder(add('at 500', 500));
    });
    expect(texts()).toEqual(['at 500', 'at 1000', 'at 3000', 'at 4000', 'at 5000']);
  });

  it('keeps its containers small while many messages arrive before a waiting message', () => {
    const { window, add, texts } = create();
    runInAction(() => {
      for (let i = 0; i < 20; i++) window.append([add(String(i), 1000 + i)]);
      window.append([add('mine', 9000)]);
      for (let i = 20; i < 520; i++) window.insertInOrder(add(String(i), 1000 + i));
    });
    expect(Math.max(...window.segments.map(({ rows }) => rows.length))).toBe(SEGMENT_ROWS);
    expect(texts().slice(-3)).toEqual(['518', '519', 'mine']);
    expect(texts()).toEqual([...numbers(520 - texts().length + 1, 520), 'mine']);
    expect(texts().length).toBeGreaterThan((SEGMENTS - 2) * SEGMENT_ROWS);
  });

  it.each(Array.from({ length: 50 }, (_, seed) => seed))(
    'is in order and bounded for any order of arrival, seed %i',
    (seed) => {
      const random = seededRandom(seed);
      const { window, add, texts } = create();
      let time = 1000;
      for (let step = 0; step < 600; step++) {
        const isLate = random() < 0.4;
        time += isLate ? 0 : 10;
        // Late messages arrive among the newest messages, as they do while a message waits for its acknowledgement.
        const at = isLate ? time - Math.floor(random() * 400) : time;
        const entry = add(String(at).padStart(6, '0'), at);
        runInAction(() => window.insertInOrder(entry));
      }
      expect(texts()).toEqual([...texts()].sort());
      const filled = window.segments.filter(({ rows }) => rows.length > 0);
      const [, ...others] = [...filled].sort((a, b) => a.order - b.order);
      // Only the oldest container may hold more; the ring empties it next.
      for (const { rows } of others) expect(rows.length).toBeLessThanOrEqual(SEGMENT_ROWS);
      expect(new Set(filled.map(({ order }) => order)).size).toBe(filled.length);
      expect(others.length).toBeGreaterThan(SEGMENTS / 2);
    },
  );

  it('shows the time above a message after a long silence', () => {
    const { window, add } = create();
    runInAction(() => {
      window.append([add('a', 1000), add('b', 2000), add('c', 2000 + 5 * 60_000)]);
    });
    expect(window.all().map(({ showTime }) => showTime)).toEqual([true, false, true]);
  });

  it("updates times when a message moves, leaves, or receives the server's time in its place", () => {
    const { timeline, window, add } = create();
    const minute = (minutes: number) => 1_000_000 + minutes * 60_000;
    const told = (text: string, minutes: number) =>
      window.insertInOrder(add(text, minute(minutes)));
    const mine = unsentRoomEntry(said('mine', { createTime: minute(20) }));
    const acknowledge = (minutes: number) => {
      mine.createTime = minute(minutes);
      mine.messageServerId = '9';
      timeline.put(mine);
      window.refresh(mine);
      window.insertInOrder(mine);
    };
    const lines = () =>
      window
        .all()
        .filter(({ showTime }) => showTime)
        .map(({ text }) => text);
    runInAction(() => {
      told('a', 0);
      timeline.put(mine);
      window.insertInOrder(mine);
      told('b', 21);
    });
    expect(lines()).toEqual(['a', 'mine']);
    runInAction(() => acknowledge(22));
    expect(window.all().map(({ text }) => text)).toEqual(['a', 'b', 'mine']);
    expect(lines()).toEqual(['a', 'b']);

    const { messageClientId } = timeline.previous(mine.messageClientId) as RoomEntry;
    timeline.remove(messageClientId);
    runInAction(() => window.remove(messageClientId));
    expect(lines()).toEqual(['a', 'mine']);
  });

  it('shows no silence that a wrong clock alone caused', () => {
    const { timeline, window, add } = create();
    const mine = unsentRoomEntry(said('mine', { createTime: 1000 + 60 * 60_000 }));
    runInAction(() => {
      window.insertInOrder(add('a', 1000));
      timeline.put(mine);
      window.insertInOrder(mine);
    });
    expect(window.all().map(({ showTime }) => showTime)).toEqual([true, true]);
    Object.assign(mine, { createTime: 2000, messageServerId: '9' });
    runInAction(() => {
      timeline.put(mine);
      window.refresh(mine);
      window.insertInOrder(mine);
    });
    expect(window.all().map(({ showTime }) => showTime)).toEqual([true, false]);
  });
});
