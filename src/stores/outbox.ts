import { ConnectionError, type ImConnection } from '@/connection';
import type { Clock, TimerHandle } from '@/platform';
import type { V2NIMMessage } from '@/sdk/types';
import { applyResult, type ChatEntry, unsentEntry } from './chat-entry';
import { AUTO_RESEND_MS, isLinkLost, PATIENCE_MS, provesNoLink } from './link-lost';

const DISCONNECTED = 192003;

interface Pending {
  readonly entry: ChatEntry;
  /** What the SDK is given, each time the same: the same messageClientId makes the server answer once. */
  readonly original: V2NIMMessage;
  readonly conversationId: string;
  since: number;
  state: 'inFlight' | 'waiting' | 'failed';
}

type OnChange = (conversationId: string, entry: ChatEntry) => void;

/**
 * Messages of ours the server has not acknowledged, of all conversations. They go out at once and side
 * by side while the link is up; what a lost link left behind goes out one after the other before
 * anything newer of the same conversation, so that the server sees them in the order they were written.
 * In memory; `UnsentKeeper` keeps texts for the next start.
 */
export class Outbox {
  private readonly queues = new Map<string, Pending[]>();
  private readonly draining = new Set<string>();
  private patience: TimerHandle | null = null;
  private disposed = false;
  private readonly stop: () => void;

  constructor(
    private readonly connection: ImConnection,
    private readonly clock: Clock,
    private readonly onChange: OnChange,
    /** A message was added or taken out. */
    private readonly onQueue: () => void = () => undefined,
  ) {
    this.stop = connection.on('state', ({ to }) => {
      if (to.name === 'online') this.resume();
    });
  }

  /** Unsent messages of a conversation, as they were written. */
  of(conversationId: string): ChatEntry[] {
    return (this.queues.get(conversationId) ?? []).map(({ entry }) => entry);
  }

  /** Ids of a conversation's messages that wait for a link, or for their writer's tap: none is on its way. */
  waiting(conversationId: string): string[] {
    return (this.queues.get(conversationId) ?? [])
      .filter(({ state }) => state !== 'inFlight')
      .map(({ entry }) => entry.messageClientId);
  }

  /** Everything that is unsent. `since`: when it was written or last tried by hand; ms, clock of the device. */
  all(): { conversationId: string; message: V2NIMMessage; since: number }[] {
    return [...this.queues].flatMap(([conversationId, queue]) =>
      queue.map(({ original, since }) => ({ conversationId, message: original, since })),
    );
  }

  /** An unsent message of the last start, as one that failed for want of a link; `since` as in `all`. */
  restore(conversationId: string, message: V2NIMMessage, since: number): void {
    if (this.find(message.messageClientId)) return;
    const entry = unsentEntry(message);
    const pending: Pending = {
      entry,
      original: message,
      conversationId,
      since,
      state: 'failed',
    };
    const queue = this.queue(conversationId);
    const newer = queue.findIndex((other) => other.since > since);
    queue.splice(newer < 0 ? queue.length : newer, 0, pending);
    this.change(pending, 'failed', DISCONNECTED);
  }

  /** Sends a message made by the SDK's creator. The entry changes as it goes, `onChange` tells. */
  send(conversationId: string, message: V2NIMMessage): ChatEntry {
    const entry = unsentEntry(message);
    const queue = this.queue(conversationId);
    const pending: Pending = {
      entry,
      original: message,
      conversationId,
      since: this.clock.now(),
      state: 'waiting',
    };
    const mustWait = queue.some(({ state }) => state === 'waiting') || !this.isOnline;
    queue.push(pending);
    this.onQueue();
    if (mustWait) {
      this.watchPatience();
      void this.drain(conversationId);
    } else {
      void this.transmit(pending);
    }
    return entry;
  }

  /** Tries a failed message again. */
  resend(messageClientId: string): void {
    const pending = this.find(messageClientId);
    if (!pending || pending.state === 'inFlight') return;
    pending.state = 'waiting';
    pending.since = this.clock.now();
    this.change(pending, 'sending', 0);
    this.watchPatience();
    void this.drain(pending.conversationId);
  }

  /**
   * The server knows it: from a push or a history page, when the acknowledgement was lost. Returns whether
   * it was waited for.
   */
  settle(message: V2NIMMessage): boolean {
    const pending = this.find(message.messageClientId);
    if (!pending || !message.messageServerId) return false;
    this.succeed(pending, message);
    return true;
  }

  /** The writer does not want it any more. */
  discard(messageClientId: string): void {
    const pending = this.find(messageClientId);
    if (pending) this.take(pending);
  }

  dispose(): void {
    this.disposed = true;
    this.stop();
    this.clock.clearTimeout(this.patience);
    this.queues.clear();
  }

  private get isOnline(): boolean {
    return this.connection.state.name === 'online';
  }

  /** The link is back: what waited and what failed for want of it goes out. */
  private resume(): void {
    const now = this.clock.now();
    for (const [conversationId, queue] of this.queues) {
      for (const pending of queue) {
        const failedForLink = pending.state === 'failed' && isLinkLost(pending.entry.errorCode);
        if (!failedForLink || now - pending.since > AUTO_RESEND_MS) continue;
        pending.state = 'waiting';
        this.change(pending, 'sending', 0);
      }
      void this.drain(conversationId);
    }
  }

  /** One after the other, until there is nothing left or no link. */
  private async drain(conversationId: string): Promise<void> {
    if (this.draining.has(conversationId)) return;
    this.draining.add(conversationId);
    while (this.isOnline && !this.disposed) {
      const next = this.queue(conversationId).find(({ state }) => state === 'waiting');
      if (!next) break;
      await this.transmit(next);
      // The link went: `resume` begins again when it is back.
      if (next.state === 'waiting') break;
    }
    this.draining.delete(conversationId);
  }

  private async transmit(pending: Pending): Promise<void> {
    pending.state = 'inFlight';
    const { original, conversationId } = pending;
    try {
      const result = await this.connection.services.message.sendMessage(original, conversationId);
      if (!this.isGone(pending)) this.succeed(pending, result.message);
    } catch (cause) {
      if (!this.isGone(pending)) this.fail(pending, ConnectionError.from(cause).code);
    }
  }

  private succeed(pending: Pending, message: V2NIMMessage): void {
    this.take(pending);
    applyResult(pending.entry, message);
    this.onChange(pending.conversationId, pending.entry);
  }

  private fail(pending: Pending, code: number): void {
    const noLink = provesNoLink(code, this.isOnline);
    const wait = noLink && this.clock.now() - pending.since < PATIENCE_MS;
    pending.state = wait ? 'waiting' : 'failed';
    if (wait) this.watchPatience();
    else this.change(pending, 'failed', code);
  }

  /** Marks what has waited too long for a link as failed; it still goes out when there is one. */
  private watchPatience(): void {
    if (this.patience || this.disposed) return;
    this.patience = this.clock.setTimeout(() => {
      this.patience = null;
      let again = false;
      for (const [conversationId, queue] of this.queues) {
        for (const pending of queue) {
          if (pending.state !== 'waiting') continue;
          const isNext = this.draining.has(conversationId);
          if (isNext || this.clock.now() - pending.since < PATIENCE_MS) again = true;
          else {
            pending.state = 'failed';
            this.change(pending, 'failed', DISCONNECTED);
          }
        }
      }
      if (again) this.watchPatience();
    }, PATIENCE_MS / 10);
  }

  private change(pending: Pending, status: ChatEntry['status'], errorCode: number): void {
    pending.entry.status = status;
    pending.entry.errorCode = errorCode;
    this.onChange(pending.conversationId, pending.entry);
  }

  private queue(conversationId: string): Pending[] {
    let queue = this.queues.get(conversationId);
    if (!queue) this.queues.set(conversationId, (queue = []));
    return queue;
  }

  private find(messageClientId: string): Pending | undefined {
    for (const queue of this.queues.values()) {
      const pending = queue.find(({ original }) => original.messageClientId === messageClientId);
      if (pending) return pending;
    }
    return undefined;
  }

  private isGone(pending: Pending): boolean {
    return this.disposed || !this.queue(pending.conversationId).includes(pending);
  }

  private take(pending: Pending): void {
    const queue = this.queue(pending.conversationId).filter((other) => other !== pending);
    if (queue.length > 0) this.queues.set(pending.conversationId, queue);
    else this.queues.delete(pending.conversationId);
    this.onQueue();
  }
}
