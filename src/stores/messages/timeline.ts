import { lastOf } from './last-of';
import { sortedIndex } from './sorted-index';

/** The fields that the order of a message depends on. */
export interface Orderable {
  readonly messageClientId: string;
  /** Empty or "0" until the server acknowledged the message. */
  readonly messageServerId: string;
  /** Server time; the sender's own time until acknowledged. Milliseconds. */
  readonly createTime: number;
}

export type Change = 'inserted' | 'moved' | 'kept';

/** Position of a message in the order. Fixed by the server's first copy of the message. */
interface SortKey {
  time: number;
  /** Empty while the message is being sent. */
  serverId: string;
  /** Orders messages that are being sent among each other; 0 once the server has answered. */
  sequence: number;
}

const CHUNK = 128;

/**
 * Messages of one conversation in the server's order: by createTime, then server id. Keyed by messageClientId:
 * a repeated message is merged, because the SDK passes repeated pushes on (docs/yunxin-protocol.md, section
 * 3.2). A message that is still sending is ordered after the last message known at that moment, and moves once,
 * when the server answers.
 *
 * The timeline is a list of sorted chunks: put, remove and look-up cost O(log n); no list is copied whole.
 */
export class Timeline<T extends Orderable> {
  private chunks: T[][] = [];
  private readonly values = new Map<string, T>();
  /**
   * Sort keys that differ from the message's own createTime: messages still sending, and messages the server
   * repeated with another time.
   */
  private readonly sortKeys = new Map<string, SortKey>();
  private sequence = 0;

  /**
   * `merge` combines a known message with a repeated one. Default: the newer one replaces the other. The caller
   * may change a message that is still sending before putting it again, but not one that the server knows.
   */
  constructor(private readonly merge: (known: T, incoming: T) => T = (_, incoming) => incoming) {}

  get size(): number {
    return this.values.size;
  }

  get(messageClientId: string): T | undefined {
    return this.values.get(messageClientId);
  }

  first(): T | undefined {
    return this.chunks[0]?.[0];
  }

  last(): T | undefined {
    return lastOf(lastOf(this.chunks) ?? []);
  }

  /** Adds a message, or merges it with the known one of the same id. */
  put(incoming: T): Change {
    const { messageClientId: id, createTime } = incoming;
    const serverId = acknowledgedId(incoming);
    const known = this.values.get(id);
    if (!known) {
      if (!serverId) {
        const last = this.last();
        const time = Math.max(createTime, last ? this.sortKeyOf(last).time : 0);
        this.sortKeys.set(id, { time, serverId, sequence: ++this.sequence });
      }
      this.values.set(id, incoming);
      this.insert(incoming);
      return 'inserted';
    }
    const key = this.sortKeyOf(known);
    const [c, i] = this.position(id);
    this.removeAt(c, i);
    const moves = !key.serverId && serverId !== '';
    const value = this.merge(known, incoming);
    this.values.set(id, value);
    this.setSortKey(value, moves ? { time: createTime, serverId, sequence: 0 } : key);
    this.insert(value);
    return moves ? 'moved' : 'kept';
  }

  remove(messageClientId: string): T | undefined {
    const value = this.values.get(messageClientId);
    if (!value) return undefined;
    this.removeAt(...this.position(messageClientId));
    this.values.delete(messageClientId);
    this.sortKeys.delete(messageClientId);
    return value;
  }

  clear(): void {
    this.chunks = [];
    this.values.clear();
    this.sortKeys.clear();
  }

  /** Negative when `a` is ordered before `b`; both must be in the timeline. */
  compare(a: string, b: string): number {
    const left = this.values.get(a);
    const right = this.values.get(b);
    return left && right ? this.order(left, right) : 0;
  }

  /** Up to `count` messages before the anchor, or at the end without an anchor; oldest first. */
  before(anchorId: string | undefined, count: number): T[] {
    const found: T[] = [];
    let [c, i] = anchorId === undefined ? this.end() : this.position(anchorId);
    while (found.length < count) {
      if (--i < 0) {
        const chunk = this.chunks[--c];
        if (!chunk) break;
        i = chunk.length - 1;
      }
      const value = this.chunks[c]?.[i];
      if (!value) break;
      found.push(value);
    }
    return found.reverse();
  }

  /** Up to `count` messages after the anchor, or from the start without an anchor; oldest first. */
  after(anchorId: string | undefined, count: number): T[] {
    const found: T[] = [];
    let [c, i] = anchorId === undefined ? [0, -1] : this.position(anchorId);
    while (found.length < count) {
      let value = this.chunks[c]?.[++i];
      if (!value) {
        i = 0;
        value = this.chunks[++c]?.[0];
      }
      if (!value) break;
      found.push(value);
    }
    return found;
  }

  /** The message right before this one. */
  previous(messageClientId: string): T | undefined {
    const [c, i] = this.position(messageClientId);
    return this.chunks[c]?.[i - 1] ?? lastOf(this.chunks[c - 1] ?? []);
  }

  /** The message right after this one. */
  next(messageClientId: string): T | undefined {
    const [c, i] = this.position(messageClientId);
    return this.chunks[c]?.[i + 1] ?? this.chunks[c + 1]?.[0];
  }

  /** Every message, oldest first. */
  *[Symbol.iterator](): Generator<T> {
    for (const chunk of this.chunks) yield* chunk;
  }

  /** Newest first. */
  *newestFirst(): Generator<T> {
    for (let c = this.chunks.length - 1; c >= 0; c--) {
      const chunk = this.chunks[c] ?? [];
      for (let i = chunk.length - 1; i >= 0; i--) {
        const value = chunk[i];
        if (value) yield value;
      }
    }
  }

  private insert(value: T): void {
    const c = this.chunkFor(value);
    const chunk = this.chunks[c];
    if (!chunk) {
      this.chunks.push([value]);
      return;
    }
    const index = this.indexIn(chunk, value);
    if (index === chunk.length) chunk.push(value);
    else chunk.splice(index, 0, value);
    // An append leaves full chunks behind; an insertion in the middle splits evenly.
    if (chunk.length > CHUNK) {
      const appended = c === this.chunks.length - 1 && lastOf(chunk) === value;
      this.chunks.splice(c + 1, 0, chunk.splice(appended ? CHUNK : CHUNK / 2));
    }
  }

  private removeAt(c: number, i: number): void {
    const chunk = this.chunks[c];
    if (!chunk) return;
    chunk.splice(i, 1);
    if (chunk.length === 0) this.chunks.splice(c, 1);
  }

  private position(messageClientId: string): [chunk: number, index: number] {
    const value = this.values.get(messageClientId);
    if (!value) return this.end();
    const c = this.chunkFor(value);
    return [c, this.indexIn(this.chunks[c] ?? [], value)];
  }

  /** Index of the first chunk whose last message is not before this one, else of the last chunk. */
  private chunkFor(value: T): number {
    const { chunks } = this;
    return sortedIndex(
      chunks.length - 1,
      (c) => this.order(lastOf(chunks[c] as T[]) as T, value) < 0,
    );
  }

  private indexIn(chunk: readonly T[], value: T): number {
    return sortedIndex(chunk.length, (i) => this.order(chunk[i] as T, value) < 0);
  }

  private end(): [chunk: number, index: number] {
    return [this.chunks.length, 0];
  }

  private sortKeyOf(value: T): SortKey {
    return this.sortKeys.get(value.messageClientId) ?? ownSortKey(value);
  }

  private setSortKey(value: T, key: SortKey): void {
    const own = ownSortKey(value);
    const isOwn = key.serverId && own.time === key.time && own.serverId === key.serverId;
    if (isOwn) this.sortKeys.delete(value.messageClientId);
    else this.sortKeys.set(value.messageClientId, key);
  }

  private order(a: T, b: T): number {
    return this.orderOfKeys(a, b) || compareText(a.messageClientId, b.messageClientId);
  }

  private orderOfKeys(a: T, b: T): number {
    if (this.sortKeys.size > 0) {
      const left = this.sortKeys.get(a.messageClientId);
      const right = this.sortKeys.get(b.messageClientId);
      if (left || right) return orderOf(left ?? ownSortKey(a), right ?? ownSortKey(b));
    }
    return a.createTime - b.createTime || compareServerIds(a.messageServerId, b.messageServerId);
  }
}

/** The server's id of a message; empty until the server has acknowledged it. */
export function acknowledgedId({ messageServerId }: { messageServerId: unknown }): string {
  // A malformed packet may lack the id, or have a value of another type.
  return typeof messageServerId === 'string' && messageServerId !== '0' ? messageServerId : '';
}

function ownSortKey(message: Orderable): SortKey {
  return { time: message.createTime, serverId: acknowledgedId(message), sequence: 0 };
}

function orderOf(a: SortKey, b: SortKey): number {
  if (a.time !== b.time) return a.time - b.time;
  if (a.serverId && b.serverId) return compareServerIds(a.serverId, b.serverId);
  // A message that is still sending is ordered after every known message of its time.
  if (a.serverId || b.serverId) return a.serverId ? -1 : 1;
  return a.sequence - b.sequence;
}

/** Server ids are decimal numbers beyond 2^53, as strings. */
function compareServerIds(a: string, b: string): number {
  return a.length - b.length || compareText(a, b);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
