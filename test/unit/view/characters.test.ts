import { deleteAt, insertAt, replaceAll } from '@/components/composer/caret';

const FAMILY = '👨‍👩‍👧';
const TAGGED_FLAG = '🏴󠁧󠁢󠁥󠁮󠁧󠁿';

/** The modules as they load with and without `Intl.Segmenter`. */
function modules(segmenter: boolean): {
  i18n: typeof import('@/i18n');
  initial: typeof import('@/components/format/initial');
} {
  const given = Intl.Segmenter;
  if (!segmenter) Reflect.deleteProperty(Intl, 'Segmenter');
  let loaded: ReturnType<typeof modules> | undefined;
  try {
    jest.isolateModules(() => {
      loaded = {
        i18n: jest.requireActual('@/i18n'),
        initial: jest.requireActual('@/components/format/initial'),
      };
    });
  } finally {
    Object.assign(Intl, { Segmenter: given });
  }
  if (!loaded) throw new Error('unreachable');
  return loaded;
}

describe.each([
  ['with Intl.Segmenter', true],
  ['without it', false],
])('characters %s', (_name, segmenter) => {
  const { i18n, initial } = modules(segmenter);

  it.each(['b', '😀', '🇨🇳', '1️⃣', 'e\u0301', TAGGED_FLAG, FAMILY, '👍🏽', '❤️', '🕵🏽‍♂️', '王'])(
    'withoutLast removes %s as a whole',
    (last) => {
      expect(i18n.withoutLast(`a${last}`)).toBe('a');
      expect(i18n.withoutLast(last)).toBe('');
    },
  );

  it('withoutLast removes the second of two flags, and nothing from an empty text', () => {
    expect(i18n.withoutLast('🇨🇳🇫🇷')).toBe('🇨🇳');
    expect(i18n.withoutLast('')).toBe('');
  });

  it.each([
    ['王小明', '王'],
    [' alice', 'A'],
    ['🌸小花', '🌸'],
    ['', ''],
    ['\u200b小明', '小'],
    ['\u202eabc', 'A'],
    ['🇨🇳中国队', '🇨🇳'],
    ['1️⃣班', '1️⃣'],
    ['ﬁn', 'F'],
    ['ß', 'S'],
    ['\u3164\u2800小', '小'],
    ['\u200b\u200d', ''],
    ['e\u0301lan', 'E\u0301'],
    [`${FAMILY}家`, FAMILY],
  ])('initialOf(%j) is %j', (name, expected) => {
    expect(initial.initialOf(name)).toBe(expected);
  });

  it('cutTo keeps only whole characters', () => {
    expect(i18n.cutTo('abc', 3)).toBe('abc');
    expect(i18n.cutTo('abc😀', 4)).toBe('abc');
    expect(i18n.cutTo(`a${FAMILY}`, 6)).toBe('a');
    expect(i18n.cutTo('a\ud83d', 5)).toBe('a');
    expect(i18n.cutTo('好'.repeat(6000), 5000)).toHaveLength(5000);
  });
});

describe('edits at the caret', () => {
  it('insert an emoji at the caret and move the caret behind the emoji', () => {
    const text = '早上好，周一见';
    expect(insertAt(text, { start: 3, end: 3 }, '😂')).toEqual({
      text: '早上好😂，周一见',
      caret: 5,
    });
  });

  it('replace the selection', () => {
    expect(insertAt('ABCDEF', { start: 2, end: 4 }, '👍')).toEqual({
      text: 'AB👍EF',
      caret: 4,
    });
    expect(deleteAt('ABCDEF', { start: 2, end: 4 })).toEqual({ text: 'ABEF', caret: 2 });
  });

  it('delete the character before the caret', () => {
    expect(deleteAt('ABCDE', { start: 3, end: 3 })).toEqual({ text: 'ABDE', caret: 2 });
    expect(deleteAt('a😀b', { start: 3, end: 3 })).toEqual({ text: 'ab', caret: 1 });
    expect(deleteAt('AB', { start: 0, end: 0 })).toEqual({ text: 'AB', caret: 0 });
  });

  it('never cut a text, whatever its length', () => {
    const full = 'x'.repeat(5000);
    const end = { start: 5000, end: 5000 };
    expect(insertAt(full, end, '😂')).toEqual({ text: `${full}😂`, caret: 5002 });
    expect(replaceAll(`${full}😂`)).toEqual({ text: `${full}😂`, caret: 5002 });
  });
});
