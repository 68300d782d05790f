import { createAtom, type IAtom } from 'mobx';
import type { V2NIMMessage } from '@/sdk/types';
import type { ChatEntry, MessageStatus } from './chat-entry';
import { type MessageKind, messageKind } from './message-kind';

/** What follows from the entry and changes while it is on the screen. */
type Shown = ReturnType<typeof shownOf>;

/**
 * One message on the screen, observed as a whole: rows are made by the hundred, and an observable for each
 * field would be most of what they cost. What crosses to the view is decided by the diff of the row.
 */
export class MessageRow {
  readonly messageClientId: string;
  readonly conversationId: string;
  readonly senderId: string;
  readonly mine: boolean;
  readonly kind: MessageKind;
  private shown: Shown;
  private isRead = false;
  private reEdit: string | null = null;
  private hasTimeLine = false;
  /** Made by the first reader: most rows of a window are never near the eye. */
  private atom: IAtom | undefined;

  constructor(entry: ChatEntry) {
    const { message } = entry;
    this.messageClientId = message.messageClientId;
    this.conversationId = message.conversationId;
    this.senderId = message.senderId;
    this.mine = message.isSelf;
    this.kind = messageKind(message.messageType);
    this.shown = shownOf(entry);
  }

  get text(): string {
    return this.observed.shown.text;
  }

  /** Server time once acknowledged; milliseconds. */
  get createTime(): number {
    return this.observed.shown.createTime;
  }

  get status(): MessageStatus {
    return this.observed.shown.status;
  }

  /** Of a failed message, a row of the reasons table; 0 otherwise. */
  get errorCode(): number {
    return this.observed.shown.errorCode;
  }

  /** The other side has read it. Only for messages of mine. */
  get read(): boolean {
    return this.observed.isRead;
  }

  set read(read: boolean) {
    if (this.isRead === read) return;
    this.isRead = read;
    this.atom?.reportChanged();
  }

  /** A notice stands in its place. */
  get recalled(): boolean {
    return this.observed.shown.recalled;
  }

  get recalledBy(): string | null {
    return this.observed.shown.recalledBy;
  }

  /** The recalled text, while it may still be edited and sent again. */
  get reEditText(): string | null {
    return this.observed.reEdit;
  }

  set reEditText(reEditText: string | null) {
    if (this.reEdit === reEditText) return;
    this.reEdit = reEditText;
    this.atom?.reportChanged();
  }

  /** A line with the time stands above it. */
  get showTime(): boolean {
    return this.observed.hasTimeLine;
  }

  set showTime(showTime: boolean) {
    if (this.hasTimeLine === showTime) return;
    this.hasTimeLine = showTime;
    this.atom?.reportChanged();
  }

  /** The SDK's message, for attachments and further calls. */
  get message(): V2NIMMessage {
    return this.observed.shown.message;
  }

  /** Takes over what changed. Inside an action. */
  update(entry: ChatEntry): void {
    const shown = shownOf(entry);
    const keys = Object.keys(shown) as (keyof Shown)[];
    if (keys.every((key) => this.shown[key] === shown[key])) return;
    this.shown = shown;
    this.atom?.reportChanged();
  }

  private get observed(): this {
    this.atom ??= createAtom('row');
    this.atom.reportObserved();
    return this;
  }
}

function shownOf({ message, createTime, status, errorCode, recall }: ChatEntry) {
  return {
    message,
    text: recall ? '' : (message.text ?? ''),
    createTime,
    status,
    errorCode,
    recalled: recall !== null,
    recalledBy: recall?.accountId ?? null,
  };
}
