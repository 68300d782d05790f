import { ConnectionError, reasonOf } from '@/connection';
import type { RoomMessage } from '../sdk';
import { soundMessage } from './sound-message';

/**
 * Asks the server for messages from `beginTime` on, oldest first, at most `limit`.
 * @throws ConnectionError
 */
export type FetchSince = (beginTime: number, limit: number) => Promise<readonly RoomMessage[]>;

/** What a fetch that is refused may do meanwhile. */
export interface CatchUpBounds {
  /** Waits before the next try; `attempt` tries have failed (1, 2, ...). */
  pause: (attempt: number) => Promise<void>;
  /**
   * The first try has ended: pushes flow again, and requests may go out. When that try was refused, the
   * missed messages follow later, between those that are shown.
   */
  onOpen: () => void;
}

export interface StreamHandlers {
  /** Messages nobody has been given yet, in the server's order. `missed`: not as they were said, but as what passed meanwhile. */
  messages: (messages: readonly RoomMessage[], missed: boolean) => void;
  /** More was missed than is fetched: what is on the screen has a gap. */
  tooMuch: () => void;
}

const PAGE = 100;
/** The largest page asked for, when more messages than one page holds carry the same millisecond. */
const LARGEST_PAGE = 1000;
/** Missed messages that are fetched; with more the room begins anew with its newest page. */
const MOST_MISSED = 1000;
/** Pushes may have overtaken each other before the link broke; so much before the last is asked for again. */
const OVERLAP_MS = 1000;
/** Ids remembered to tell a double; more than a flood brings within the overlap. */
const REMEMBERED = 3000;
/** Tries to fetch what was missed; with the connection's retry policy they take some 15 s, 31 s at most. */
const ATTEMPTS = 6;

type Found = readonly RoomMessage[] | 'tooMuch' | 'refused' | 'failed';

/**
 * Makes one stream, without a gap and without a double, of pushes and of what passed while the link was
 * gone: the SDK does not fetch after a reconnect (wire protocol, 5), and passes repeated pushes on. After a
 * reconnect pushes are held until the first try to fetch what was missed has ended, so that the order is the
 * server's.
 */
export class MessageStream {
  private readonly seen = new Set<string>();
  /** Pushes that wait for what was missed; null when nothing was. */
  private held: RoomMessage[] | null = null;
  /** Server time of the newest message. */
  private lastTime = 0;
  /** Server time of the newest message before the link was lost; null when nothing is missing. */
  private missingSince: number | null = null;
  private run = 0;

  constructor(private readonly handlers: StreamHandlers) {}

  /** Entered at this time of the server: what came before is history. */
  begin(serverTime: number): void {
    this.lastTime = Math.max(this.lastTime, serverTime);
  }

  push(given: RoomMessage): void {
    const message = soundMessage(given, this.lastTime);
    if (!message) return;
    if (this.held) {
      this.held.push(message);
      // So much will not be merged anyway: see MOST_MISSED.
      if (this.held.length > MOST_MISSED) this.held.shift();
    } else if (this.note(message)) {
      this.handlers.messages([message], false);
    }
  }

  /** A message that is known from elsewhere: sent by me, or part of a history page. */
  note({ messageClientId, createTime }: RoomMessage): boolean {
    this.lastTime = Math.max(this.lastTime, createTime);
    if (this.seen.has(messageClientId)) return false;
    this.seen.add(messageClientId);
    if (this.seen.size > REMEMBERED) {
      const oldest = this.seen.values().next();
      if (!oldest.done) this.seen.delete(oldest.value);
    }
    return true;
  }

  /** The link is gone, or the visit is over: a catch-up that runs ends. */
  hold(): void {
    this.held ??= [];
    this.missingSince ??= this.lastTime;
    this.run++;
  }

  /**
   * The link is back: fetches what was missed, then lets the held pushes follow. A refused fetch is tried
   * again after a pause; when that does not help, the handler `tooMuch` is told. Resolves with whether
   * nothing is missing any more; false when the link was lost again, or the visit ended, meanwhile.
   */
  async catchUp(fetch: FetchSince, { pause, onOpen }: CatchUpBounds): Promise<boolean> {
    const run = ++this.run;
    const isCurrent = () => run === this.run;
    for (let attempt = 1; ; attempt++) {
      const found = await this.fetchAll(fetch, isCurrent);
      // Lost again meanwhile: the next reconnect asks from the same time on.
      if (!isCurrent()) return false;
      const isOver = found !== 'failed' || attempt === ATTEMPTS;
      if (isOver) {
        this.missingSince = null;
        if (typeof found === 'object') this.give(found);
        else this.handlers.tooMuch();
      }
      this.release();
      if (attempt === 1) onOpen();
      if (isOver) return typeof found === 'object';
      await pause(attempt);
      if (!isCurrent()) return false;
    }
  }

  private release(): void {
    const held = this.held ?? [];
    this.held = null;
    this.give(held);
  }

  private give(messages: readonly RoomMessage[]): void {
    const fresh = messages.filter((message) => this.note(message));
    if (fresh.length > 0) this.handlers.messages(fresh, true);
  }

  private async fetchAll(fetch: FetchSince, isCurrent: () => boolean): Promise<Found> {
    const found = new Map<string, RoomMessage>();
    let beginTime = Math.max(1, (this.missingSince ?? this.lastTime) - OVERLAP_MS);
    let limit = PAGE;
    while (isCurrent()) {
      let page: readonly RoomMessage[];
      try {
        page = await fetch(beginTime, limit);
      } catch (cause) {
        return reasonOf(ConnectionError.from(cause).code).retry ? 'failed' : 'refused';
      }
      const before = found.size;
      for (const given of page) {
        const message = soundMessage(given, beginTime);
        if (!message) continue;
        found.set(message.messageClientId, message);
        beginTime = Math.max(beginTime, message.createTime);
      }
      if (found.size > MOST_MISSED) return 'tooMuch';
      // A page may be shorter than its limit and not be the last: a server may count what it leaves out.
      // The next page begins with the millisecond this one ended in: it may hold more of it.
      if (found.size > before) limit = PAGE;
      else if (page.length * 2 < limit) break;
      else if (limit < LARGEST_PAGE) limit *= 2;
      else beginTime++;
    }
    return [...found.values()];
  }
}
