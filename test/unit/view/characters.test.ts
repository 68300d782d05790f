import { deleteAt, insertAt, replaceAll } from '@/components/composer/caret';

const FAMILY = '👨‍👩‍👧';
const TAGGED_FLAG = '🏴󠁧󠁢󠁥󠁮󠁧󠁿';

/** The modules as they load where the engine has `Intl.Segmenter`, and where it has none. */
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
    'withoutLast takes %s as a whole',
    (last) => {
      expect(i18n.withoutLast(`a${last}`)).toBe('a');
      expect(i18n.withoutLast(last)).toBe('');
    },
  );

  it('takes the second of two flags, and nothing from an empty text', () => {
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

  it('cutTo keeps whole characters only', () => {
    expect(i18n.cutTo('abc', 3)).toBe('abc');
    expect(i18n.cutTo('abc😀', 4)).toBe('abc');
    expect(i18n.cutTo(`a${FAMILY}`, 6)).toBe('a');
    expect(i18n.cutTo('a\ud83d', 5)).toBe('a');
    expect(i18n.cutTo('好'.repeat(6000), 5000)).toHaveLength(5000);
  });
});

describe('edits at the caret', () => {
  const LIMIT = 5000;

  it('puts an emoji where the caret is, and the caret behind it', () => {
    const text = '早上好，周一见';
    expect(insertAt(text, { start: 3, end: 3 }, '😂', LIMIT)).toEqual({
      text: '早上好😂，周一见',
      caret: 5,
    });
  });

  it('replaces what is selected', () => {
    expect(insertAt('ABCDEF', { start: 2, end: 4 }, '👍', LIMIT)).toEqual({
      text: 'AB👍EF',
      caret: 4,
    });
    expect(deleteAt('ABCDEF', { start: 2, end: 4 })).toEqual({ text: 'ABEF', caret: 2 });
  });

  it('deletes the character before the caret', () => {
    expect(deleteAt('ABCDE', { start: 3, end: 3 })).toEqual({ text: 'ABDE', caret: 2 });
    expect(deleteAt('a😀b', { start: 3, end: 3 })).toEqual({ text: 'ab', caret: 1 });
    expect(deleteAt('AB', { start: 0, end: 0 })).toEqual({ text: 'AB', caret: 0 });
  });

  it('takes no emoji that would pass the limit, and cuts a text of others', () => {
    const full = 'x'.repeat(4999);
    const end = { start: 4999, end: 4999 };
    expect(insertAt(full, end, '😂', LIMIT)).toEqual({ text: full, caret: 4999 });
    expect(insertAt(full, { start: 0, end: 4 }, '😂', LIMIT).text).toHaveLength(4997);
    expect(replaceAll(`${full}😂`, LIMIT)).toEqual({ text: full, caret: 4999 });
  });
});
