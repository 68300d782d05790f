/** Letters before the first hit of a long text. */
const BEFORE = 12;
/** Longest shown text, UTF-16 units. */
const LONGEST = 80;

/** A part of a text; `isHit`: the part has the searched words. */
export interface TextPart {
  readonly text: string;
  readonly isHit: boolean;
}

/** Splits a text at the searched words. A long text starts shortly before the first hit. */
export function hitsIn(text: string, words: string): readonly TextPart[] {
  const line = text.replace(/\s+/g, ' ').trim();
  const wanted = words.toLowerCase();
  // A letter whose lower case is longer would shift the places.
  const lower = line.toLowerCase();
  const first = wanted && lower.length === line.length ? lower.indexOf(wanted) : -1;
  const cut = first > BEFORE * 2 ? afterSurrogate(line, first - BEFORE) : 0;
  const shown = (cut > 0 ? '…' : '') + line.slice(cut, afterSurrogate(line, cut + LONGEST));
  const parts: TextPart[] = [];
  let from = 0;
  if (first >= 0)
    for (
      let at = shown.toLowerCase().indexOf(wanted);
      at >= 0;
      at = shown.toLowerCase().indexOf(wanted, from)
    ) {
      if (at > from) parts.push({ text: shown.slice(from, at), isHit: false });
      from = at + wanted.length;
      parts.push({ text: shown.slice(at, from), isHit: true });
    }
  if (from < shown.length) parts.push({ text: shown.slice(from), isHit: false });
  return parts;
}

/** The place, or the next place when it would divide a surrogate pair. */
function afterSurrogate(text: string, place: number): number {
  const code = text.charCodeAt(place);
  return code >= 0xdc00 && code <= 0xdfff ? place + 1 : place;
}
