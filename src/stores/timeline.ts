import { lastOf } from './last-of';
import { sortedIndex } from './sorted-index';

/** What the order of a message depends on. */
export interface Orderable {
  readonly messageClientId: string;
  /** Empty or "0" until the server acknowledged the message. */
  readonly messageServerId: string;
  /** Server time; the sender's own time until acknowledged. Milliseconds. */
  readonly createTime: number;
}

export type Change = 'inserted' | 'moved' | 'kept';

/** Where a message stands. Fixed by the server's first word. */
interface Place {
  time: number;
  /** Empty while the message is being sent. */
  serverId: string;
  /** Orders messages that are being sent among each other; 0 once the server has answered. */
  sequence: number;
}

const CHUNK = 128;

/**
 * Messages of one conversation in the server's order: by createTime, then server id. Keyed by
 * messageClientId: putting a message again merges it, because the SDK passes repeated pushes on
 * (wire protocol 3.2). A message that is being sent stands after the last one known at that moment and
 * moves once, when the server answers.
 *
 * A list of sorted chunks: put, remove and look-up cost O(log n); nothing is copied whole.
 */
export class Timeline<T extends Orderable> {
  private chunks: T[][] = [];
  private readonly values = new Map<string, T>();
  /** Of messages that do not stand where they say themselves: being sent, or told of anew with another time. */
  private readonly places = new Map<string, Place>();
  private sequence = 0;

  /**
   * `merge` says what remains of a message that is put again. Default: the newer one. A message that is being
   * sent may be changed outside, before it is put again; one the server knows must not.
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

  /** Adds a message, or merges it with what is known of it. */
  put(incoming: T): Change {
    const { messageClientId: id, createTime } = incoming;
    const serverId = acknowledgedId(incoming);
    const known = this.values.get(id);
    if (!known) {
      if (!serverId) {
        const last = this.last();
        const time = Math.max(createTime, last ? this.placeOf(last).time : 0);
        this.places.set(id, { time, serverId, sequence: ++this.sequence });
      }
      this.values.set(id, incoming);
      this.insert(incoming);
      return 'inserted';
    }
    const place = this.placeOf(known);
    const [c, i] = this.position(id);
    this.take(c, i);
    const moves = !place.serverId && serverId !== '';
    const value = this.merge(known, incoming);
    this.values.set(id, value);
    this.stand(value, moves ? { time: createTime, serverId, sequence: 0 } : place);
    this.insert(value);
    return moves ? 'moved' : 'kept';
  }

  remove(messageClientId: string): T | undefined {
    const value = this.values.get(messageClientId);
    if (!value) return undefined;
    this.take(...this.position(messageClientId));
    this.values.delete(messageClientId);
    this.places.delete(messageClientId);
    return value;
  }

  clear(): void {
    this.chunks = [];
    this.values.clear();
    this.places.clear();
  }

  /** Negative when `a` stands before `b`; both must be in the timeline. */
  compare(a: string, b: string): number {
    const left = this.values.get(a);
    const right = this.values.get(b);
    return left && right ? this.order(left, right) : 0;
  }

  /** Up to `count` messages that stand before the anchor (or at the end, without one), oldest first. */
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

  /** Up to `count` messages that stand after the anchor (or from the start, without one), oldest first. */
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
    // An append leaves full chunks behind; an insert in the middle splits evenly.
    if (chunk.length > CHUNK) {
      const appended = c === this.chunks.length - 1 && lastOf(chunk) === value;
      this.chunks.splice(c + 1, 0, chunk.splice(appended ? CHUNK : CHUNK / 2));
    }
  }

  private take(c: number, i: number): void {
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

  /** The first chunk whose last message does not stand before this one; the last chunk when there is none. */
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

  private placeOf(value: T): Place {
    return this.places.get(value.messageClientId) ?? ownPlace(value);
  }

  private stand(value: T, place: Place): void {
    const own = ownPlace(value);
    const isOwn = place.serverId && own.time === place.time && own.serverId === place.serverId;
    if (isOwn) this.places.delete(value.messageClientId);
    else this.places.set(value.messageClientId, place);
  }

  private order(a: T, b: T): number {
    return this.orderOfPlaces(a, b) || compareText(a.messageClientId, b.messageClientId);
  }

  private orderOfPlaces(a: T, b: T): number {
    if (this.places.size > 0) {
      const left = this.places.get(a.messageClientId);
      const right = this.places.get(b.messageClientId);
      if (left || right) return orderOf(left ?? ownPlace(a), right ?? ownPlace(b));
    }
    return a.createTime - b.createTime || compareServerIds(a.messageServerId, b.messageServerId);
  }
}

/** The server's id of a message; empty until it gave one. */
export function acknowledgedId({ messageServerId }: Orderable): string {
  return messageServerId === '0' ? '' : messageServerId;
}

function ownPlace(message: Orderable): Place {
  return { time: message.createTime, serverId: acknowledgedId(message), sequence: 0 };
}

function orderOf(a: Place, b: Place): number {
  if (a.time !== b.time) return a.time - b.time;
  if (a.serverId && b.serverId) return compareServerIds(a.serverId, b.serverId);
  // What is being sent stands after everything known at its time.
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
