import { ConnectionError } from '@/connection';
import type { Clock, TimerHandle } from '@/platform';
import { AUTO_RESEND_MS, isLinkLost, PATIENCE_MS, provesNoLink } from '@/stores/link-lost';
import type { ChatroomConnection } from '../connection/chatroom-connection';
import type { RoomMessage } from '../sdk';
import { type Places, type RoomEntry, unsentEntry } from './room-entry';

const DISCONNECTED = 192003;
/** A picture goes up before its message is sent; the SDK gives the message itself up after 8 s. */
const SEND_MS = 10 * 60_000;

interface Pending {
  readonly entry: RoomEntry;
  /** What the SDK is given. Its attachment gains an address once the file is up, so that is not done twice. */
  original: RoomMessage;
  since: number;
  state: 'inFlight' | 'waiting' | 'failed';
}

/**
 * Messages of mine the server has not acknowledged. They go out at once and side by side while the link is
 * up; what a lost link left behind goes out one after the other, once it is known what the server did get.
 */
export class RoomOutbox {
  private queue: Pending[] = [];
  private draining = false;
  private patience: TimerHandle | null = null;
  private disposed = false;
  private readonly stop: (() => void)[];

  constructor(
    private readonly connection: ChatroomConnection,
    private readonly clock: Clock,
    private readonly places: Places,
    private readonly onChange: (entry: RoomEntry) => void,
  ) {
    this.stop = [
      connection.on('open', () => this.resume()),
      connection.listen('sending', (message) => this.onSending(message)),
    ];
  }

  /** Unsent messages, as they were written. */
  all(): RoomEntry[] {
    return this.queue.map(({ entry }) => entry);
  }

  /** `shown`: the same message with what the row needs besides. */
  send(original: RoomMessage, shown: RoomMessage): RoomEntry {
    const pending: Pending = {
      entry: unsentEntry(shown),
      original,
      since: this.clock.now(),
      state: 'waiting',
    };
    const mustWait = !this.isInside || this.queue.some(({ state }) => state === 'waiting');
    this.queue.push(pending);
    if (mustWait) {
      this.watchPatience();
      void this.drain();
    } else {
      void this.transmit(pending);
    }
    return pending.entry;
  }

  /** Tries a failed message again, under the same messageClientId: the server counts it once. */
  resend(messageClientId: string): void {
    const pending = this.find(messageClientId);
    if (!pending || pending.state === 'inFlight') return;
    pending.state = 'waiting';
    pending.since = this.clock.now();
    this.change(pending, 'sending', 0);
    this.watchPatience();
    void this.drain();
  }

  /** The writer does not want it any more. */
  discard(messageClientId: string): void {
    this.queue = this.queue.filter(({ entry }) => entry.messageClientId !== messageClientId);
  }

  /** The server has it: told by what was missed, when the acknowledgement was lost. Whether it was ours. */
  settle(message: RoomMessage): boolean {
    const pending = this.find(message.messageClientId);
    if (pending) this.succeed(pending, message);
    return pending !== undefined;
  }

  /** The server had it, and it was recalled: it must not go out again. */
  settleRecalled(messageClientId: string): void {
    const pending = this.find(messageClientId);
    if (!pending) return;
    this.discard(messageClientId);
    this.change(pending, 'sent', 0);
  }

  dispose(): void {
    this.disposed = true;
    for (const stop of this.stop) stop();
    this.clock.clearTimeout(this.patience);
    this.queue = [];
  }

  private get isInside(): boolean {
    return this.connection.state.name === 'inside';
  }

  /** The link is back: what waited and what failed for want of it goes out. */
  private resume(): void {
    const now = this.clock.now();
    for (const pending of this.queue) {
      const failedForLink = pending.state === 'failed' && isLinkLost(pending.entry.errorCode);
      if (!failedForLink || now - pending.since > AUTO_RESEND_MS) continue;
      pending.state = 'waiting';
      this.change(pending, 'sending', 0);
    }
    void this.drain();
  }

  /** One after the other, until there is nothing left or no link. */
  private async drain(): Promise<void> {
    if (this.draining) return;
    this.draining = true;
    while (this.isInside && !this.disposed) {
      const next = this.queue.find(({ state }) => state === 'waiting');
      if (!next) break;
      await this.transmit(next);
      // The link went: begun again when it is back.
      if (next.state === 'waiting') break;
    }
    this.draining = false;
  }

  private async transmit(pending: Pending): Promise<void> {
    pending.state = 'inFlight';
    try {
      const { message } = await this.connection.call(
        ({ room }) =>
          room.sendMessage(pending.original, undefined, (percent) =>
            this.progress(pending, percent),
          ),
        SEND_MS,
      );
      this.connection.note(message);
      if (this.queue.includes(pending)) this.succeed(pending, message);
    } catch (cause) {
      if (this.queue.includes(pending)) this.fail(pending, ConnectionError.from(cause).code);
    }
  }

  private succeed(pending: Pending, message: RoomMessage): void {
    this.queue = this.queue.filter((other) => other !== pending);
    const { entry } = pending;
    entry.message = { ...message, userInfoConfig: entry.message.userInfoConfig ?? {} };
    entry.messageServerId = this.places.after();
    entry.createTime = message.createTime;
    entry.progress = 100;
    this.change(pending, 'sent', 0);
  }

  private fail(pending: Pending, code: number): void {
    const noLink = provesNoLink(code, this.isInside);
    const wait = noLink && this.clock.now() - pending.since < PATIENCE_MS;
    pending.state = wait ? 'waiting' : 'failed';
    if (wait) this.watchPatience();
    else this.change(pending, 'failed', code);
  }

  /** Marks what has waited too long for a link as failed; it still goes out when there is a link. */
  private watchPatience(): void {
    if (this.patience || this.disposed) return;
    this.patience = this.clock.setTimeout(() => {
      this.patience = null;
      let again = false;
      for (const pending of this.queue) {
        if (pending.state !== 'waiting') continue;
        // Behind a slow message a message waits for its turn, not for a link.
        const isNext = this.draining;
        if (isNext || this.clock.now() - pending.since < PATIENCE_MS) again = true;
        else {
          pending.state = 'failed';
          this.change(pending, 'failed', DISCONNECTED);
        }
      }
      if (again) this.watchPatience();
    }, PATIENCE_MS / 10);
  }

  private progress(pending: Pending, percent: number): void {
    const progress = Math.round(percent);
    if (progress === pending.entry.progress) return;
    pending.entry.progress = progress;
    this.onChange(pending.entry);
  }

  /** The SDK sends a copy: what it learns of the upload has to be taken from there. */
  private onSending({ messageClientId, attachment }: RoomMessage): void {
    const pending = this.find(messageClientId);
    // The SDK's copy of a text has its text as attachment.
    if (!pending || typeof attachment !== 'object' || !('url' in attachment)) return;
    if (!attachment.url) return;
    pending.original = { ...pending.original, attachment };
  }

  private change(pending: Pending, status: RoomEntry['status'], errorCode: number): void {
    pending.entry.status = status;
    pending.entry.errorCode = errorCode;
    this.onChange(pending.entry);
  }

  private find(messageClientId: string): Pending | undefined {
    return this.queue.find(({ entry }) => entry.messageClientId === messageClientId);
  }
}
