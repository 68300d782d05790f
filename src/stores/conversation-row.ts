import { computed, makeObservable, observableRef } from 'mobx';
import { ConversationType } from '@/sdk/constants';
import { addressOf } from './conversation-id';
import { EMPTY_PREVIEW, type Preview, samePreview } from './preview';
import type { UserEntry } from './users';

/** What of a conversation outlives the app, for the first screen of the next start. No token, no ids of messages. */
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

/** A message that the list can name as the last one. */
export interface LastMessage {
  messageClientId: string;
  /** Milliseconds: server time, or the time of this device while it is not acknowledged. */
  time: number;
  preview: Preview;
}

/** One line of the conversation list. Each field is observed by itself. */
export class ConversationRow {
  readonly type: number;
  readonly targetId: string;
  preview: Preview = EMPTY_PREVIEW;
  /** Of the last message; milliseconds. */
  time = 0;
  unread = 0;
  stickTop = false;
  muted = false;
  storedName = '';
  storedAvatar = '';
  /** The message the preview is about. Not shown. */
  lastMessageClientId = '';
  /** The newest message that the server has; the row may show an unsent one after it. Not shown. */
  newest: LastMessage | null = null;
  /** Server time of the newest message that was ever named here. Not shown. */
  knownUntil = 0;
  /** Unread messages, also while the chat is on the screen. Not shown. */
  counted = 0;

  constructor(
    readonly conversationId: string,
    /** The other side of a p2p conversation, whose name and avatar may change. */
    readonly peer: UserEntry | null,
  ) {
    const { type, targetId } = addressOf(conversationId);
    this.type = type;
    this.targetId = targetId;
    makeObservable(this, {
      preview: observableRef,
      time: observableRef,
      unread: observableRef,
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

  /** Inside an action, and inside an update of the sorted list. */
  showLast({ messageClientId, time, preview }: LastMessage): void {
    if (!samePreview(preview, this.preview)) this.preview = preview;
    this.lastMessageClientId = messageClientId;
    this.time = time;
  }

  /** The message is gone: shows the newest one that is known besides. As `showLast`. */
  showBefore(messageClientId: string): void {
    if (this.newest?.messageClientId === messageClientId) this.newest = null;
    if (this.newest) this.showLast(this.newest);
    else this.showNothing();
  }

  /** Its last message is gone, and which one was before it is not known. Inside an action. */
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

/** Sticky conversations first, then the latest first. */
export function compareRows(a: ConversationRow, b: ConversationRow): number {
  if (a.stickTop !== b.stickTop) return a.stickTop ? -1 : 1;
  if (a.time !== b.time) return b.time - a.time;
  return a.conversationId < b.conversationId ? -1 : a.conversationId > b.conversationId ? 1 : 0;
}
