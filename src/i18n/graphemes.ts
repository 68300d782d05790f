/**
 * Splits a text into grapheme clusters: an emoji with its skin tone and joined parts, a flag, a keycap, a letter
 * with its accents. Uses `Intl.Segmenter` (iOS 14.5, Chrome 87), or a regular expression in the JavaScript
 * engines of older WeChat versions, which have no segmenter.
 */
export function graphemesOf(text: string): string[] {
  split ??= splitter();
  return split(text);
}

/** Created at the first use: the tables of `Intl.Segmenter` would add 4 ms to a start that does not need them. */
let split: ((text: string) => string[]) | undefined;

function splitter(): (text: string) => string[] {
  if (typeof Intl === 'object' && 'Segmenter' in Intl) {
    const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
    return (text) => Array.from(segmenter.segment(text), ({ segment }) => segment);
  }
  const pattern = patternOfGraphemes();
  return (text) => text.match(pattern) ?? [];
}

/** The text without its last grapheme. */
export function withoutLast(text: string): string {
  const last = graphemesOf(text).pop() ?? '';
  return text.slice(0, text.length - last.length);
}

/** The longest prefix of whole graphemes with at most `limit` UTF-16 units. */
export function cutTo(text: string, limit: number): string {
  if (text.length <= limit) return text.replace(HALF_AT_END, '');
  let end = 0;
  for (const { length } of graphemesOf(text)) {
    if (end + length > limit) break;
    end += length;
  }
  return text.slice(0, end);
}

/** The first half of a surrogate pair whose second half was cut off. */
const HALF_AT_END = /[\ud800-\udbff]$/;

/** Not a literal: an engine with older regular expressions would refuse to load the whole file. */
function patternOfGraphemes(): RegExp {
  const pictograph = String.raw`\p{Extended_Pictographic}(?:\ufe0f|[\u{1f3fb}-\u{1f3ff}])?`;
  const tags = String.raw`[\u{e0020}-\u{e007f}]*`;
  const emoji = String.raw`${pictograph}${tags}(?:\u200d${pictograph})*`;
  const keycap = String.raw`[0-9#*]\ufe0f?\u20e3`;
  const flag = String.raw`[\u{1f1e6}-\u{1f1ff}]{2}`;
  const marked = String.raw`[^](?:\p{M}|[\u200c\u200d])*`;
  try {
    return new RegExp(`\\r\\n|${flag}|${keycap}|${emoji}|${marked}`, 'gu');
  } catch {
    // No property escapes: surrogate pairs stay whole and combining accents stay on their letter.
    return /[^](?:[\u0300-\u036f]|[\u20d0-\u20ff]|\ufe0e|\ufe0f)*/gu;
  }
}
