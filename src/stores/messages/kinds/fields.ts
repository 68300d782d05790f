/** Readers of fields that a sender may have left out or filled with another type. */

/** The text of a field; empty for another type. */
export function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The number of a field, also as text, between 0 and `maximum`; 0 for another type. */
export function numberIn(value: unknown, maximum: number): number {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && number > 0 ? Math.min(number, maximum) : 0;
}

/** Longest extension that is read, characters; the server's limit is 1,024. */
const EXTENSION_LENGTH = 20_000;

/** The fields of a `serverExtension`; no field when the text is not the JSON of an object, or too long. */
export function extensionIn(text: unknown): Readonly<Record<string, unknown>> {
  if (typeof text !== 'string' || text.length > EXTENSION_LENGTH) return {};
  try {
    return fieldsIn(JSON.parse(text));
  } catch {
    return {};
  }
}

/** The fields of an attachment; no field for another type. */
export function fieldsIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
