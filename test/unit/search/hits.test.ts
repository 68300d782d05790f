import fc from 'fast-check';
import { hitsIn } from '@/packages/search/hits';

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

const shown = (text: string, words: string) =>
  hitsIn(text, words).map(({ text: part, isHit }) => (isHit ? `<${part}>` : part));

describe('the marked words of a text', () => {
  test('are found in any case, as often as they occur', () => {
    expect(shown('The Harbour, a harbour', 'HARBOUR')).toEqual([
      'The ',
      '<Harbour>',
      ', a ',
      '<harbour>',
    ]);
    expect(shown('nothing', 'x')).toEqual(['nothing']);
    expect(shown('two\n lines', 'LINES')).toEqual(['two ', '<lines>']);
  });

  test('are on the screen when they come late in a long text', () => {
    const parts = shown(`${'a'.repeat(500)}港口${'b'.repeat(500)}`, '港口');
    expect(parts[0]).toBe(`…${'a'.repeat(12)}`);
    expect(parts[1]).toBe('<港口>');
  });

  test('leave the text as it is: no part is lost, doubled or cut in a surrogate pair', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 70 }), fc.string(), (text, words) => {
        const whole = hitsIn(text, words)
          .map((part) => part.text)
          .join('');
        const line = text.replace(/\s+/g, ' ').trim();
        const body = whole.replace(/^…/, '');
        expect(line.includes(body) || line.startsWith(whole)).toBe(true);
        expect(body).not.toMatch(LONE_SURROGATE);
      }),
    );
  });
});
