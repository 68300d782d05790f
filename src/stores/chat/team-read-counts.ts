import { observable, runInAction } from 'mobx';
import { answered, ConnectionError, type ImConnection } from '@/connection';
import type { Clock, TimerHandle } from '@/platform';
import type { V2NIMMessage, V2NIMTeamMessageReadReceipt } from '@/sdk/types';
import { isReceiptDisabled, receiptBatches, wantsTeamReceipt } from './team-receipt';

/** How many members have read a message of the account. */
export interface ReadCount {
  readonly read: number;
  readonly unread: number;
}

/** Rows that appear within this time share a request. */
const GATHER_MS = 50;
/** Messages whose counts are kept. */
const KEPT = 2000;

/**
 * Read counts of own messages in teams. The SDK reports the first count of a message with its acknowledgement, and
 * later counts by events. The counts of other rows on the screen are requested, a page of rows at a time, and again
 * after a reconnect.
 */
export class TeamReadCounts {
  private readonly shown = observable.map<string, ReadCount>({}, { deep: false });
  /** The rows on the screen. */
  private readonly watched = new Map<string, { message: V2NIMMessage; rows: number }>();
  /** The login for which the count of a message is current. */
  private readonly current = new Map<string, number>();
  /** The login in which a row on the screen was first being sent. */
  private readonly sending = new Map<string, number>();
  private readonly waiting = new Set<string>();
  private timer: TimerHandle | null = null;
  private login = 1;
  /** The login for which the server said that it keeps no receipts. */
  private disabledFor = 0;

  constructor(
    private readonly connection: ImConnection,
    private readonly clock: Clock,
    private readonly isRecalled: (messageClientId: string) => boolean,
  ) {
    connection.listen('message', 'onReceiveTeamMessageReadReceipts', (all) =>
      this.take(all, false),
    );
    connection.listen('message', 'onMessageRevokeNotifications', (all) => {
      for (const { messageRefer } of all) this.forget(messageRefer.messageClientId);
    });
    connection.on('state', ({ to }) => {
      if (to.name !== 'online') return;
      this.login++;
      for (const id of this.watched.keys()) this.want(id);
    });
  }

  /** The count of an own message; undefined while it is unknown. Observable. */
  of(messageClientId: string): ReadCount | undefined {
    return this.shown.get(messageClientId);
  }

  /** A row of the message is on the screen until the returned function is called. */
  watch(message: V2NIMMessage): () => void {
    const { messageClientId: id } = message;
    if (message.isSelf && !message.messageServerId && !this.sending.has(id))
      this.sending.set(id, this.login);
    if (!message.isSelf || !wantsTeamReceipt(message)) return () => undefined;
    this.watched.set(id, { message, rows: (this.watched.get(id)?.rows ?? 0) + 1 });
    this.want(id);
    return () => {
      const watch = this.watched.get(id);
      if (watch && --watch.rows <= 0) this.watched.delete(id);
    };
  }

  private take(all: readonly V2NIMTeamMessageReadReceipt[], isAnswer: boolean): void {
    runInAction(() => {
      for (const receipt of all) this.takeOne(receipt, isAnswer);
    });
  }

  /** Counts can come twice, in any order and before their message. A reader stays a reader: a larger count is newer. */
  private takeOne(
    { messageClientId: id, readCount, unreadCount }: ReceiptCount,
    isAnswer: boolean,
  ): void {
    if (!isCount(readCount) || !isCount(unreadCount) || this.isRecalled(id)) return;
    // The SDK reports 0 with each acknowledgement. A message that was sent again after a lost link may have readers.
    const isFirst = readCount > 0 || this.sending.get(id) === this.login;
    if (isFirst || isAnswer) this.current.set(id, this.login);
    this.sending.delete(id);
    const known = this.shown.get(id);
    const isNewer =
      !known ||
      readCount > known.read ||
      // A member who had not read it has left.
      (readCount === known.read && unreadCount < known.unread);
    if (isNewer) this.shown.set(id, { read: readCount, unread: unreadCount });
    if (this.current.size > KEPT) this.drop();
  }

  private want(id: string): void {
    if (this.disabledFor === this.login || this.current.get(id) === this.login) return;
    // The count of a message that everybody has read cannot change.
    if (this.shown.get(id)?.unread === 0) return;
    this.waiting.add(id);
    this.timer ??= this.clock.setTimeout(() => {
      this.timer = null;
      void this.load();
    }, GATHER_MS);
  }

  /** Requests the counts of the rows that are still on the screen. */
  private async load(): Promise<void> {
    const messages = [...this.waiting].flatMap((id) => this.watched.get(id)?.message ?? []);
    this.waiting.clear();
    if (this.connection.state.name !== 'online') return;
    const { login } = this;
    const wanted = messages.filter(({ messageClientId: id }) => this.current.get(id) !== login);
    await Promise.all(receiptBatches(wanted).map((batch) => this.loadBatch(batch)));
  }

  private async loadBatch(messages: V2NIMMessage[]): Promise<void> {
    const { login } = this;
    for (const { messageClientId: id } of messages) this.current.set(id, login);
    const { message: service } = this.connection.services;
    try {
      this.take(await answered(this.clock, () => service.getTeamMessageReceipts(messages)), true);
    } catch (cause) {
      if (isReceiptDisabled(ConnectionError.from(cause).code)) this.disabledFor = login;
      // The next row on the screen, or the next login, asks again.
      for (const { messageClientId: id } of messages)
        if (this.current.get(id) === login) this.current.delete(id);
    }
  }

  private forget(id: string): void {
    this.current.delete(id);
    this.sending.delete(id);
    runInAction(() => this.shown.delete(id));
  }

  /** Drops the message that was reported first among those off the screen. */
  private drop(): void {
    for (const id of this.current.keys()) {
      if (this.watched.has(id)) continue;
      this.forget(id);
      return;
    }
  }
}

type ReceiptCount = Pick<
  V2NIMTeamMessageReadReceipt,
  'messageClientId' | 'readCount' | 'unreadCount'
>;

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
