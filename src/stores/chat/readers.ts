import { makeObservable, observableRef, runInAction } from 'mobx';
import { answered, ConnectionError, type ImConnection } from '@/connection';
import type { Clock } from '@/platform';
import { ConversationType } from '@/sdk/constants';
import type { V2NIMMessage } from '@/sdk/types';
import { addressOf } from '../conversations/conversation-id';

/** An own message in a team, as the page of its readers names it. */
export interface OwnTeamMessage {
  conversationId: string;
  messageClientId: string;
  messageServerId: string;
}

/** The members who have read an own message in a team, and those who have not, kept current by the SDK's events. */
export class Readers {
  /** The newest reader that this page saw is the first. */
  read: readonly string[] = [];
  unread: readonly string[] = [];
  isReady = false;
  error: ConnectionError | null = null;
  /** The message was recalled. */
  isGone = false;
  /** Accounts whose reading an event told: an answer on its way may be older. */
  private readonly heard = new Set<string>();
  private readonly stops: (() => void)[];
  private isLoading = false;
  private mustReload = false;
  private disposed = false;

  constructor(
    private readonly connection: ImConnection,
    private readonly clock: Clock,
    private readonly message: OwnTeamMessage,
  ) {
    makeObservable(this, {
      read: observableRef,
      unread: observableRef,
      isReady: observableRef,
      error: observableRef,
      isGone: observableRef,
    });
    const { messageClientId } = message;
    this.stops = [
      connection.listen('message', 'onReceiveTeamMessageReadReceipts', (all) => {
        for (const receipt of all)
          if (receipt.messageClientId === messageClientId) this.heardOf(receipt);
      }),
      connection.listen('message', 'onMessageRevokeNotifications', (all) => {
        if (all.some(({ messageRefer }) => messageRefer.messageClientId === messageClientId))
          runInAction(() => (this.isGone = true));
      }),
      connection.on('state', ({ to }) => {
        if (to.name === 'online') void this.load();
      }),
    ];
  }

  /** Requests both lists; a failure keeps the lists that are shown. */
  async load(): Promise<void> {
    if (this.isLoading) {
      this.mustReload = true;
      return;
    }
    this.isLoading = true;
    this.mustReload = false;
    try {
      const answer = await answered(this.clock, () =>
        this.connection.services.message.getTeamMessageReceiptDetail(this.refer()),
      );
      this.take(accountsIn(answer.readAccountList), accountsIn(answer.unreadAccountList));
    } catch (cause) {
      runInAction(() => (this.error = ConnectionError.from(cause)));
    }
    this.isLoading = false;
    if (this.mustReload && !this.disposed) await this.load();
  }

  dispose(): void {
    this.disposed = true;
    for (const stop of this.stops) stop();
  }

  private take(read: readonly string[], unread: readonly string[]): void {
    runInAction(() => {
      const late = unread.filter((account) => this.heard.has(account));
      this.read = [...late, ...read];
      this.unread = unread.filter((account) => !this.heard.has(account));
      this.isReady = true;
      this.error = null;
    });
  }

  private heardOf(receipt: {
    readonly readCount: number;
    readonly unreadCount: number;
    readonly latestReadAccount?: string;
  }): void {
    const { latestReadAccount: account } = receipt;
    if (account) this.heard.add(account);
    if (this.isReady) this.take(this.read, this.unread);
    // An event is missing, or a member has left.
    const isComplete =
      receipt.readCount <= this.read.length &&
      receipt.readCount + receipt.unreadCount >= this.read.length + this.unread.length;
    if (!this.isReady || !isComplete) void this.load();
  }

  /** The SDK reads the team, the sender and the id on the server. */
  private refer(): V2NIMMessage {
    return {
      ...this.message,
      conversationType: ConversationType.TEAM,
      receiverId: addressOf(this.message.conversationId).targetId,
      senderId: this.connection.accountId,
    } as unknown as V2NIMMessage;
  }
}

/** The SDK passes the server's answer on unchecked. */
function accountsIn(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string' && one !== '') : [];
}
