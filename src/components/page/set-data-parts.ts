import { hooks } from '@tarojs/runtime';

/** Maximum size of one setData: WeChat refuses 1 MB (1,048,576 bytes) and advises 256 KB. */
export const PART_BYTES = 256 * 1024;
/** When WeChat does not report that a part is drawn, the next part follows after this time. */
const SILENCE_MS = 1000;

export type Update = Readonly<Record<string, unknown>>;

/** The part of a mini-program page that Taro sends updates to. */
export interface UpdateTarget {
  setData(update: Update, drawn?: () => void): void;
}

/**
 * Makes Taro split an update that is too large for one setData and send the parts one after another. Such
 * updates arise when messages of a time without a link, or of a hidden page, are rendered at once.
 */
export function sendInParts(): void {
  const known = new WeakMap<UpdateTarget, PartSender>();
  hooks.tap('proxyToRaw', (page: UpdateTarget) => {
    const sender = known.get(page) ?? new PartSender(page);
    known.set(page, sender);
    return sender as never;
  });
}

/** Takes the place of a page's setData. A small update passes at once, unless parts wait before it. */
export class PartSender implements UpdateTarget {
  private readonly waiting: { update: Update; drawn: (() => void) | undefined }[] = [];
  private sending = false;

  constructor(private readonly page: UpdateTarget) {}

  setData(update: Update, drawn?: () => void): void {
    const parts = partsOf(update);
    if (parts.length === 1 && !this.sending) return this.page.setData(update, drawn);
    parts.forEach((part, i) =>
      this.waiting.push({ update: part, drawn: i === parts.length - 1 ? drawn : undefined }),
    );
    if (!this.sending) this.sendNext();
  }

  private sendNext(): void {
    const next = this.waiting.shift();
    this.sending = next !== undefined;
    if (!next) return;
    let told = false;
    const goOn = () => {
      if (told) return;
      told = true;
      clearTimeout(timer);
      next.drawn?.();
      this.sendNext();
    };
    const timer = setTimeout(goOn, SILENCE_MS);
    this.page.setData(next.update, goOn);
  }
}

/** Splits an update into several, to be applied in this order. Each has at most `limit` bytes of JSON. */
export function partsOf(update: Update, limit = PART_BYTES): Update[] {
  if (bytesOf(update) <= limit) return [update];
  const parts: Record<string, unknown>[] = [];
  let room = 0;
  for (const [path, value] of piecesOf(Object.entries(update), limit)) {
    const bytes = bytesOf(path) + bytesOf(value) + 2;
    const part = parts[parts.length - 1];
    if (part && bytes <= room) part[path] = value;
    else parts.push({ [path]: value });
    // The braces, and a colon and a comma for each pair.
    room = (part && bytes <= room ? room : limit - 2) - bytes;
  }
  return parts;
}

/** Splits a node that is too large: the node without its children first, then each child at its path. */
function* piecesOf(
  entries: readonly (readonly [path: string, value: unknown])[],
  limit: number,
): Generator<readonly [string, unknown]> {
  for (const [path, value] of entries) {
    const children = Array.isArray(value) ? (value as unknown[]) : childrenOf(value);
    if (!children || bytesOf(value) + bytesOf(path) + 4 <= limit) {
      yield [path, value];
      continue;
    }
    const isList = Array.isArray(value);
    yield [path, isList ? [] : { ...(value as object), cn: [] }];
    const place = isList ? path : `${path}.cn`;
    yield* piecesOf(
      children.map((child, i) => [`${place}.[${i}]`, child] as const),
      limit,
    );
  }
}

/** The children of a node of Taro's tree. */
function childrenOf(value: unknown): readonly unknown[] | undefined {
  const { cn } = (value ?? {}) as { cn?: unknown };
  return Array.isArray(cn) && cn.length > 0 ? (cn as unknown[]) : undefined;
}

/** Size of the JSON in UTF-8 bytes. */
export function bytesOf(value: unknown): number {
  if (typeof value === 'string') return 2 + textBytes(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)?.length ?? 0;
  if (Array.isArray(value)) {
    let bytes = 2 + Math.max(0, value.length - 1);
    for (const each of value) bytes += bytesOf(each) || 4;
    return bytes;
  }
  let bytes = 1;
  for (const [key, each] of Object.entries(value)) {
    if (each === undefined || typeof each === 'function') continue;
    bytes += bytesOf(key) + bytesOf(each) + 2;
  }
  return Math.max(2, bytes);
}

function textBytes(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20) bytes += SHORT_ESCAPES.has(unit) ? 1 : 5;
    else if (unit === 0x22 || unit === 0x5c) bytes += 1;
    else if (unit < 0x80) continue;
    else if (unit < 0x800) bytes += 1;
    else if (unit < 0xd800 || unit > 0xdfff) bytes += 2;
    // The two units of a surrogate pair take four bytes together; a lone unit is written as \udxxx.
    else if (isPair(unit, text.charCodeAt(i + 1))) {
      bytes += 2;
      i++;
    } else bytes += 5;
  }
  return bytes;
}

/** \b \t \n \f \r */
const SHORT_ESCAPES = new Set([8, 9, 10, 12, 13]);

function isPair(high: number, low: number): boolean {
  return high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff;
}
