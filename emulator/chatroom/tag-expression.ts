/**
 * Tag expressions (标签表达式) say for which clients a message is, by the tags they entered with:
 * `{"tag":"vip"}`, `{"or":[…]}`, `{"and":[…]}`, nested. A word that is no JSON is one tag.
 * Documents name no negation; `{"not":…}` is accepted as it costs nothing.
 */
export function matchesTags(expression: string, tags: readonly string[]): boolean {
  let parsed: unknown;
  try {
    parsed = JSON.parse(expression);
  } catch {
    return tags.includes(expression);
  }
  return matches(parsed, tags);
}

function matches(node: unknown, tags: readonly string[]): boolean {
  if (typeof node === 'string' || typeof node === 'number') return tags.includes(String(node));
  if (typeof node !== 'object' || node === null) return false;
  const { tag, or, and, not } = node as Record<string, unknown>;
  if (typeof tag === 'string') return tags.includes(tag);
  if (Array.isArray(or)) return or.some((inner) => matches(inner, tags));
  if (Array.isArray(and)) return and.every((inner) => matches(inner, tags));
  if (not !== undefined) return !matches(not, tags);
  return false;
}

/** Tags as the SDK sends them: a JSON array of text. Undefined when it is none. */
export function parseTags(json: string): string[] | undefined {
  try {
    const parsed: unknown = JSON.parse(json);
    if (Array.isArray(parsed) && parsed.every((tag) => typeof tag === 'string')) return parsed;
  } catch {
    // Not JSON: not tags.
  }
  return undefined;
}
