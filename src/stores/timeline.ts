import { lastOf } from './last-of';

/** What the order of a message depends on. */
export interface Orderable {
  readonly messageClientId: string;
  /** Empty or "0" until the server acknowledged the message. */
  readonly messageServerId: string;
  /** Server time; the sender's own time until acknowledged. Milliseconds. */
  readonly createTime: number;
}

export type Change = 'inserted' | 'moved' | 'kept';

/** One message and its place. The place is fixed by the server's first word and never changes again. */
interface Slot<T> {
  value: T;
  id: string;
  time: number;
  /** Empty while the message is being sent. */
  serverId: string;
  /** Orders messages that are being sent among each other. */
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
  private chunks: Slot<T>[][] = [];
  private readonly slots = new Map<string, Slot<T>>();
  private sequence = 0;

  /** `merge` says what remains of a message that is put again. Default: the newer one. */
  constructor(private readonly merge: (known: T, incoming: T) => T = (_, incoming) => incoming) {}

  get size(): number {
    return this.slots.size;
  }

  get(messageClientId: string): T | undefined {
    return this.slots.get(messageClientId)?.value;
  }

  first(): T | undefined {
    return this.chunks[0]?.[0]?.value;
  }

  last(): T | undefined {
    return this.lastSlot()?.value;
  }

  /** Adds a message, or merges it with what is known of it. */
  put(incoming: T): Change {
    const known = this.slots.get(incoming.messageClientId);
    if (known) {
      known.value = this.merge(known.value, incoming);
      const serverId = acknowledgedId(incoming);
      if (known.serverId || !serverId) return 'kept';
      this.take(known);
      known.time = incoming.createTime;
      known.serverId = serverId;
      this.place(known);
      return 'moved';
    }
    const serverId = acknowledgedId(incoming);
    const slot: Slot<T> = {
      value: incoming,
      id: incoming.messageClientId,
      time: serverId ? incoming.createTime : Math.max(incoming.createTime, this.lastTime()),
      serverId,
      sequence: ++this.sequence,
    };
    this.slots.set(slot.id, slot);
    this.place(slot);
    return 'inserted';
  }

  remove(messageClientId: string): T | undefined {
    const slot = this.slots.get(messageClientId);
    if (!slot) return undefined;
    this.take(slot);
    this.slots.delete(messageClientId);
    return slot.value;
  }

  clear(): void {
    this.chunks = [];
    this.slots.clear();
  }

  /** Negative when `a` stands before `b`; both must be in the timeline. */
  compare(a: string, b: string): number {
    const left = this.slots.get(a);
    const right = this.slots.get(b);
    return left && right ? order(left, right) : 0;
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
      const slot = this.chunks[c]?.[i];
      if (!slot) break;
      found.push(slot.value);
    }
    return found.reverse();
  }

  /** Up to `count` messages that stand after the anchor (or from the start, without one), oldest first. */
  after(anchorId: string | undefined, count: number): T[] {
    const found: T[] = [];
    let [c, i] = anchorId === undefined ? [0, -1] : this.position(anchorId);
    while (found.length < count) {
      let slot = this.chunks[c]?.[++i];
      if (!slot) {
        i = 0;
        slot = this.chunks[++c]?.[0];
      }
      if (!slot) break;
      found.push(slot.value);
    }
    return found;
  }

  /** The anchor with up to `before` messages before and `after` messages after it, oldest first. */
  around(anchorId: string, before: number, after: number): T[] {
    const anchor = this.get(anchorId);
    if (!anchor) return [];
    return [...this.before(anchorId, before), anchor, ...this.after(anchorId, after)];
  }

  /** The message right before this one. */
  previous(messageClientId: string): T | undefined {
    const [c, i] = this.position(messageClientId);
    return (this.chunks[c]?.[i - 1] ?? lastOf(this.chunks[c - 1] ?? []))?.value;
  }

  /** The message right after this one. */
  next(messageClientId: string): T | undefined {
    const [c, i] = this.position(messageClientId);
    return (this.chunks[c]?.[i + 1] ?? this.chunks[c + 1]?.[0])?.value;
  }

  /** Every message, oldest first. */
  *[Symbol.iterator](): Generator<T> {
    for (const chunk of this.chunks) for (const slot of chunk) yield slot.value;
  }

  /** Newest first. */
  *newestFirst(): Generator<T> {
    for (let c = this.chunks.length - 1; c >= 0; c--) {
      const chunk = this.chunks[c] ?? [];
      for (let i = chunk.length - 1; i >= 0; i--) {
        const slot = chunk[i];
        if (slot) yield slot.value;
      }
    }
  }

  private lastSlot(): Slot<T> | undefined {
    return lastOf(lastOf(this.chunks) ?? []);
  }

  private lastTime(): number {
    return this.lastSlot()?.time ?? 0;
  }

  private place(slot: Slot<T>): void {
    const c = this.chunkFor(slot);
    const chunk = this.chunks[c];
    if (!chunk) {
      this.chunks.push([slot]);
      return;
    }
    const index = indexIn(chunk, slot);
    if (index === chunk.length) chunk.push(slot);
    else chunk.splice(index, 0, slot);
    // An append leaves full chunks behind; an insert in the middle splits evenly.
    if (chunk.length > CHUNK) {
      const appended = c === this.chunks.length - 1 && lastOf(chunk) === slot;
      this.chunks.splice(c + 1, 0, chunk.splice(appended ? CHUNK : CHUNK / 2));
    }
  }

  private take(slot: Slot<T>): void {
    const c = this.chunkFor(slot);
    const chunk = this.chunks[c];
    if (!chunk) return;
    chunk.splice(indexIn(chunk, slot), 1);
    if (chunk.length === 0) this.chunks.splice(c, 1);
  }

  /**
   * The first chunk whose last slot does not stand before `slot`; the last chunk when there is none. Most of
   * what is put or looked up is new, so the search begins at the end.
   */
  private chunkFor(slot: Slot<T>): number {
    let low = 0;
    let high = this.chunks.length - 1;
    let middle = high - 1;
    while (low < high) {
      const last = lastOf(this.chunks[middle] ?? []);
      if (last && order(last, slot) < 0) low = middle + 1;
      else high = middle;
      middle = (low + high) >> 1;
    }
    return low;
  }

  private position(messageClientId: string): [chunk: number, index: number] {
    const slot = this.slots.get(messageClientId);
    if (!slot) return this.end();
    const c = this.chunkFor(slot);
    return [c, indexIn(this.chunks[c] ?? [], slot)];
  }

  private end(): [chunk: number, index: number] {
    return [this.chunks.length, 0];
  }
}

/** The server's id of a message; empty until it gave one. */
export function acknowledgedId({ messageServerId }: Orderable): string {
  return messageServerId === '0' ? '' : messageServerId;
}

function indexIn<T>(chunk: readonly Slot<T>[], slot: Slot<T>): number {
  let low = 0;
  let high = chunk.length;
  let middle = high - 1;
  while (low < high) {
    const other = chunk[middle];
    if (other && order(other, slot) < 0) low = middle + 1;
    else high = middle;
    middle = (low + high) >> 1;
  }
  return low;
}

function order(a: Slot<unknown>, b: Slot<unknown>): number {
  if (a.time !== b.time) return a.time - b.time;
  if (a.serverId && b.serverId)
    return compareServerIds(a.serverId, b.serverId) || compareText(a.id, b.id);
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
