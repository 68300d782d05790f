import type { TextContent } from './text';
import { marksIn, type TextMark } from './text-marks';

/** A link, phone number or mail address, which a tap opens, or the name of somebody. */
export interface MarkedText {
  readonly type: TextMark['type'] | 'mention';
  readonly text: string;
}

/** A piece of a text. */
type TextPart = string | MarkedText;

const found = new WeakMap<TextContent, readonly TextPart[] | null>();

/**
 * The parts of a text, in their order; null for a text without marks, which is a single node of the row. The text of
 * an entry is scanned once, when its row is rendered for the first time.
 */
export function textParts(content: TextContent): readonly TextPart[] | null {
  let parts = found.get(content);
  if (parts === undefined) {
    parts = split(content.text, rangesOf(content));
    found.set(content, parts);
  }
  return parts;
}

interface Range {
  readonly type: MarkedText['type'];
  readonly start: number;
  readonly end: number;
}

/** A mention wins over a mark at the same place. */
function rangesOf({ text, mentions = [] }: TextContent): readonly Range[] {
  const marks = marksIn(text);
  if (mentions.length === 0) return marks;
  const isFree = (mark: Range) =>
    mentions.every(({ start, end }) => mark.end <= start || mark.start >= end);
  const names = mentions.map(({ start, end }) => ({ type: 'mention' as const, start, end }));
  return [...marks.filter(isFree), ...names].sort((a, b) => a.start - b.start);
}

function split(text: string, ranges: readonly Range[]): readonly TextPart[] | null {
  if (ranges.length === 0) return null;
  const parts: TextPart[] = [];
  let done = 0;
  for (const { type, start, end } of ranges) {
    if (start > done) parts.push(text.slice(done, start));
    parts.push({ type, text: text.slice(start, end) });
    done = end;
  }
  if (done < text.length) parts.push(text.slice(done));
  return parts;
}
