import { observable, runInAction } from 'mobx';
import { answered, ConnectionError, type ImConnection } from '@/connection';
import type { Clock, TimerHandle } from '@/platform';
import type { V2NIMMessage, V2NIMMessageQuickComment } from '@/sdk/types';
import { recallsFor } from '../conversations/account-removals';
import { PAGE } from './chat-history';
import { TimedValues } from './timed-values';

/** The accounts that reacted to a message in the same way, the first of them first. */
export interface Reaction {
  /** The SDK's index of the quick comment, from 1. */
  readonly index: number;
  /** Empty after the last account has taken its reaction back. */
  readonly accounts: readonly string[];
}

/** Rows that appear within this time share a request. */
const GATHER_MS = 50;
/** Messages whose reactions are kept. */
const KEPT = 2000;
/** V2NIMMessageQuickCommentType of a new reaction. */
const ADDED = 1;
const PARAMETER_ERROR = 414;
const NOT_FOUND = 404;
const NONE: readonly Reaction[] = [];

interface Known {
  /** The key is `account|index`. */
  readonly values: TimedValues<string>;
  /** The login for which the server's list was requested; 0 before. */
  login: number;
}

/**
 * Reactions to messages, the SDK's quick comments. The reactions of the rows on the screen are requested, a page of
 * rows at a time; afterwards the server's events keep them current, and a reconnect requests them again.
 */
export class Reactions {
  private readonly known = new Map<string, Known>();
  private readonly shown = observable.map<string, readonly Reaction[]>({}, { deep: false });
  /** The rows on the screen. */
  private readonly watched = new Map<string, { message: V2NIMMessage; rows: number }>();
  private readonly waiting = new Set<string>();
  private readonly underWay = new Set<string>();
  private timer: TimerHandle | null = null;
  private login = 1;
  /** Messages of a request; a server with a smaller limit halves it. */
  private limit = PAGE;

  constructor(
    private readonly connection: ImConnection,
    private readonly clock: Clock,
    private readonly isRecalled: (messageClientId: string) => boolean,
  ) {
    connection.listen(
      'message',
      'onMessageQuickCommentNotification',
      ({ operationType, quickComment }) =>
        this.changed(quickComment, (operationType as number) === ADDED),
    );
    connection.listen('message', 'onReceiveMessages', (messages) => {
      // A message that is pushed on a link, after its sync, is new: there is nothing to request.
      if (connection.state.name !== 'online') return;
      for (const { messageClientId: id } of messages)
        if (!this.known.has(id)) this.entry(id).login = this.login;
    });
    connection.listen('message', 'onMessageRevokeNotifications', (all) => {
      for (const { messageRefer } of recallsFor(connection.accountId, all))
        this.forget(messageRefer.messageClientId);
    });
    connection.on('state', ({ to }) => {
      if (to.name === 'online') this.refresh();
    });
  }

  /** The reactions to a message in the order of their first account. Observable. */
  of(messageClientId: string): readonly Reaction[] {
    return this.shown.get(messageClientId) ?? NONE;
  }

  /**
   * A row of the message is on the screen until the returned function is called. A message without a server id is
   * being sent and has no reaction.
   */
  watch(message: V2NIMMessage): () => void {
    const { messageClientId: id } = message;
    const known = this.watched.get(id);
    this.watched.set(id, { message, rows: (known?.rows ?? 0) + 1 });
    if (!message.messageServerId) this.entry(id).login = this.login;
    this.want(id);
    return () => {
      const watch = this.watched.get(id);
      if (watch && --watch.rows <= 0) this.watched.delete(id);
    };
  }

  /**
   * Adds the own reaction, or takes it back. The server's event changes what is shown.
   * @throws ConnectionError, 107321 above the limit of reactions to a message
   */
  async toggle(message: V2NIMMessage, index: number): Promise<void> {
    const { messageClientId: id } = message;
    const key = keyOf(this.connection.accountId, index);
    const request = `${id}|${key}`;
    if (this.underWay.has(request)) return;
    this.underWay.add(request);
    const isMine = this.entry(id).values.get(key) !== null;
    const { message: service } = this.connection.services;
    try {
      await answered(this.clock, () =>
        isMine
          ? service.removeQuickComment(message, index, '')
          : service.addQuickComment(message, index, ''),
      );
    } catch (cause) {
      this.entry(id).login = 0;
      this.want(id);
      // The reaction was taken back on another device.
      if (!isMine || ConnectionError.from(cause).code !== NOT_FOUND) throw cause;
    } finally {
      this.underWay.delete(request);
    }
  }

  private changed(comment: V2NIMMessageQuickComment, isAdded: boolean): void {
    const { messageRefer, operatorId, index, createTime } = comment;
    const { messageClientId: id } = messageRefer;
    if (this.isRecalled(id)) return;
    const { values } = this.entry(id);
    if (values.apply(keyOf(operatorId, index), isAdded ? operatorId : null, createTime))
      this.show(id);
  }

  private forget(id: string): void {
    this.known.delete(id);
    runInAction(() => this.shown.delete(id));
  }

  private refresh(): void {
    this.login++;
    for (const id of this.watched.keys()) this.want(id);
  }

  private want(id: string): void {
    if (this.entry(id).login === this.login) return;
    this.waiting.add(id);
    this.timer ??= this.clock.setTimeout(() => {
      this.timer = null;
      void this.load();
    }, GATHER_MS);
  }

  /** Requests the reactions of the rows that are still on the screen. */
  private async load(): Promise<void> {
    const messages = [...this.waiting].flatMap((id) => this.watched.get(id)?.message ?? []);
    this.waiting.clear();
    if (this.connection.state.name !== 'online') return;
    const parts: V2NIMMessage[][] = [];
    for (let at = 0; at < messages.length; at += this.limit)
      parts.push(messages.slice(at, at + this.limit));
    await Promise.all(parts.map((part) => this.loadPart(part)));
  }

  private async loadPart(messages: readonly V2NIMMessage[]): Promise<void> {
    const { login } = this;
    const requested = messages.map(({ messageClientId: id }) => {
      const entry = this.entry(id);
      entry.login = login;
      return { id, version: entry.values.version };
    });
    try {
      const lists = await answered(this.clock, () =>
        this.connection.services.message.getQuickCommentList([...messages]),
      );
      runInAction(() => {
        for (const { id, version } of requested) this.take(id, lists[id] ?? [], version);
      });
    } catch (cause) {
      for (const { id } of requested) this.entry(id).login = 0;
      // The next row on the screen, or the next login, asks again; a refused number is asked for in halves.
      if ((cause as ConnectionError).code !== PARAMETER_ERROR || messages.length < 2) return;
      this.limit = Math.ceil(messages.length / 2);
      for (const { id } of requested) this.want(id);
    }
  }

  private take(id: string, list: readonly V2NIMMessageQuickComment[], requestedAt: number): void {
    if (this.isRecalled(id)) return;
    const { values } = this.entry(id);
    const before = values.version;
    values.replace(
      list.map(({ operatorId, index, createTime }) => ({
        key: keyOf(operatorId, index),
        value: operatorId,
        time: createTime,
      })),
      requestedAt,
    );
    if (values.version !== before) this.show(id);
  }

  /** Keeps the place of a reaction without accounts: its chip is hidden and not removed. */
  private show(id: string): void {
    const accounts = new Map<number, string[]>();
    for (const { index } of this.of(id)) accounts.set(index, []);
    for (const [key, account] of this.entry(id).values.present()) {
      const index = Number(key.slice(key.lastIndexOf('|') + 1));
      accounts.set(index, [...(accounts.get(index) ?? []), account]);
    }
    const reactions = [...accounts].map(([index, some]) => ({ index, accounts: some }));
    runInAction(() => this.shown.set(id, reactions));
  }

  private entry(id: string): Known {
    const known = this.known.get(id);
    if (known) return known;
    if (this.known.size >= KEPT) this.drop();
    const made = { values: new TimedValues<string>(), login: 0 };
    this.known.set(id, made);
    return made;
  }

  /** Drops the message that was reported first among those off the screen. */
  private drop(): void {
    for (const id of this.known.keys()) {
      if (this.watched.has(id)) continue;
      this.forget(id);
      return;
    }
  }
}

function keyOf(accountId: string, index: number): string {
  return `${accountId}|${index}`;
}
