import { autorun, runInAction } from 'mobx';
import { answered, type ImConnection } from '@/connection';
import type { Platform } from '@/platform';
import { ConversationType } from '@/sdk/constants';
import { AccountRecords } from '../messages/account-records';
import { addressOf, p2pConversationId, teamConversationId } from './conversation-id';
import type { ConversationRow, RowFlag } from './conversation-row';
import type { ConversationStore } from './conversations';
import { TimedMutes } from './timed-mutes';

export const MARKS_PREFIX = 'yunxin.unread-marks.';

/** What the user does with the conversations of the list: pin, mute, mark as read or unread. */
export class ConversationActs {
  private readonly mutes: TimedMutes;
  private readonly marks: AccountRecords<{ conversationId: string }>;
  /** The last act of each conversation: the acts of a conversation run one after the other. */
  private readonly last = new Map<string, Promise<void>>();
  private readonly stops: (() => void)[];

  constructor(
    private readonly connection: ImConnection,
    private readonly conversations: ConversationStore,
    private readonly platform: Platform,
    /** Whether the user stays signed in on this device. */
    readonly isKept: () => boolean,
  ) {
    const { storage, clock, lifecycle } = platform;
    const { accountId } = connection;
    this.marks = new AccountRecords(storage, MARKS_PREFIX, accountId, isMark);
    if (isKept())
      runInAction(() => {
        for (const { conversationId } of this.marks.loadRecords())
          conversations.marked.add(conversationId);
      });
    this.mutes = new TimedMutes({
      storage,
      clock,
      lifecycle,
      accountId,
      isOnline: () => connection.state.name === 'online',
      lift: (conversationId) => this.setMuted(conversationId, false),
    });
    // Another client ended the mute, so its end is nothing to wait for.
    connection.listen('setting', 'onP2PMessageMuteModeChanged', (targetId, mode) => {
      if (!mode) this.mutes.drop(p2pConversationId(accountId, targetId));
    });
    connection.listen('setting', 'onTeamMessageMuteModeChanged', (teamId, teamType, mode) => {
      if (!mode) this.mutes.drop(teamConversationId(accountId, { teamId, teamType }));
    });
    this.stops = [
      autorun(() => this.saveMarks()),
      connection.on('state', ({ to }) => {
        if (to.name === 'online') this.mutes.resume();
      }),
    ];
  }

  /**
   * Pins a conversation to the top of the list, or ends this. The row moves at once, and back when it is refused.
   * @throws ConnectionError
   */
  async setStickTop(conversationId: string, stickTop: boolean): Promise<void> {
    const { conversation } = this.connection.services;
    await this.setFlag(conversationId, 'stickTop', stickTop, () =>
      conversation.stickTopConversation(conversationId, stickTop),
    );
  }

  /**
   * Mutes a conversation for all clients of the account, or ends this. The row changes at once, and back when it is
   * refused.
   * @param until milliseconds since 1970: the end, which this device keeps; 0 for no end
   * @throws ConnectionError
   */
  setMuted(conversationId: string, muted: boolean, until = 0): Promise<void> {
    return this.setMuteMode(conversationId, Number(muted), until);
  }

  /**
   * The same with the mode: 0 no mute, 1 a mute, and in teams 2, which mutes the messages of normal members
   * (V2NIMTeamMessageMuteMode).
   * @throws ConnectionError
   */
  async setMuteMode(conversationId: string, mode: number, until = 0): Promise<void> {
    const { setting } = this.connection.services;
    const { type, targetId } = addressOf(conversationId);
    await this.setFlag(conversationId, 'muted', mode !== 0, () =>
      type === ConversationType.P2P
        ? setting.setP2PMessageMuteMode(targetId, mode)
        : setting.setTeamMessageMuteMode(targetId, type - 1, mode),
    );
    if (until > 0) this.mutes.keep(conversationId, until);
    else this.mutes.drop(conversationId);
  }

  /** The end of a mute in milliseconds; 0 for a mute without an end. */
  muteEndOf(conversationId: string): number {
    return this.mutes.endOf(conversationId);
  }

  /**
   * Marks a conversation as unread on this device: the server knows no such mark. The mark goes when the chat is
   * opened or marked as read here.
   */
  markUnread(conversationId: string): void {
    runInAction(() => this.conversations.marked.add(conversationId));
  }

  /** Marks every conversation as read, muted ones too. */
  markAllRead(): void {
    const { rows } = this.conversations;
    for (const row of rows.filter((one) => this.isUnread(one)))
      this.conversations.markRead(row.conversationId);
  }

  /** Whether a row has unread messages or a mark. */
  isUnread({ unread, conversationId }: ConversationRow): boolean {
    return unread > 0 || this.conversations.marked.has(conversationId);
  }

  dispose({ forget }: { forget: boolean }): void {
    for (const stop of this.stops) stop();
    this.mutes.dispose({ forget });
    if (forget) this.marks.clear();
  }

  /** Shows the new value at once, and the old value again when the server refused the new one. */
  private async setFlag(
    conversationId: string,
    flag: RowFlag,
    value: boolean,
    call: () => Promise<void>,
  ): Promise<void> {
    const release = this.conversations.holdFlag(conversationId, flag);
    const before = this.conversations.setFlag(conversationId, flag, value);
    const earlier = this.last.get(conversationId);
    const act = (async () => {
      await earlier?.catch(() => undefined);
      await answered(this.platform.clock, call);
    })();
    this.last.set(conversationId, act);
    try {
      await act;
    } catch (cause) {
      const isNewest = this.last.get(conversationId) === act;
      if (before !== undefined && isNewest)
        this.conversations.setFlag(conversationId, flag, before);
      throw cause;
    } finally {
      release();
      if (this.last.get(conversationId) === act) this.last.delete(conversationId);
    }
  }

  private saveMarks(): void {
    const marks = Array.from(this.conversations.marked, (conversationId) => ({ conversationId }));
    if (!this.isKept() || marks.length === 0) this.marks.clear();
    else this.marks.saveRecords(marks);
  }
}

function isMark(value: unknown): value is { conversationId: string } {
  return typeof (value as { conversationId?: unknown } | null)?.conversationId === 'string';
}
