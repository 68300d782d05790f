import { createAtom, type IAtom } from 'mobx';
import { answered, type ImConnection } from '@/connection';
import type { Clock, TimerHandle } from '@/platform';
import { ConversationType } from '@/sdk/constants';
import type { V2NIMCustomNotification } from '@/sdk/types';
import { addressOf, p2pConversationId } from '../conversations/conversation-id';
import type { AccountStores } from '../session/account';

/** Shortest time between two notices to the same account. */
const EACH_MS = 3000;
/** A writer that changes nothing for this long has stopped. */
const PAUSE_MS = 3000;
/** How long a notice is shown; the next one comes before that while the other side writes. */
const SHOWN_MS = 5000;
/** Longest content that is read. Products send notifications of their own, of any length. */
const LONGEST = 200;

/** Online only: no offline copy, no unread count, no push and no copy to an app server. */
const ONLINE_ONLY = {
  notificationConfig: { offlineEnabled: false, unreadEnabled: false },
  pushConfig: { pushEnabled: false, forcePushAccountIds: [] },
  routeConfig: { routeEnabled: false },
};

interface Writing {
  /** Time of the last notice, milliseconds. */
  sentAt: number;
  /** The other side was told that the account writes, and not yet that it stopped. */
  isTold: boolean;
  pause: TimerHandle | null;
}

interface Shown {
  readonly atom: IAtom;
  /** Number of pages on the screen that show the conversation. */
  pages: number;
  end: TimerHandle | null;
}

/**
 * "Is typing" in chats between two, in the format of Yunxin's kits for Android and iOS: a custom notification with
 * `{"typing":1}` while somebody writes, and `{"typing":0}` at the end. A notice that is lost is not repeated.
 */
export class Typing {
  private readonly writing = new Map<string, Writing>();
  private readonly shown = new Map<string, Shown>();

  constructor(
    private readonly connection: ImConnection,
    private readonly clock: Clock,
    /** Whether the user sends and sees the notices; observed. */
    private readonly isOn: () => boolean,
  ) {
    connection.listen('notification', 'onReceiveCustomNotifications', (all) => {
      for (const one of all) this.receive(one);
    });
    connection.listen('message', 'onReceiveMessages', (all) => {
      for (const { isSelf, conversationId } of all) if (!isSelf) this.endOf(conversationId);
    });
  }

  /** Whether the other side is writing. Observed for each conversation alone. */
  isTyping(conversationId: string): boolean {
    const shown = this.shownOf(conversationId);
    shown.atom.reportObserved();
    return this.isOn() && shown.end !== null;
  }

  /** A page of the conversation is on the screen. Notices for other conversations are dropped. */
  watch(conversationId: string): () => void {
    const shown = this.shownOf(conversationId);
    shown.pages++;
    return () => {
      if (--shown.pages === 0) this.endOf(conversationId);
    };
  }

  /** The written text has changed. */
  written(conversationId: string): void {
    if (!this.isOn() || !this.isOfTwo(conversationId)) return;
    let writing = this.writing.get(conversationId);
    if (!writing)
      this.writing.set(
        conversationId,
        (writing = { sentAt: Number.NEGATIVE_INFINITY, isTold: false, pause: null }),
      );
    this.clock.clearTimeout(writing.pause);
    writing.pause = this.clock.setTimeout(() => this.stopped(conversationId), PAUSE_MS);
    const now = this.clock.now();
    // The clock of a phone can be set back.
    if (now >= writing.sentAt && now - writing.sentAt < EACH_MS) return;
    writing.sentAt = now;
    writing.isTold = true;
    this.tell(conversationId, 1);
  }

  /** The text was sent, deleted, or left. */
  stopped(conversationId: string): void {
    const writing = this.writing.get(conversationId);
    if (!writing) return;
    this.clock.clearTimeout(writing.pause);
    writing.pause = null;
    if (!writing.isTold) return;
    writing.isTold = false;
    this.tell(conversationId, 0);
  }

  private isOfTwo(conversationId: string): boolean {
    const { type, targetId } = addressOf(conversationId);
    return type === ConversationType.P2P && targetId !== this.connection.accountId;
  }

  private tell(conversationId: string, typing: 0 | 1): void {
    const { connection, clock } = this;
    if (connection.state.name !== 'online') return;
    const content = JSON.stringify({ typing });
    answered(clock, () =>
      connection.services.notification.sendCustomNotification(conversationId, content, ONLINE_ONLY),
    ).catch(() => undefined);
  }

  private receive(notification: V2NIMCustomNotification): void {
    const { conversationType, receiverId, senderId, content } = notification;
    const { accountId } = this.connection;
    if (conversationType !== ConversationType.P2P || receiverId !== accountId) return;
    const typing = typingIn(content);
    if (typing === null) return;
    const conversationId = p2pConversationId(accountId, senderId);
    const shown = this.shown.get(conversationId);
    if (!shown || shown.pages === 0) return;
    if (!typing) {
      this.endOf(conversationId);
      return;
    }
    const isNew = shown.end === null;
    this.clock.clearTimeout(shown.end);
    shown.end = this.clock.setTimeout(() => this.endOf(conversationId), SHOWN_MS);
    if (isNew) shown.atom.reportChanged();
  }

  private endOf(conversationId: string): void {
    const shown = this.shown.get(conversationId);
    if (!shown?.end) return;
    this.clock.clearTimeout(shown.end);
    shown.end = null;
    shown.atom.reportChanged();
  }

  private shownOf(conversationId: string): Shown {
    let shown = this.shown.get(conversationId);
    if (!shown)
      this.shown.set(conversationId, (shown = { atom: createAtom('typing'), pages: 0, end: null }));
    return shown;
  }
}

/** Null for a notification of another kind. */
function typingIn(content: unknown): boolean | null {
  if (typeof content !== 'string' || content.length > LONGEST) return null;
  try {
    const value: unknown = JSON.parse(content);
    const { typing } = (value ?? {}) as { typing?: unknown };
    return typing === 1 || typing === 0 ? typing === 1 : null;
  } catch {
    return null;
  }
}

const all = new WeakMap<AccountStores, Typing>();

/** The notices of an account, made when its first chat opens. They end with the connection of the account. */
export function typingOf(
  account: AccountStores,
  clock: Clock,
  settings: { readonly typing: boolean },
): Typing {
  const known = all.get(account);
  if (known) return known;
  const made = new Typing(account.connection, clock, () => settings.typing);
  all.set(account, made);
  return made;
}
