import { cutTo, withoutLast } from '@/i18n';

/** Where the next letter goes, or what it replaces: UTF-16 units from the start of the text. */
export interface Selection {
  readonly start: number;
  readonly end: number;
}

export interface Edited {
  readonly text: string;
  /** Where the caret stands afterwards. */
  readonly caret: number;
}

/** Puts `piece` in the place of what is selected; nothing happens when the text would become too long. */
export function insertAt(
  text: string,
  { start, end }: Selection,
  piece: string,
  limit: number,
): Edited {
  const before = text.slice(0, start);
  const after = text.slice(end);
  if (before.length + piece.length + after.length > limit) return { text, caret: end };
  return { text: before + piece + after, caret: start + piece.length };
}

/** Takes out what is selected, or the character before the caret. */
export function deleteAt(text: string, { start, end }: Selection): Edited {
  const before = start < end ? text.slice(0, start) : withoutLast(text.slice(0, start));
  return { text: before + text.slice(end), caret: before.length };
}

/** A text somebody else made, as far as it is allowed: the caret is at its end. */
export function replaceAll(text: string, limit: number): Edited {
  const cut = cutTo(text, limit);
  return { text: cut, caret: cut.length };
}
