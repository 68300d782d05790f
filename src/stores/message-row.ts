import { createAtom } from 'mobx';
import type { V2NIMMessage } from '@/sdk/types';
import type { ChatEntry, MessageStatus } from './chat-entry';
import { type MessageKind, messageKind } from './message-kind';

/** What of a message changes while it is on the screen. */
interface RowState {
  text: string;
  createTime: number;
  status: MessageStatus;
  errorCode: number;
  read: boolean;
  recalled: boolean;
  recalledBy: string | null;
  reEditText: string | null;
  showTime: boolean;
  message: V2NIMMessage;
}

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
  private readonly atom = createAtom('row');
  private state: RowState;

  constructor(entry: ChatEntry) {
    const { message } = entry;
    this.messageClientId = message.messageClientId;
    this.conversationId = message.conversationId;
    this.senderId = message.senderId;
    this.mine = message.isSelf;
    this.kind = messageKind(message.messageType);
    this.state = {
      ...stateOf(entry),
      read: false,
      reEditText: null,
      showTime: false,
    };
  }

  get text(): string {
    return this.now.text;
  }

  /** Server time once acknowledged; milliseconds. */
  get createTime(): number {
    return this.now.createTime;
  }

  get status(): MessageStatus {
    return this.now.status;
  }

  /** Of a failed message, a row of the reasons table; 0 otherwise. */
  get errorCode(): number {
    return this.now.errorCode;
  }

  /** The other side has read it. Only for messages of mine. */
  get read(): boolean {
    return this.now.read;
  }

  set read(read: boolean) {
    this.change({ read });
  }

  /** A notice stands in its place. */
  get recalled(): boolean {
    return this.now.recalled;
  }

  get recalledBy(): string | null {
    return this.now.recalledBy;
  }

  /** The recalled text, while it may still be edited and sent again. */
  get reEditText(): string | null {
    return this.now.reEditText;
  }

  set reEditText(reEditText: string | null) {
    this.change({ reEditText });
  }

  /** A line with the time stands above it. */
  get showTime(): boolean {
    return this.now.showTime;
  }

  set showTime(showTime: boolean) {
    this.change({ showTime });
  }

  /** The SDK's message, for attachments and further calls. */
  get message(): V2NIMMessage {
    return this.now.message;
  }

  /** Takes over what changed. Inside an action. */
  update(entry: ChatEntry): void {
    this.change(stateOf(entry));
  }

  private get now(): RowState {
    this.atom.reportObserved();
    return this.state;
  }

  private change(patch: Partial<RowState>): void {
    const { state } = this;
    const keys = Object.keys(patch) as (keyof RowState)[];
    if (keys.every((key) => state[key] === patch[key])) return;
    this.state = { ...state, ...patch };
    this.atom.reportChanged();
  }
}

function stateOf({ message, createTime, status, errorCode, recall }: ChatEntry) {
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
