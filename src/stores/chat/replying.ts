import { action, makeObservable, observableRef } from 'mobx';
import type { V2NIMMessage } from '@/sdk/types';
import { addressOf } from '../conversations/conversation-id';
import { extensionIn } from '../messages/kinds/fields';
import { kitReplyOf, type Quote } from '../messages/kinds/quote';
import { fitsExtension } from './extension-limit';
import type { Original } from './quotes';

type ThreadFields = Pick<V2NIMMessage, 'threadReply' | 'threadRoot' | 'serverExtension'>;

/**
 * The message that the next own message of a chat answers. The next message of any kind takes it: the first of several
 * pictures, and the others are sent without.
 */
export class Replying {
  to: Quote | null = null;

  constructor(
    private readonly conversationId: string,
    private readonly originalOf: (quote: Quote) => Original,
  ) {
    makeObservable(this, { to: observableRef, start: action, cancel: action });
  }

  start({ messageClientId, messageServerId, createTime, senderId, receiverId }: Quote): void {
    this.to = { messageClientId, messageServerId, createTime, senderId, receiverId };
  }

  cancel(): void {
    this.to = null;
  }

  /**
   * The fields that make a message the reply, once. No field without an original, or when the original was recalled
   * or deleted meanwhile. Yunxin's older kits read the extension, newer kits the thread.
   */
  readonly take = ({ serverExtension }: V2NIMMessage): ThreadFields => {
    const { to, conversationId } = this;
    if (!to) return {};
    this.cancel();
    const original = this.originalOf(to);
    if (original === 'gone') return {};
    const threadReply = { ...to, conversationId, conversationType: addressOf(conversationId).type };
    const threadRoot = (typeof original === 'object' && original.threadRoot) || threadReply;
    const extension = JSON.stringify({
      ...extensionIn(serverExtension),
      yxReplyMsg: kitReplyOf(threadReply),
    });
    // Without the extension the message is still a reply for the SDK.
    const extra = fitsExtension(extension) ? { serverExtension: extension } : {};
    return { threadReply, threadRoot, ...extra };
  };
}
