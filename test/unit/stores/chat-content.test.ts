import fc from 'fast-check';
import { runInAction } from 'mobx';
import { ChatContent } from '@/stores/chat/chat-content';
import { unsentEntry } from '@/stores/messages/entry';
import { draft, message } from './fakes/builders';

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_000);

const shown = ({ window }: ChatContent) => [
  ...window.history.map((row) => row.messageClientId).reverse(),
  ...window.live.map((row) => row.messageClientId),
];
const log = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    message({ messageClientId: `m${i}`, messageServerId: `${i + 1}`, createTime: timeOf(i) }),
  );
/** Six minutes of silence before every eighth message. */
const timeOf = (i: number) => 1000 + i * 10 + Math.floor(i / 8) * 6 * 60_000;
const rowsOf = ({ window }: ChatContent) => [...window.history.slice().reverse(), ...window.live];
/** Rows after the first row that show the time, and rows that should show the time. */
const timeLines = (chat: ChatContent) =>
  rowsOf(chat)
    .slice(1)
    .filter(({ showTime }) => showTime)
    .map(({ messageClientId }) => messageClientId);
const silences = (chat: ChatContent) =>
  rowsOf(chat)
    .filter(
      (row, i, { [i - 1]: before }) => before && row.createTime - before.createTime >= 300_000,
    )
    .map(({ messageClientId }) => messageClientId);
const WINDOW_ROWS = 200;
const content = () => new ChatContent(() => undefined, { rows: WINDOW_ROWS, slack: 100 });
const act = <T>(work: () => T) => runInAction(work);

describe(`ChatContent (SEED=${seed})`, () => {
  test('the window is always a contiguous part of the timeline, with each message once', () => {
    const server = log(12_000);
    const command = fc.record({
      kind: fc.constantFrom(
        'receive',
        'receive',
        'send',
        'acknowledge',
        'older',
        'newer',
        'remove',
        'scrollUp',
        'bottom',
        'late',
        'straggler',
        'again',
      ),
      n: fc.nat(120),
    });
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60, size: 'max' }), (commands) => {
        let next = 5000;
        let oldest = 5000;
        let unsent = 0;
        const pending: string[] = [];
        const chat = content();
        act(() => chat.window.reset(30));
        for (const { kind, n } of commands) {
          act(() => {
            switch (kind) {
              case 'receive':
                chat.receive(server.slice(next, (next += n)), 0);
                break;
              case 'late': {
                // Two messages overtook each other, and a push repeats either.
                const some = server.slice(next, (next += 3));
                chat.receive([...some.slice(1), ...some, ...some.slice(0, 1)], 0);
                break;
              }
              case 'straggler': {
                // A message in the middle of the visible rows.
                const ids = shown(chat);
                const row = chat.window.row(ids[n % (ids.length || 1)] ?? '');
                if (row) chat.receive([message({ createTime: row.createTime + 5 })], 0);
                break;
              }
              case 'again': {
                // A push repeats a message with another time: the message keeps its place.
                const ids = shown(chat);
                const row = chat.window.row(ids[n % (ids.length || 1)] ?? '');
                if (!row || pending.includes(row.messageClientId)) break;
                chat.receive([{ ...row.message, createTime: row.createTime + 10 * n }], 0);
                // The oldest message may have been cut off.
                expect(shown(chat)).toEqual(ids.slice(-shown(chat).length));
                break;
              }
              case 'send':
                pending.push(`p${++unsent}`);
                chat.addUnsent(
                  unsentEntry(
                    draft({ messageClientId: `p${unsent}`, createTime: timeOf(next) + n }),
                  ),
                );
                break;
              case 'acknowledge': {
                const id = pending.splice(n % (pending.length || 1), 1)[0];
                if (id) {
                  const at = server[next++];
                  chat.receive([{ ...at, messageClientId: id } as ReturnType<typeof message>], 0);
                }
                break;
              }
              case 'older':
                chat.atBottom = false;
                if (!chat.showsOldest) {
                  chat.window.extendOlder(30);
                } else {
                  chat.addOlder(server.slice(Math.max(0, oldest - 30), oldest).reverse());
                  oldest = Math.max(0, oldest - 30);
                }
                break;
              case 'newer':
                chat.window.extendNewer(30);
                break;
              case 'remove': {
                const ids = shown(chat);
                const id = ids[n % (ids.length || 1)];
                if (id) chat.window.remove(id);
                break;
              }
              case 'scrollUp':
                chat.atBottom = false;
                break;
              case 'bottom':
                if (!chat.showsNewest) chat.window.reset(30);
                chat.atBottom = true;
                break;
            }
          });
          const all = chatIds(chat);
          const ids = shown(chat);
          const from = ids[0] === undefined ? 0 : all.indexOf(ids[0]);
          expect(ids).toEqual(all.slice(from, from + ids.length));
          expect(timeLines(chat)).toEqual(silences(chat));
          expect(chat.window.size).toBe(ids.length);
          if (all.length > 0) expect(ids.length).toBeGreaterThan(0);
          expect(!chat.showsOldest).toBe(from > 0);
          expect(!chat.showsNewest).toBe(from + ids.length < all.length);
        }
      }),
      { seed, numRuns: 100 },
    );
  });

  test('rows on the screen stay bounded while 2,000 messages arrive, and all are in memory', () => {
    const chat = content();
    for (const one of log(2000)) {
      act(() => chat.receive([one], 0));
      expect(chat.window.size).toBeLessThanOrEqual(WINDOW_ROWS + 100);
    }
    expect(chat.size).toBe(2000);
    expect(shown(chat).at(-1)).toBe('m1999');
  });

  test('a message that is older than the first message of a new chat is shown before it', () => {
    const chat = content();
    const [first, second] = log(2) as [ReturnType<typeof message>, ReturnType<typeof message>];
    const entry = unsentEntry(draft({ messageClientId: 'p', createTime: 5000 }));
    act(() => chat.addUnsent(entry));
    act(() => chat.receive([second], 0));
    act(() => chat.receive([{ ...first, messageClientId: 'p' }], 0));
    expect(shown(chat)).toEqual(['p', 'm1']);
    act(() => chat.receive([message({ messageClientId: 'late', createTime: 1 })], 0));
    expect(shown(chat)).toEqual(['late', 'p', 'm1']);
  });

  test('an older page only appends to the history segments', () => {
    const chat = content();
    const server = log(100);
    act(() => {
      chat.begin(server.slice(70).reverse(), []);
    });
    const before = chat.window.history.slice();
    act(() => {
      chat.addOlder(server.slice(40, 70).reverse());
    });
    expect(chat.window.history.slice(0, 30)).toEqual(before);
    expect(shown(chat)).toEqual(server.slice(40).map((one) => one.messageClientId));
  });

  test('the first message and a message after five minutes of silence show the time', () => {
    const chat = content();
    const times = [0, 1, 2, 302, 303];
    act(() =>
      chat.receive(
        times.map((seconds, i) =>
          message({ messageClientId: `t${i}`, createTime: 1_000_000 + seconds * 1000 }),
        ),
        0,
      ),
    );
    expect(chat.window.live.map((row) => row.showTime)).toEqual([true, false, false, true, false]);
    act(() => chat.window.remove('t3'));
    expect(chat.window.live.map((row) => row.showTime)).toEqual([true, false, false, true]);
  });

  test('the message after a moved message shows the time again', () => {
    const chat = content();
    const minute = (minutes: number) => 1_000_000 + minutes * 60_000;
    const mine = draft({ messageClientId: 'mine', createTime: minute(20) });
    act(() => chat.receive([message({ messageClientId: 'a', createTime: minute(0) })], 0));
    act(() => chat.addUnsent(unsentEntry(mine)));
    act(() => chat.receive([message({ messageClientId: 'b', createTime: minute(21) })], 0));
    expect(timeLines(chat)).toEqual(['mine']);
    act(() => chat.receive([{ ...mine, messageServerId: '9', createTime: minute(22) }], 0));
    expect(shown(chat)).toEqual(['a', 'b', 'mine']);
    expect(timeLines(chat)).toEqual(['b']);
  });
});

/** Every id of the timeline, read through an unbounded window. */
function chatIds(chat: ChatContent): string[] {
  const { timeline } = chat as unknown as { timeline: Iterable<{ messageClientId: string }> };
  return [...timeline].map((one) => one.messageClientId);
}
