/**
 * A tag expression (标签表达式) selects clients by the tags given on entering: `{"tag":"vip"}`, `{"or":[…]}`,
 * `{"and":[…]}`, nested. A text that is not JSON is a single tag. Yunxin's documents name no negation;
 * `{"not":…}` is accepted all the same.
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

/** Parses tags as the SDK sends them: a JSON array of texts. Returns undefined for anything else. */
export function parseTags(json: string): string[] | undefined {
  try {
    const parsed: unknown = JSON.parse(json);
    if (Array.isArray(parsed) && parsed.every((tag) => typeof tag === 'string')) return parsed;
  } catch {
    // The text is not JSON.
  }
  return undefined;
}
