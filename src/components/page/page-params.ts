export type PageParams = Readonly<Record<string, string | undefined>>;

export interface PageAddress {
  readonly path: string;
  readonly params: PageParams;
}

/** Parses Taro's id of a page: `path?name=value&...`. Values stay encoded. */
export function pageAddressOf(tid: string): PageAddress {
  const [path = '', query = ''] = tid.split(/\?(.*)/s);
  const pairs = query.split('&').map((pair): [string, string] => {
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    return [name, value];
  });
  return {
    path: `/${path.replace(/^\//, '')}`,
    params: Object.fromEntries(pairs.filter(([name]) => name !== '' && !name.startsWith('$'))),
  };
}

/**
 * A decoded parameter of a page's address; empty when it is missing or cannot be decoded. A link or a QR code
 * can carry anything: decodeURIComponent throws URIError for a broken escape such as `%E0%A4%A`.
 */
export function paramOf(params: PageParams, name: string): string {
  try {
    return decodeURIComponent(params[name] ?? '');
  } catch {
    return '';
  }
}
