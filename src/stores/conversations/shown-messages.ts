import { runInAction } from 'mobx';
import type { V2NIMLastMessage, V2NIMMessage, V2NIMMessageRefer } from '@/sdk/types';
import type { RemovedMessages } from '../messages/removed-messages';
import type { ConversationRow } from './conversation-row';
import { EMPTY_PREVIEW, lastMessageOf, previewOf, recalledPreview } from './preview';

/** A message by its id, with more of its reference where it is known. */
export type MessageName = Pick<V2NIMMessageRefer, 'messageClientId'> & Partial<V2NIMMessageRefer>;

/**
 * Decides which message a row of the list shows as its last. The SDK may name an older message than the newest,
 * a removed message, or its own unsent message. All methods that change a row run inside an action.
 */
export class ShownMessages {
  /** The newest message received in each conversation. */
  private readonly received = new Map<string, V2NIMMessage>();
  /** Ids of own messages that the server has and the SDK treats as unsent. */
  private readonly acknowledged = new Set<string>();

  constructor(private readonly removed: RemovedMessages<V2NIMMessage>) {}

  recordReceived(message: V2NIMMessage, row: ConversationRow | undefined): void {
    const { conversationId, createTime, messageConfig } = message;
    if (row) raiseKnownUntil(row, createTime);
    if (messageConfig?.lastMessageUpdateEnabled === false) return;
    const known = this.received.get(conversationId);
    if (!known || createTime >= known.createTime) this.received.set(conversationId, message);
  }

  recordAcknowledged(messageClientId: string): void {
    this.acknowledged.add(messageClientId);
  }

  /**
   * Offers the newest received message. The SDK compares with its own unsent messages, which carry the clock of
   * this device: it names such a message instead of a newer received message, even after the acknowledgement.
   */
  offerReceived(row: ConversationRow): void {
    const received = this.received.get(row.conversationId);
    if (received) this.offerLast(row, lastMessageOf(received));
  }

  /** Offers the message that the SDK or the server names as the last of the conversation. */
  offerLast(row: ConversationRow, lastMessage: V2NIMLastMessage): void {
    const { messageRefer } = lastMessage;
    const { messageClientId, createTime, senderId } = messageRefer;
    const recall = this.removed.recallOf(messageClientId);
    const preview = recall
      ? recalledPreview(senderId, recall.accountId)
      : previewOf(this.newestState(row.conversationId, lastMessage));
    const last = { messageClientId, time: createTime, preview };
    // An unsent message carries the clock of this device, so its time says nothing about the order.
    const isUnsent = preview.status !== 'sent';
    const known = isUnsent ? { messageClientId, createTime: Infinity } : messageRefer;
    // Messages deleted by a sync stay in the SDK's memory, and the SDK may name such a message as the last.
    if (this.removed.isRemoved(known, row.conversationId)) {
      // The message was unsent here when the history was cleared, and the server accepted it before that.
      if (row.lastMessageClientId === messageClientId) row.showBefore(messageClientId);
      return;
    }
    if (isUnsent) {
      if (!this.acknowledged.has(messageClientId)) row.showLast(last);
      return;
    }
    raiseKnownUntil(row, createTime);
    const { newest } = row;
    const isOlder =
      newest && newest.messageClientId !== messageClientId && createTime < newest.time;
    if (!isOlder) row.newest = last;
    // When the first attempt of a resent message had arrived, the message keeps that time, before later ones.
    if (!isOlder || row.lastMessageClientId === messageClientId) row.showLast(row.newest ?? last);
  }

  /** Shows the recall notice in place of the message; the SDK would show the message before it. */
  applyRecall(row: ConversationRow, message: V2NIMMessageRefer, recalledBy: string): void {
    const { newest } = row;
    const preview = recalledPreview(message.senderId, recalledBy);
    if (newest?.messageClientId === message.messageClientId) row.newest = { ...newest, preview };
    if (isLast(row, message)) row.preview = preview;
  }

  /** Shows the new text of a message: the SDK names it in the list of the sending client only. */
  applyEdit(message: V2NIMMessage, row: ConversationRow | undefined): void {
    if (!row || this.removed.recallOf(message.messageClientId)) return;
    const preview = previewOf(lastMessageOf(this.removed.newestOf(message)));
    const { newest } = row;
    if (newest?.messageClientId === message.messageClientId) row.newest = { ...newest, preview };
    if (isLast(row, message)) runInAction(() => (row.preview = preview));
  }

  /** Removes a deleted message. The SDK's next state names an older message, which must then be accepted. */
  dropMessage(row: ConversationRow, message: MessageName): void {
    if (isLast(row, message)) row.showBefore(message.messageClientId);
    else if (row.newest?.messageClientId === message.messageClientId) row.newest = null;
  }

  /** The history up to this server time was cleared. */
  applyClearing(row: ConversationRow, deleteTime: number): void {
    if (row.newest && row.newest.time <= deleteTime) row.newest = null;
    if (row.time <= deleteTime && row.preview.status === 'sent') row.showNothing();
  }

  dispose(): void {
    this.received.clear();
  }

  /** The newest known state: an edit may come before its message, and the SDK then names the old text. */
  private newestState(conversationId: string, named: V2NIMLastMessage): V2NIMLastMessage {
    const { messageClientId } = named.messageRefer;
    const received = this.received.get(conversationId);
    const known =
      received?.messageClientId === messageClientId
        ? this.removed.newestOf(received)
        : this.removed.changeOf(messageClientId);
    return known ? lastMessageOf(known) : named;
  }
}

function raiseKnownUntil(row: ConversationRow, createTime: number): void {
  if (createTime > row.knownUntil) row.knownUntil = createTime;
}

/** A restored row has no id of its last message, so the time is compared. */
function isLast(row: ConversationRow, message: MessageName): boolean {
  if (row.lastMessageClientId) return row.lastMessageClientId === message.messageClientId;
  return row.preview !== EMPTY_PREVIEW && row.time === message.createTime;
}
