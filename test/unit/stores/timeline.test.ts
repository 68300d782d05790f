import fc from 'fast-check';
import { type Orderable, Timeline } from '@/stores/messages/timeline';

interface Message extends Orderable {
  text?: string;
}

const acknowledged = (messageClientId: string, createTime: number, serverId: number): Message => ({
  messageClientId,
  createTime,
  messageServerId: String(serverId),
});
const unsent = (messageClientId: string, createTime: number): Message => ({
  messageClientId,
  createTime,
  messageServerId: '',
});
const ids = (timeline: Timeline<Message>) => [...timeline].map((one) => one.messageClientId);
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_000);
const check = (property: fc.IProperty<never> | fc.IProperty<unknown>, numRuns = 300) =>
  fc.assert(property as fc.IProperty<unknown>, { seed, numRuns });

/** Messages numbered by a server: the id grows with the time. Several messages may share a millisecond. */
const serverLog = fc
  .array(fc.integer({ min: 0, max: 3 }), { maxLength: 400, size: 'max' })
  .map((steps) => {
    let time = 1000;
    return steps.map((step, index) =>
      acknowledged(`m${index}`, (time += step), 9_007_199_254_740_000 + index * 7),
    );
  });

describe(`Timeline (SEED=${seed})`, () => {
  test("has each message once in the server's order, for any order and number of arrivals", () => {
    check(
      fc.property(
        serverLog.chain((log) =>
          fc.tuple(
            fc.constant(log),
            fc.shuffledSubarray([...log, ...log.map((one) => ({ ...one }))], {
              minLength: log.length,
            }),
          ),
        ),
        ([log, arrivals]) => {
          const timeline = new Timeline<Message>();
          for (const one of arrivals) timeline.put(one);
          const arrived = new Set(arrivals.map((one) => one.messageClientId));
          expect(ids(timeline)).toEqual(
            log.map((one) => one.messageClientId).filter((id) => arrived.has(id)),
          );
          expect(timeline.size).toBe(arrived.size);
        },
      ),
    );
  });

  test('equals a plain sorted list after any sequence of put, acknowledge and remove', () => {
    const command = fc.oneof(
      fc.record({ kind: fc.constant('receive' as const), id: fc.nat(60), time: fc.nat(50) }),
      fc.record({ kind: fc.constant('send' as const), id: fc.nat(60), time: fc.nat(50) }),
      fc.record({ kind: fc.constant('remove' as const), id: fc.nat(60), time: fc.nat(50) }),
    );
    check(
      fc.property(fc.array(command, { maxLength: 300, size: 'max' }), (commands) => {
        const timeline = new Timeline<Message>();
        const model = new Map<string, { time: number; serverId: number; sequence: number }>();
        const sorted = () =>
          [...model].sort(
            ([, a], [, b]) => a.time - b.time || a.serverId - b.serverId || a.sequence - b.sequence,
          );
        let serverId = 100;
        let sequence = 0;
        for (const { kind, id, time } of commands) {
          const key = `m${id}`;
          const known = model.get(key);
          if (kind === 'remove') {
            expect(timeline.remove(key) !== undefined).toBe(model.delete(key));
          } else if (kind === 'receive') {
            timeline.put(acknowledged(key, time, ++serverId));
            if (!known || known.serverId === Infinity)
              model.set(key, { time, serverId, sequence: ++sequence });
          } else {
            timeline.put(unsent(key, time));
            const last = sorted().at(-1)?.[1].time ?? 0;
            if (!known)
              model.set(key, {
                time: Math.max(time, last),
                serverId: Infinity,
                sequence: ++sequence,
              });
          }
        }
        const expected = sorted().map(([key]) => key);
        expect(ids(timeline)).toEqual(expected);
        expect([...timeline.newestFirst()].map((one) => one.messageClientId)).toEqual(
          [...expected].reverse(),
        );
        expected.forEach((key, index) => {
          expect(timeline.before(key, 5).map((one) => one.messageClientId)).toEqual(
            expected.slice(Math.max(0, index - 5), index),
          );
          expect(timeline.after(key, 5).map((one) => one.messageClientId)).toEqual(
            expected.slice(index + 1, index + 6),
          );
        });
        expect(timeline.first()?.messageClientId).toBe(expected[0]);
        expect(timeline.last()?.messageClientId).toBe(expected.at(-1));
      }),
    );
  });

  test('keeps a message in flight last, and moves it once when the server answers', () => {
    const timeline = new Timeline<Message>();
    timeline.put(acknowledged('a', 100, 1));
    expect(timeline.put(unsent('mine', 40))).toBe('inserted');
    expect(ids(timeline)).toEqual(['a', 'mine']);
    timeline.put(acknowledged('b', 200, 2));
    expect(ids(timeline)).toEqual(['a', 'mine', 'b']);
    expect(timeline.put(acknowledged('mine', 300, 3))).toBe('moved');
    expect(ids(timeline)).toEqual(['a', 'b', 'mine']);
    expect(timeline.put(acknowledged('mine', 50, 9))).toBe('kept');
    expect(ids(timeline)).toEqual(['a', 'b', 'mine']);
  });

  test('merges a repeated message', () => {
    const timeline = new Timeline<Message>((known, incoming) => ({ ...known, ...incoming }));
    timeline.put({ ...acknowledged('a', 1, 1), text: 'first' });
    expect(timeline.put({ ...acknowledged('a', 1, 1), text: 'edited' })).toBe('kept');
    expect(timeline.get('a')?.text).toBe('edited');
    expect(timeline.size).toBe(1);
  });

  test('compares server ids beyond 2^53 as numbers', () => {
    const timeline = new Timeline<Message>();
    timeline.put({ messageClientId: 'b', createTime: 1, messageServerId: '10000000000000000001' });
    timeline.put({ messageClientId: 'a', createTime: 1, messageServerId: '9999999999999999999' });
    expect(ids(timeline)).toEqual(['a', 'b']);
  });

  test('finds the messages before and after a message across chunks', () => {
    const timeline = new Timeline<Message>();
    for (let i = 0; i < 1000; i++) timeline.put(acknowledged(`m${i}`, i, i + 1));
    for (let i = 0; i < 1000; i++) {
      expect(timeline.previous(`m${i}`)?.messageClientId).toBe(i > 0 ? `m${i - 1}` : undefined);
      expect(timeline.next(`m${i}`)?.messageClientId).toBe(i < 999 ? `m${i + 1}` : undefined);
    }
    expect(timeline.before(undefined, 2).map((one) => one.messageClientId)).toEqual([
      'm998',
      'm999',
    ]);
  });
});
