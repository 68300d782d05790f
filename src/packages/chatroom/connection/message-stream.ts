import { ConnectionError, reasonOf } from '@/connection';
import { soundMessage } from '@/sdk/sound-message';
import type { RoomMessage } from '../sdk-types';

/**
 * Asks the server for messages from `beginTime` on, oldest first, at most `limit`.
 * @throws ConnectionError
 */
export type FetchSince = (beginTime: number, limit: number) => Promise<readonly RoomMessage[]>;

/** Callbacks of a catch-up whose fetch may be refused. */
export interface CatchUpBounds {
  /** Waits before the next try; `attempt` tries have failed (1, 2, ...). */
  pause: (attempt: number) => Promise<void>;
  /**
   * The first try has ended: pushes are delivered again, and requests may be sent. When the server refused
   * that try, the missed messages follow later, between the shown messages.
   */
  onOpen: () => void;
}

export interface StreamHandlers {
  /**
   * Messages that were not delivered before, in the server's order. `missed`: fetched after a lost link, not
   * pushed.
   */
  messages: (messages: readonly RoomMessage[], missed: boolean) => void;
  /** More messages were missed than the stream fetches: the shown messages have a gap. */
  tooMuch: () => void;
}

const PAGE = 100;
/** The largest page, for the case that more messages than one page holds have the same millisecond. */
const LARGEST_PAGE = 1000;
/** Maximum of missed messages that are fetched; beyond it the room begins again with its newest page. */
const MOST_MISSED = 1000;
/**
 * Pushes may be reordered before the link breaks; messages of this time before the newest are fetched again.
 */
const OVERLAP_MS = 1000;
/** Number of ids kept for deduplication; more than a flood brings within the overlap. */
const REMEMBERED = 3000;
/**
 * Tries to fetch the missed messages; with the connection's retry policy the tries take about 15 s, 31 s at
 * most.
 */
const ATTEMPTS = 6;

type Found = readonly RoomMessage[] | 'tooMuch' | 'refused' | 'failed';

/**
 * Makes one stream, without gaps and duplicates, of pushes and of the messages that were missed during a lost
 * link: the SDK does not fetch after a reconnect (docs/yunxin-protocol.md, section 5), and delivers repeated
 * pushes. After a reconnect pushes are held until the first try to fetch the missed messages has ended, so
 * that the order is the server's.
 */
export class MessageStream {
  private readonly seen = new Set<string>();
  /** Pushes that wait for the missed messages; null when no messages are missing. */
  private held: RoomMessage[] | null = null;
  /** Server time of the newest message. */
  private lastTime = 0;
  /** Server time of the newest message before the link was lost; null when nothing is missing. */
  private missingSince: number | null = null;
  private run = 0;

  constructor(private readonly handlers: StreamHandlers) {}

  /** The room was entered at this server time: earlier messages are history. */
  begin(serverTime: number): void {
    this.lastTime = Math.max(this.lastTime, serverTime);
  }

  push(given: RoomMessage): void {
    const message = soundMessage(given, this.lastTime);
    if (!message) return;
    if (this.held) {
      this.held.push(message);
      // A longer queue is not merged anyway: see MOST_MISSED.
      if (this.held.length > MOST_MISSED) this.held.shift();
    } else if (this.rememberMessage(message)) {
      this.handlers.messages([message], false);
    }
  }

  /**
   * Records a message from another source: an own message, or a message of a history page. Returns whether
   * the message was new.
   */
  rememberMessage({ messageClientId, createTime }: RoomMessage): boolean {
    this.lastTime = Math.max(this.lastTime, createTime);
    if (this.seen.has(messageClientId)) return false;
    this.seen.add(messageClientId);
    if (this.seen.size > REMEMBERED) {
      const oldest = this.seen.values().next();
      if (!oldest.done) this.seen.delete(oldest.value);
    }
    return true;
  }

  /** The link is lost, or the visit has ended: ends a running catch-up. */
  hold(): void {
    this.held ??= [];
    this.missingSince ??= this.lastTime;
    this.run++;
  }

  /**
   * The link is back: fetches the missed messages, then delivers the held pushes. A refused fetch is repeated
   * after a pause; when every try fails, the handler `tooMuch` is called. Resolves with whether the stream is
   * complete; false when the link was lost again, or the visit ended, meanwhile.
   */
  async catchUp(fetch: FetchSince, { pause, onOpen }: CatchUpBounds): Promise<boolean> {
    const run = ++this.run;
    const isCurrent = () => run === this.run;
    for (let attempt = 1; ; attempt++) {
      const found = await this.fetchAll(fetch, isCurrent);
      // The link was lost again meanwhile: the next reconnect fetches from the same time on.
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
    const fresh = messages.filter((message) => this.rememberMessage(message));
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
      // A page may be shorter than its limit and not be the last: a server may count messages that it leaves
      // out. The next page begins with the last millisecond of this page, which may hold more messages.
      if (found.size > before) limit = PAGE;
      else if (page.length * 2 < limit) break;
      else if (limit < LARGEST_PAGE) limit *= 2;
      else beginTime++;
    }
    return [...found.values()];
  }
}
