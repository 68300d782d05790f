import {
  bytesOf,
  PART_BYTES,
  PartSender,
  partsOf,
  type Update,
} from '@/components/page/set-data-parts';
import { applyDataPath } from '../../host/data-path';

jest.mock('@tarojs/runtime', () => ({ hooks: { tap: jest.fn() } }));

const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
const row = (text: string) => ({ cl: 'msg', sid: '_a', cn: [{ cl: 'bubble', cn: [{ v: text }] }] });
const LONG = '汉'.repeat(4990);

/** The data of a page after these updates. */
function applied(updates: readonly Update[], start: object): unknown {
  const data = structuredClone(start) as Record<string, unknown>;
  for (const update of updates) {
    for (const [path, value] of Object.entries(structuredClone(update)))
      applyDataPath(data, path, value);
  }
  return data;
}

test.each([
  'plain',
  '汉字 é ß 🎉 👨‍👩‍👧',
  'line\nbreak\ttab "quoted" back\\slash',
  '\u0000\u001f\u007f\u2028',
  'alone \ud83c and \udf89 the other way \udf89\ud83c',
  '',
])('the byte count of %j equals the byte count of its JSON', (text) => {
  for (const value of [text, [text, 1, null], { [text]: [text], n: -1.5, t: true, u: undefined }])
    expect(bytesOf(value)).toBe(bytes(value));
});

test('an update within the limit stays a single part, the same object', () => {
  const update = { 'root.cn.[0].cn.[3]': row('short') };
  expect(partsOf(update)).toEqual([update]);
  expect(partsOf(update)[0]).toBe(update);
});

describe('an update above the limit', () => {
  const start = { root: { cn: [{ cn: [{ cl: 'live', cn: [] }] }] } };
  const live = 'root.cn.[0].cn.[0]';
  const rows = (count: number) => Array.from({ length: count }, (_, i) => row(`${i} ${LONG}`));
  test.each<[string, Update]>([
    ['rows', Object.fromEntries(rows(90).map((one, i) => [`${live}.cn.[${i}]`, one]))],
    ['a list that is set again', { [`${live}.cn`]: rows(300) }],
    [
      'a list and the nodes after the list',
      { [`${live}.cn`]: rows(90), [`${live}.cl`]: 'live full' },
    ],
    ['a node with all nodes below', { [live]: { cl: 'live', cn: rows(90), st: 'height: 5px' } }],
    [
      'segments in a node',
      { [live]: { cl: 'live', cn: [0, 1, 2].map(() => ({ cl: 'segment', cn: rows(30) })) } },
    ],
  ])('%s: is split into parts below the limit that produce the same page', (_, update) => {
    expect(bytes(update)).toBeGreaterThan(1024 * 1024);
    const parts = partsOf(update);
    for (const part of parts) expect(bytes(part)).toBeLessThanOrEqual(PART_BYTES);
    expect(parts.length).toBeLessThanOrEqual(Math.ceil(bytes(update) / PART_BYTES) + 2);
    expect(applied(parts, start)).toEqual(applied([update], start));
  });
});

describe('a page', () => {
  const update = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`root.cn.[${i}]`, row(LONG)]));
  function setUp() {
    const sent: Update[] = [];
    const drawn: (() => void)[] = [];
    const page = {
      setData: (each: Update, callback?: () => void) => {
        sent.push(each);
        if (callback) drawn.push(callback);
      },
    };
    return { sent, drawn, sender: new PartSender(page) };
  }

  test('receives a part after the previous part is drawn, and newer updates after all parts', () => {
    const { sent, drawn, sender } = setUp();
    const told: string[] = [];
    sender.setData(update(40), () => told.push('rows'));
    sender.setData({ small: 1 }, () => told.push('small'));
    expect(sent).toHaveLength(1);
    expect(told).toEqual([]);
    for (let i = 0; i < drawn.length; i++) drawn[i]?.();
    expect(Object.assign({}, ...sent)).toEqual({ ...update(40), small: 1 });
    expect(sent[sent.length - 1]).toEqual({ small: 1 });
    expect(told).toEqual(['rows', 'small']);
    sender.setData({ small: 2 });
    expect(sent[sent.length - 1]).toEqual({ small: 2 });
  });

  test('receives the next part even if it never reports a part as drawn', () => {
    jest.useFakeTimers();
    const { sent, sender } = setUp();
    sender.setData(update(40));
    jest.advanceTimersByTime(5000);
    expect(Object.assign({}, ...sent)).toEqual(update(40));
    jest.useRealTimers();
  });
});
