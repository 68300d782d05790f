export type PageParams = Readonly<Record<string, string | undefined>>;

/**
 * A parameter of a page's address, decoded; empty when it is missing or cannot be decoded. A link or a QR
 * code can carry anything: decodeURIComponent throws URIError for a broken escape such as `%E0%A4%A`.
 */
export function paramOf(params: PageParams, name: string): string {
  try {
    return decodeURIComponent(params[name] ?? '');
  } catch {
    return '';
  }
}
