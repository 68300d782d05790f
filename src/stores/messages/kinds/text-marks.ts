/** A piece of a text that a tap opens. */
export interface TextMark {
  readonly type: 'link' | 'mail' | 'phone';
  /** UTF-16 units from the start of the text. */
  readonly start: number;
  readonly end: number;
}

/** Most marks of a text: each mark is a node of the row. */
const MOST_MARKS = 50;
/** Longest text that is scanned, UTF-16 units; the server accepts 5,000. */
const LONGEST = 20_000;

/**
 * Top-level domains of addresses without http:// and www, in small letters: `done.Live` is the end of a sentence. The
 * endings of files (.md, .sh, .py, .ts) are left out.
 */
const DOMAINS =
  /^(?:com|net|org|edu|gov|cn|hk|tw|jp|kr|sg|uk|us|de|fr|ru|eu|io|me|tv|cc|co|ai|app|dev|info|biz|top|xyz|vip|club|site|online|shop|store|tech|wang|ltd|link|live|fun|asia|mobi|name|pro)$/;
/** The characters of addresses. All others end an address: spaces, quotes, Chinese. */
const WORD = /[!#-;=?-Z[\]_a-z~]+/g;
const SCHEME = /https?:\/\//gi;
/** User, host and port behind the scheme. */
const AUTHORITY =
  /(?:[\w.~%+-]+(?::[\w.~%+-]*)?@)?(?:[a-z\d](?:[\w-]*[a-z\d])?\.)*[a-z\d](?:[\w-]*[a-z\d])?(?::\d{1,5})?/iy;
/** A host, or the name in front of a mail address. */
const TOKEN = /[\w.%+-]+/g;
const PORT = /:\d{1,5}(?=[/?#]|$)/y;
const DIGITS = /\+?\d+/g;
/** Chinese mobile numbers, area codes, 400 and 800 numbers, and international numbers with their plus sign. */
const PHONE =
  /(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]?\d{7,8}|[48]00[ -]?(?:\d{3}[ -]?\d{4}|\d{4}[ -]?\d{3})|\+[1-9]\d{0,2}(?:[ -]?\d{2,4}){2,4}/y;

/**
 * Finds links (http, https, and hosts of common domains), mail addresses and phone numbers, in their order. The time
 * is linear in the length: each expression starts where the one before has ended, or is anchored (`y`) and bounded.
 */
export function marksIn(text: string): TextMark[] {
  if (text.length > LONGEST || !/[@.\d]|:\/\//.test(text)) return [];
  const marks: TextMark[] = [];
  for (const [word, start] of matches(WORD, text)) {
    if (marks.length >= MOST_MARKS) break;
    addAddresses(word, start, marks);
  }
  let from = 0;
  const phones: TextMark[] = [];
  for (const { start, end } of [...marks, { start: text.length, end: 0 }]) {
    addPhones(text, { from, to: start }, phones);
    from = end;
  }
  return [...marks, ...phones].sort((a, b) => a.start - b.start).slice(0, MOST_MARKS);
}

/** The host of a link, behind its user and without port. */
export function hostOf(link: string): string {
  const [authority = ''] = link.replace(SCHEME, '').split(/[/?#]/);
  return authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '');
}

function addAddresses(word: string, offset: number, marks: TextMark[]): void {
  let done = 0;
  const addBare = (to: number) => {
    for (const { type, start, end } of bareIn(word, done, to))
      marks.push({ type, start: offset + start, end: offset + end });
  };
  for (const [scheme, start] of matches(SCHEME, word)) {
    if (marks.length >= MOST_MARKS) return;
    if (start < done || /\w/.test(word.charAt(start - 1))) continue;
    const host = start + scheme.length;
    const authority = matchAt(AUTHORITY, word, host);
    if (!authority) continue;
    addBare(start);
    done = endOfPath(word, host + authority.length);
    marks.push({ type: 'link', start: offset + start, end: offset + done });
  }
  addBare(word.length);
}

/** Mail addresses, and links without a scheme. */
function bareIn(word: string, from: number, to: number): TextMark[] {
  const found: TextMark[] = [];
  const part = word.slice(0, to);
  let done = from;
  for (const [token, at] of matches(TOKEN, part, from)) {
    if (at < done) continue;
    if (found.length >= MOST_MARKS) break;
    const start = at + token.search(/[a-z\d]|$/i);
    const tokenEnd = at + token.length;
    if (part.charAt(tokenEnd) === '@') {
      const host = matchAt(/[a-z\d.-]+/iy, part, tokenEnd + 1)?.replace(/[.-]+$/, '') ?? '';
      const end = tokenEnd + 1 + host.length;
      const isUser = word.charAt(at - 1) === '/' || part.charAt(end) === '@';
      if (start === tokenEnd || isUser || !isHost(host)) continue;
      found.push({ type: 'mail', start, end });
      done = end;
    } else if (!/[.:/_@-]/.test(word.charAt(start - 1))) {
      const host = token.slice(start - at).replace(/[._%+-]+$/, '');
      const end = start + host.length;
      if (!isHost(host) || !(isCommon(host) || /^www\./i.test(host))) continue;
      done = endOfPath(part, end + (matchAt(PORT, part, end)?.length ?? 0));
      found.push({ type: 'link', start, end: done });
    }
  }
  return found;
}

function isHost(host: string): boolean {
  const labels = host.split('.');
  return (
    labels.length > 1 &&
    labels.every((label) => /^[a-z\d]([a-z\d-]*[a-z\d])?$/i.test(label)) &&
    /^[a-z]{2,18}$/i.test(lastLabel(host))
  );
}

function isCommon(host: string): boolean {
  const isShouted = host === host.toUpperCase();
  return DOMAINS.test(lastLabel(isShouted ? host.toLowerCase() : host));
}

function lastLabel(host: string): string {
  return host.slice(host.lastIndexOf('.') + 1);
}

/** The end of path, query and fragment, without the punctuation of the sentence and without an open bracket. */
function endOfPath(word: string, from: number): number {
  if (!/[/?#]/.test(word.charAt(from))) return from;
  const open: number[] = [];
  let end = from;
  for (; end < word.length; end++) {
    const sign = word.charAt(end);
    if (sign === '(' || sign === '[') open.push(end);
    if (sign !== ')' && sign !== ']') continue;
    const opener = word.charAt(open.pop() ?? word.length);
    if (opener !== (sign === ')' ? '(' : '[')) break;
  }
  end = Math.min(open[0] ?? end, end);
  while (end > from && /[.,;:!?'*]/.test(word.charAt(end - 1))) end--;
  return end;
}

function addPhones(
  text: string,
  { from, to }: { from: number; to: number },
  phones: TextMark[],
): void {
  let done = from;
  const part = text.slice(0, to);
  for (const [, start] of matches(DIGITS, part, from)) {
    if (start < done || /[\w.+-]/.test(text.charAt(start - 1))) continue;
    const number = matchAt(PHONE, part, start);
    if (!number) continue;
    done = start + number.length;
    if (!/^(?:\w|[.-]\d)/.test(text.slice(done, done + 2)))
      phones.push({ type: 'phone', start, end: done });
  }
}

function* matches(pattern: RegExp, text: string, from = 0): Generator<[found: string, at: number]> {
  let at = from;
  for (;;) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) return;
    at = found.index + found[0].length;
    yield [found[0], found.index];
  }
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
