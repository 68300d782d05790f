import { createAtom, type IAtom } from 'mobx';
import { MessageType } from '@/sdk/constants';
import type { V2NIMMessage } from '@/sdk/types';
import type { EngineMessage, Entry, MessageStatus } from './entry';
import type { MessageKind } from './kinds';
import { textIn } from './kinds/fields';

/** The values that follow from the entry and change while the row is on the screen. */
type Shown<M extends EngineMessage> = ReturnType<typeof shownOf<M>>;

/**
 * One message on the screen, observed as a whole: rows are made by the hundred, and an observable for each
 * field would be most of their cost. The diff of the rendered row decides which values are sent to the view.
 */
export class MessageRow<M extends EngineMessage = V2NIMMessage> {
  readonly messageClientId: string;
  readonly conversationId: string;
  readonly senderId: string;
  /** I wrote it; a notification has no author. */
  readonly mine: boolean;
  readonly kind: MessageKind;
  private shown: Shown<M>;
  private isRead = false;
  private reEdit: string | null = null;
  private hasTimeLine = false;
  private passing = '';
  /** Created by the first reader: most rows of a window are never rendered. */
  private atom: IAtom | undefined;

  constructor(entry: Entry<M>) {
    const { message } = entry;
    this.kind = entry.kind;
    this.messageClientId = message.messageClientId;
    this.conversationId = message.conversationId ?? '';
    this.senderId = message.senderId;
    this.mine = message.isSelf && message.messageType !== (MessageType.NOTIFICATION as number);
    this.shown = shownOf(entry);
  }

  get text(): string {
    return this.observed.shown.text;
  }

  /** The content that the kind has read from the message; null after a recall. See `contentOf`. */
  get content(): unknown {
    return this.observed.shown.content;
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

  /** Percentage of an upload, 0 to 100. */
  get progress(): number {
    return this.observed.shown.progress;
  }

  /** The other side has read it. Only for messages of mine. */
  get read(): boolean {
    return this.observed.isRead;
  }

  set read(read: boolean) {
    if (this.isRead === read) return;
    this.isRead = read;
    this.reportChanged();
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
    this.reportChanged();
  }

  /** A line with the time stands above it. */
  get showTime(): boolean {
    return this.observed.hasTimeLine;
  }

  set showTime(showTime: boolean) {
    if (this.hasTimeLine === showTime) return;
    this.hasTimeLine = showTime;
    this.reportChanged();
  }

  /** The class of a passing effect: a jump has led to it, or it was swiped. */
  get effect(): string {
    return this.observed.passing;
  }

  set effect(effect: string) {
    if (this.passing === effect) return;
    this.passing = effect;
    this.reportChanged();
  }

  /** The text was changed after it was sent. */
  get edited(): boolean {
    const { modifyTime } = this.message as { readonly modifyTime?: number };
    return this.kind === 'text' && (modifyTime ?? 0) > 0;
  }

  /** The SDK's message, for attachments and further calls. */
  get message(): M {
    return this.observed.shown.message;
  }

  /** Takes over what changed in the entry. Runs inside an action. */
  update(entry: Entry<M>): void {
    const shown = shownOf(entry);
    const keys = Object.keys(shown) as (keyof Shown<M>)[];
    if (keys.every((key) => this.shown[key] === shown[key])) return;
    this.shown = shown;
    this.reportChanged();
  }

  /** This row; the reader is rendered again when the row changes. */
  protected get observed(): this {
    this.atom ??= createAtom('row');
    this.atom.reportObserved();
    return this;
  }

  protected reportChanged(): void {
    this.atom?.reportChanged();
  }
}

function shownOf<M extends EngineMessage>(entry: Entry<M>) {
  const { message, content, createTime, status, errorCode, progress, recall } = entry;
  return {
    message,
    content: recall ? null : content,
    text: recall ? '' : textIn(message.text),
    createTime,
    status,
    errorCode,
    progress,
    recalled: recall !== null,
    recalledBy: recall?.accountId ?? null,
  };
}
