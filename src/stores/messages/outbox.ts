import { ConnectionError } from '@/connection';
import type { Clock, TimerHandle } from '@/platform';
import { Code } from '@/sdk/codes';
import {
  applySendEvent,
  type EngineMessage,
  type Entry,
  replaceMessage,
  type SendEvent,
} from './entry';
import { fieldsIn } from './kinds/fields';
import { AUTO_RESEND_MS, isForLink, PATIENCE_MS, provesNoLink } from './link-lost';
import { hasAddress, type Sender } from './sender';

/** Shortest time between two progress reports of an upload. */
const PROGRESS_MS = 200;

export interface OutboxOptions<M extends EngineMessage, E extends Entry<M>> {
  sender: Sender<M>;
  clock: Clock;
  /** Takes over the server's copy and its result: the SDKs name the position of a message differently. */
  acknowledge: (entry: E, message: M) => void;
  /** The send state of an entry has changed. */
  onChange: (entry: E, conversationId: string) => void;
  /** A message was added or removed. */
  onQueue?: () => void;
  /** The file of a message is on the server. */
  onUploaded?: (messageClientId: string) => void;
  /** A message left the outbox. */
  onRemoved?: (messageClientId: string) => void;
}

/** Fields of the attachment of a restored message: for the SDK, and for the own row. */
export interface RestoredFile {
  readonly original: object;
  readonly shown: object;
}

interface Pending<M extends EngineMessage, E extends Entry<M>> {
  readonly entry: E;
  /** The message that the SDK is given, always under the same messageClientId. */
  original: M;
  readonly conversationId: string;
  since: number;
  state: 'inFlight' | 'waiting' | 'failed';
  /** Settles when the file of a restored message was found. */
  file?: Promise<void>;
  /** When a progress was last reported; ms. */
  reportedAt: number;
}

/**
 * Own messages that the server has not acknowledged, of all conversations. While the link is up they are sent
 * at once and side by side. After a lost link the remaining messages of a conversation are sent one after the
 * other before anything newer, so that the server sees them in the order in which they were written. The
 * outbox is in memory; `UnsentKeeper` keeps its messages for the next start.
 */
export class Outbox<M extends EngineMessage, E extends Entry<M> = Entry<M>> {
  private readonly queues = new Map<string, Pending<M, E>[]>();
  private readonly draining = new Set<string>();
  private patience: TimerHandle | null = null;
  private readonly stops: (() => void)[];

  constructor(private readonly options: OutboxOptions<M, E>) {
    const { sender } = options;
    this.stops = [
      sender.onOpen(() => this.resume()),
      sender.onUploaded((message) => this.keepUpload(message)),
    ];
  }

  /** Unsent messages of a conversation, in the order in which they were written. */
  of(conversationId: string): E[] {
    return (this.queues.get(conversationId) ?? []).map(({ entry }) => entry);
  }

  /** Ids of the messages of a conversation that wait for a link or failed; none of them is being sent. */
  waiting(conversationId: string): string[] {
    return (this.queues.get(conversationId) ?? [])
      .filter(({ state }) => state !== 'inFlight')
      .map(({ entry }) => entry.messageClientId);
  }

  /** Every unsent message. `since`: when it was written or last resent by the user; ms, device clock. */
  all(): { conversationId: string; message: M; since: number }[] {
    return [...this.queues].flatMap(([conversationId, queue]) =>
      queue.map(({ original, since }) => ({ conversationId, message: original, since })),
    );
  }

  /**
   * Adds an unsent message of the last start as failed for want of a link; `since` as in `all`. The message is sent
   * after `findFile` has found its file; when it rejects, with the code of the ConnectionError, the message has failed.
   */
  restore(
    conversationId: string,
    entry: E,
    since: number,
    findFile?: () => Promise<RestoredFile>,
  ): void {
    if (this.find(entry.messageClientId)) return;
    const pending = pendingOf<M, E>(conversationId, entry, entry.message, since, 'failed');
    if (findFile) {
      pending.file = this.attach(pending, findFile());
      // A rejection is read when the message is sent, which may be minutes later.
      pending.file.catch(() => undefined);
    }
    const queue = this.queue(conversationId);
    const newer = queue.findIndex((other) => other.since > since);
    queue.splice(newer < 0 ? queue.length : newer, 0, pending);
    this.change(pending, { type: 'failed', code: Code.disconnect });
  }

  /**
   * Sends a message made by the SDK's creator; `onChange` tells each change of the entry.
   * `original`: the message for the SDK, where the entry's own has more fields for its row.
   */
  send(conversationId: string, entry: E, original: M = entry.message): E {
    const queue = this.queue(conversationId);
    const since = this.options.clock.now();
    const pending = pendingOf(conversationId, entry, original, since, 'waiting');
    const mustWait = queue.some(({ state }) => state === 'waiting') || !this.isOpen;
    queue.push(pending);
    this.options.onQueue?.();
    if (mustWait) {
      this.watchPatience();
      void this.drain(conversationId);
    } else {
      void this.transmit(pending);
    }
    return entry;
  }

  /** Sends a failed message again, under the same messageClientId: the server counts it once. */
  resend(messageClientId: string): void {
    const pending = this.find(messageClientId);
    if (!pending || pending.state === 'inFlight') return;
    pending.since = this.options.clock.now();
    this.retry(pending);
    this.watchPatience();
    void this.drain(pending.conversationId);
  }

  /**
   * The server has this own message: a push or a history page shows it although its acknowledgement was lost.
   * Returns whether the message was in the outbox.
   */
  acknowledgeOwn(message: M): boolean {
    const pending = this.find(message.messageClientId);
    if (pending) this.succeed(pending, message);
    return pending !== undefined;
  }

  /** The server had this message and it was recalled: the message must not be sent again. */
  acknowledgeRecalled(messageClientId: string): void {
    const pending = this.find(messageClientId);
    if (!pending) return;
    this.remove(pending);
    this.change(pending, { type: 'accepted' });
  }

  /** Removes a message that the user gave up, and ends its upload. */
  discard(messageClientId: string): void {
    const pending = this.find(messageClientId);
    if (!pending) return;
    if (pending.state === 'inFlight' && isUpload(pending.original))
      this.options.sender.cancelUpload(pending.original);
    this.remove(pending);
  }

  dispose(): void {
    for (const stop of this.stops) stop();
    this.options.clock.clearTimeout(this.patience);
    this.queues.clear();
  }

  private get isOpen(): boolean {
    return this.options.sender.isOpen;
  }

  /** Sends what waited for the link, and what failed for want of it. */
  private resume(): void {
    for (const [conversationId, queue] of this.queues) {
      for (const pending of queue) {
        const failedForLink = pending.state === 'failed' && isForLink(pending.entry.errorCode);
        if (failedForLink && this.ageOf(pending) <= AUTO_RESEND_MS) this.retry(pending);
      }
      void this.drain(conversationId);
    }
  }

  /** Sends the waiting messages one after the other until none is left or the link is lost. */
  private async drain(conversationId: string): Promise<void> {
    if (this.draining.has(conversationId)) return;
    this.draining.add(conversationId);
    while (this.isOpen) {
      const next = this.queue(conversationId).find(({ state }) => state === 'waiting');
      if (!next) break;
      await this.transmit(next);
      // The link was lost: `resume` drains again when it is back.
      if (next.state === 'waiting') break;
    }
    this.draining.delete(conversationId);
  }

  private async transmit(pending: Pending<M, E>): Promise<void> {
    pending.state = 'inFlight';
    const { conversationId } = pending;
    try {
      if (pending.file) {
        await pending.file;
        if (this.isRemoved(pending)) return;
      }
      const message = await this.options.sender.send(pending.original, conversationId, (percent) =>
        this.progress(pending, percent),
      );
      if (!this.isRemoved(pending)) this.succeed(pending, message);
    } catch (cause) {
      if (!this.isRemoved(pending)) this.fail(pending, ConnectionError.from(cause).code);
    }
  }

  private succeed(pending: Pending<M, E>, message: M): void {
    this.remove(pending);
    this.options.acknowledge(pending.entry, message);
    this.options.onChange(pending.entry, pending.conversationId);
  }

  private fail(pending: Pending<M, E>, code: number): void {
    const wait = provesNoLink(code, this.isOpen) && this.ageOf(pending) < PATIENCE_MS;
    pending.state = wait ? 'waiting' : 'failed';
    if (wait) this.watchPatience();
    else this.change(pending, { type: 'failed', code });
  }

  /** Marks messages that waited too long for a link as failed; they are still sent when the link is back. */
  private watchPatience(): void {
    const { clock } = this.options;
    if (this.patience) return;
    this.patience = clock.setTimeout(() => {
      this.patience = null;
      let again = false;
      for (const pending of [...this.queues.values()].flat()) {
        if (pending.state !== 'waiting') continue;
        // Behind a slow message it waits for its turn, not for a link.
        const isQueued = this.draining.has(pending.conversationId);
        if (isQueued || this.ageOf(pending) < PATIENCE_MS) again = true;
        else {
          pending.state = 'failed';
          this.change(pending, { type: 'failed', code: Code.disconnect });
        }
      }
      if (again) this.watchPatience();
    }, PATIENCE_MS / 10);
  }

  /** Puts the file of a restored message into the message for the SDK and into the row. */
  private async attach(pending: Pending<M, E>, file: Promise<RestoredFile>): Promise<void> {
    const { original, shown } = await file;
    const { attachment } = pending.original as { attachment?: object };
    pending.original = { ...pending.original, attachment: { ...attachment, ...original } };
    if (this.isRemoved(pending)) return;
    replaceMessage(pending.entry, {
      ...pending.entry.message,
      attachment: { ...attachment, ...shown },
    });
    this.options.onChange(pending.entry, pending.conversationId);
  }

  /** Reports at most 5 changes a second, and the end of the upload. */
  private progress(pending: Pending<M, E>, percent: number): void {
    const rounded = Math.round(percent);
    if (rounded === pending.entry.progress || this.isRemoved(pending)) return;
    const now = this.options.clock.now();
    if (rounded < 100 && now - pending.reportedAt < PROGRESS_MS) return;
    pending.reportedAt = now;
    this.change(pending, { type: 'progress', percent: rounded });
  }

  /** The SDK uploads for a copy of the message: the address of the file has to be taken from that copy. */
  private keepUpload({ messageClientId, attachment }: M): void {
    const pending = this.find(messageClientId);
    if (!pending) return;
    pending.original = { ...pending.original, attachment };
    this.options.onUploaded?.(messageClientId);
  }

  private retry(pending: Pending<M, E>): void {
    pending.state = 'waiting';
    this.change(pending, { type: 'retry' });
  }

  private change({ entry, conversationId }: Pending<M, E>, event: SendEvent): void {
    applySendEvent(entry, event);
    this.options.onChange(entry, conversationId);
  }

  private ageOf({ since }: Pending<M, E>): number {
    return this.options.clock.now() - since;
  }

  private queue(conversationId: string): Pending<M, E>[] {
    let queue = this.queues.get(conversationId);
    if (!queue) this.queues.set(conversationId, (queue = []));
    return queue;
  }

  private find(messageClientId: string): Pending<M, E> | undefined {
    for (const queue of this.queues.values()) {
      const pending = queue.find(({ original }) => original.messageClientId === messageClientId);
      if (pending) return pending;
    }
    return undefined;
  }

  private isRemoved(pending: Pending<M, E>): boolean {
    return !this.queue(pending.conversationId).includes(pending);
  }

  private remove(pending: Pending<M, E>): void {
    const queue = this.queue(pending.conversationId).filter((other) => other !== pending);
    if (queue.length > 0) this.queues.set(pending.conversationId, queue);
    else this.queues.delete(pending.conversationId);
    this.options.onRemoved?.(pending.entry.messageClientId);
    this.options.onQueue?.();
  }
}

/** The message has a file that is not on the server. */
function isUpload(message: EngineMessage): boolean {
  const { file, path } = fieldsIn(message.attachment);
  return (file !== undefined || path !== undefined) && !hasAddress(message);
}

function pendingOf<M extends EngineMessage, E extends Entry<M>>(
  conversationId: string,
  entry: E,
  original: M,
  since: number,
  state: Pending<M, E>['state'],
): Pending<M, E> {
  return { conversationId, entry, original, since, state, reportedAt: 0 };
}
