import { makeObservable, observableRef } from 'mobx';
import type { V2NIMMessage } from '@/sdk/types';
import type { ChatEntry, MessageStatus } from './chat-entry';
import { type MessageKind, messageKind } from './message-kind';

/** One message on the screen. Each field is observed by itself: a read mark re-renders nothing else. */
export class MessageRow {
  readonly messageClientId: string;
  readonly conversationId: string;
  readonly senderId: string;
  readonly mine: boolean;
  readonly kind: MessageKind;
  text: string;
  /** Server time once acknowledged; milliseconds. */
  createTime: number;
  status: MessageStatus;
  /** Of a failed message, a row of the reasons table; 0 otherwise. */
  errorCode: number;
  /** The other side has read it. Only for messages of mine. */
  read = false;
  /** A notice stands in its place. */
  recalled = false;
  recalledBy: string | null = null;
  /** The recalled text, while it may still be edited and sent again. */
  reEditText: string | null = null;
  /** A line with the time stands above it. */
  showTime = false;
  /** The SDK's message, for attachments and further calls. */
  message: V2NIMMessage;

  constructor(entry: ChatEntry) {
    const { message } = entry;
    this.messageClientId = message.messageClientId;
    this.conversationId = message.conversationId;
    this.senderId = message.senderId;
    this.mine = message.isSelf;
    this.kind = messageKind(message.messageType);
    this.message = message;
    this.text = message.text ?? '';
    this.createTime = entry.createTime;
    this.status = entry.status;
    this.errorCode = entry.errorCode;
    makeObservable(this, {
      text: observableRef,
      createTime: observableRef,
      status: observableRef,
      errorCode: observableRef,
      read: observableRef,
      recalled: observableRef,
      recalledBy: observableRef,
      reEditText: observableRef,
      showTime: observableRef,
      message: observableRef,
    });
    this.update(entry);
  }

  /** Takes over what changed. Inside an action. */
  update(entry: ChatEntry): void {
    this.message = entry.message;
    this.text = entry.recall ? '' : (entry.message.text ?? '');
    this.createTime = entry.createTime;
    this.status = entry.status;
    this.errorCode = entry.errorCode;
    this.recalled = entry.recall !== null;
    this.recalledBy = entry.recall?.accountId ?? null;
  }
}
