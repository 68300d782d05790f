import fc from 'fast-check';
import { EVERYBODY, mentionsIn } from '@/stores/messages/kinds/mentions';
import { textKind } from '@/stores/messages/kinds/text';
import { textParts } from '@/stores/messages/kinds/text-parts';

const extension = (yxAitMsg: unknown) => JSON.stringify({ yxAitMsg });
const of = (text: string, ...starts: unknown[]) => ({
  text,
  segments: starts.map((start) => ({ start, end: Number(start) + text.length - 1, broken: false })),
});
const parts = (text: string, yxAitMsg: unknown) =>
  textParts(textKind.parse({ text, serverExtension: extension(yxAitMsg) }));

describe('mentions in the format of the kits', () => {
  test('are parts of the text, without the space behind them', () => {
    expect(
      parts('好 @本 和 @所有人 看', { ben: of('@本 ', 2), [EVERYBODY]: of('@所有人 ', 7) }),
    ).toEqual([
      '好 ',
      { type: 'mention', text: '@本' },
      ' 和 ',
      { type: 'mention', text: '@所有人' },
      ' 看',
    ]);
  });

  test('stand at their place behind emoji codes, and win over a link', () => {
    expect(parts('[大笑][大笑]@a.cn 好 b.cn', { ben: of('@a.cn ', 8) })).toEqual([
      '😄😄',
      { type: 'mention', text: '@a.cn' },
      ' 好 ',
      { type: 'link', text: 'b.cn' },
    ]);
  });

  test('count only where the text has their name', () => {
    const broken = { text: '@本 ', segments: [{ start: 0, end: 2, broken: true }] };
    expect(parts('@本 好', { ben: broken })).toBeNull();
    expect(parts('好 @本', { ben: of('@本 ', 0) })).toBeNull();
    expect(parts('本 好', { ben: of('本 ', 0) })).toBeNull();
  });

  test('that overlap count once', () => {
    expect(mentionsIn('@ab', extension({ a: of('@a', 0), ab: of('@ab', 0) }))).toHaveLength(1);
  });

  test.each([
    '',
    '{',
    'yxAitMsg',
    '{"yxAitMsg":null}',
    '{"yxAitMsg":{"a":7,"b":{"text":"@","segments":{}}}}',
    7,
  ])('are none in %j', (given) => {
    expect(mentionsIn('@本 好', given)).toEqual([]);
  });

  test('are 50 at most, and any extension is read without an exception', () => {
    const many = of('@a', ...Array.from({ length: 99 }, (_, i) => i * 3));
    expect(mentionsIn('@a '.repeat(99), extension({ a: many }))).toHaveLength(50);
    fc.assert(
      fc.property(
        fc.string(),
        fc.dictionary(fc.string(), fc.anything({ maxDepth: 3 })),
        (text, value) => {
          expect(mentionsIn(text, JSON.stringify({ yxAitMsg: value }) ?? '')).toBeInstanceOf(Array);
        },
      ),
    );
  });
});
