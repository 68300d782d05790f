import { computed, makeObservable, observableRef } from 'mobx';
import { ConversationType } from '@/sdk/constants';
import { addressOf } from './conversation-id';
import { EMPTY_PREVIEW, type Preview, samePreview } from './preview';
import type { UserEntry } from '../people/users';

/** The part of a conversation that is stored for the first screen of the next start. No token, no message ids. */
export interface ConversationRecord {
  conversationId: string;
  name: string;
  avatar: string;
  preview: Preview;
  time: number;
  unread: number;
  stickTop: boolean;
  muted: boolean;
}

/** A field that the user sets. */
export type RowFlag = 'stickTop' | 'muted';

/** A message that the list can show as the last message. */
export interface LastMessage {
  messageClientId: string;
  /** Milliseconds: server time, or the time of this device until the message is acknowledged. */
  time: number;
  preview: Preview;
}

/** One line of the conversation list. Each field is observed on its own. */
export class ConversationRow {
  readonly type: number;
  readonly targetId: string;
  preview: Preview = EMPTY_PREVIEW;
  /** Time of the last message; milliseconds. */
  time = 0;
  unread = 0;
  /** An unread message mentions the account or all members. */
  hasMention = false;
  stickTop = false;
  muted = false;
  storedName = '';
  storedAvatar = '';
  /** The message that the preview shows. Not shown itself. */
  lastMessageClientId = '';
  /** The newest message that the server has; the row may show a later unsent message. Not shown. */
  newest: LastMessage | null = null;
  /** Server time of the newest message that this row ever had. Not shown. */
  knownUntil = 0;
  /** Number of unread messages, also counted while the chat is on the screen. Not shown. */
  counted = 0;

  constructor(
    readonly conversationId: string,
    /** The other account of a p2p conversation; its name and avatar may change. Null for a team. */
    readonly peer: UserEntry | null,
  ) {
    const { type, targetId } = addressOf(conversationId);
    this.type = type;
    this.targetId = targetId;
    makeObservable(this, {
      preview: observableRef,
      time: observableRef,
      unread: observableRef,
      hasMention: observableRef,
      stickTop: observableRef,
      muted: observableRef,
      storedName: observableRef,
      storedAvatar: observableRef,
      name: computed,
      avatar: computed,
    });
  }

  get isP2p(): boolean {
    return this.type === ConversationType.P2P;
  }

  get name(): string {
    if (this.peer && (this.peer.known || this.peer.alias)) return this.peer.name;
    return this.storedName || this.targetId;
  }

  get avatar(): string {
    return this.peer?.known ? this.peer.avatar : this.storedAvatar;
  }

  /** Call it inside an action and inside `SortedRows.update`. */
  showLast({ messageClientId, time, preview }: LastMessage): void {
    if (!samePreview(preview, this.preview)) this.preview = preview;
    this.lastMessageClientId = messageClientId;
    this.time = time;
  }

  /** Shows the newest known message after this message was removed. Call it as `showLast`. */
  showBefore(messageClientId: string): void {
    if (this.newest?.messageClientId === messageClientId) this.newest = null;
    if (this.newest) this.showLast(this.newest);
    else this.showNothing();
  }

  /**
   * Empties the preview when the last message is removed and the message before it is unknown. Call it inside an
   * action.
   */
  showNothing(): void {
    this.preview = EMPTY_PREVIEW;
    this.lastMessageClientId = '';
  }

  toRecord(): ConversationRecord {
    const { conversationId, name, avatar, preview, time, unread, stickTop, muted } = this;
    return { conversationId, name, avatar, preview, time, unread, stickTop, muted };
  }

  restore(record: ConversationRecord): void {
    this.storedName = record.name;
    this.storedAvatar = record.avatar;
    this.preview = record.preview;
    this.time = record.time;
    this.unread = record.unread;
    this.counted = record.unread;
    this.knownUntil = record.preview.status === 'sent' ? record.time : 0;
    this.stickTop = record.stickTop;
    this.muted = record.muted;
  }
}

/** Sticky conversations first, then by time, latest first. */
export function compareRows(a: ConversationRow, b: ConversationRow): number {
  if (a.stickTop !== b.stickTop) return a.stickTop ? -1 : 1;
  if (a.time !== b.time) return b.time - a.time;
  return a.conversationId < b.conversationId ? -1 : a.conversationId > b.conversationId ? 1 : 0;
}
