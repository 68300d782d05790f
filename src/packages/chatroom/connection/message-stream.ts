import type { RoomMessage } from '../sdk';

/**
 * Asks the server for messages from `beginTime` on, oldest first, at most `limit`.
 * @throws ConnectionError
 */
export type FetchSince = (beginTime: number, limit: number) => Promise<readonly RoomMessage[]>;

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
const ATTEMPTS = 3;

/**
 * Makes one stream, without a gap and without a double, of pushes and of what passed while the link was
 * gone: the SDK does not fetch after a reconnect (wire protocol, 5), and passes repeated pushes on. After a
 * reconnect pushes are held until what was missed is here, so that the order is the server's.
 */
export class MessageStream {
  private readonly seen = new Set<string>();
  /** Pushes that wait for what was missed; null when nothing was. */
  private held: RoomMessage[] | null = null;
  /** Server time of the newest message. */
  private lastTime = 0;
  private run = 0;

  constructor(private readonly handlers: StreamHandlers) {}

  /** Entered at this time of the server: what came before is history. */
  begin(serverTime: number): void {
    this.lastTime = Math.max(this.lastTime, serverTime);
  }

  push(message: RoomMessage): void {
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

  /** The link is gone. */
  hold(): void {
    this.held ??= [];
    this.run++;
  }

  /** The link is back: fetches what was missed, then lets the held pushes follow. */
  async catchUp(fetch: FetchSince): Promise<void> {
    const run = ++this.run;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const found = await this.fetchAll(fetch, () => run === this.run);
      // Lost again meanwhile: the next reconnect asks from the same time on.
      if (run !== this.run) return;
      if (found === 'failed') continue;
      if (found === 'tooMuch') this.handlers.tooMuch();
      else this.give(found);
      break;
    }
    const held = this.held ?? [];
    this.held = null;
    this.give(held);
  }

  private give(messages: readonly RoomMessage[]): void {
    const fresh = messages.filter((message) => this.note(message));
    if (fresh.length > 0) this.handlers.messages(fresh, true);
  }

  private async fetchAll(
    fetch: FetchSince,
    isCurrent: () => boolean,
  ): Promise<readonly RoomMessage[] | 'tooMuch' | 'failed'> {
    const found = new Map<string, RoomMessage>();
    let beginTime = Math.max(1, this.lastTime - OVERLAP_MS);
    let limit = PAGE;
    while (isCurrent()) {
      let page: readonly RoomMessage[];
      try {
        page = await fetch(beginTime, limit);
      } catch {
        return 'failed';
      }
      const before = found.size;
      for (const message of page) {
        found.set(message.messageClientId, message);
        beginTime = Math.max(beginTime, message.createTime);
      }
      if (page.length < limit) break;
      if (found.size > MOST_MISSED) return 'tooMuch';
      // The next page begins with the millisecond this one ended in: it may hold more of it.
      if (found.size > before) limit = PAGE;
      else if (limit < LARGEST_PAGE) limit *= 2;
      else beginTime++;
    }
    return [...found.values()];
  }
}
