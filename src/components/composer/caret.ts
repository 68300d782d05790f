import { withoutLast } from '@/i18n';

/** The caret, or the selected text that the next letter replaces: UTF-16 units from the start of the text. */
export interface Selection {
  readonly start: number;
  readonly end: number;
}

export interface Edited {
  readonly text: string;
  /** The caret after the edit. */
  readonly caret: number;
}

/** Replaces the selection by `piece`. */
export function insertAt(text: string, { start, end }: Selection, piece: string): Edited {
  return { text: text.slice(0, start) + piece + text.slice(end), caret: start + piece.length };
}

/** Deletes the selection, or the character before the caret. */
export function deleteAt(text: string, { start, end }: Selection): Edited {
  const before = start < end ? text.slice(0, start) : withoutLast(text.slice(0, start));
  return { text: before + text.slice(end), caret: before.length };
}

/** Sets another text; the caret is at its end. */
export function replaceAll(text: string): Edited {
  return { text, caret: text.length };
}
