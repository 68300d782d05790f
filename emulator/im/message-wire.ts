import type { Property } from '../protocol/packet';
import { MessageTag, NotificationTag, RecallTag, WireConversation } from '../protocol/tags';
import { withOrigin } from '../server/pictures';
import type { World } from '../world/world';
import type {
  ConversationType,
  DeletionRecord,
  PendingNotification,
  RecallRecord,
  StoredMessage,
} from '../world/world-state';

export function conversationToWire(type: ConversationType): number {
  return WireConversation[type];
}

/** API numbering (1 p2p, 2 team), which one-way deletions and cleared histories use. */
export function conversationToApi(type: ConversationType): number {
  return type === 'team' ? 2 : 1;
}

/** A stored message as it is pushed, synced and listed. */
export function messageToWire(world: World, message: StoredMessage): Property {
  const sender = world.account(message.senderId);
  const attachment = message.tags[MessageTag.attachment];
  return {
    ...message.tags,
    ...(typeof attachment === 'string' && {
      [MessageTag.attachment]: withOrigin(attachment, world.origin),
    }),
    [MessageTag.conversationType]: conversationToWire(message.type),
    [MessageTag.receiverId]: message.receiverId,
    [MessageTag.senderId]: message.senderId,
    [MessageTag.fromNick]: sender?.profile.name ?? '',
    [MessageTag.createTime]: message.createTime,
    [MessageTag.messageType]: message.messageType,
    [MessageTag.text]: message.text,
    [MessageTag.messageClientId]: message.messageClientId,
    [MessageTag.messageServerId]: message.messageServerId,
    [MessageTag.userUpdateTime]: sender?.profile.updateTime ?? 0,
  };
}

/** A recall as pushed in `7_14` and synced in `7_15`. */
export function recallToWire(recall: RecallRecord): Property {
  return {
    [RecallTag.createTime]: recall.recallTime,
    [RecallTag.type]: recall.type === 'team' ? 8 : 7,
    [RecallTag.receiverId]: recall.receiverId,
    [RecallTag.senderId]: recall.senderId,
    [RecallTag.postscript]: recall.postscript,
    [RecallTag.attach]: recall.attach,
    [RecallTag.messageClientId]: recall.messageClientId,
    [RecallTag.messageServerId]: recall.messageServerId,
    [RecallTag.deletedMessageTime]: recall.messageTime,
    [RecallTag.operatorId]: recall.operatorId,
  };
}

/** A one-way deletion (shape M10). */
export function deletionToWire(deletion: DeletionRecord): Property {
  const { message } = deletion;
  return {
    1: conversationToApi(message.type),
    2: message.senderId,
    3: message.receiverId,
    4: message.messageServerId,
    5: message.messageClientId,
    6: message.createTime,
    7: deletion.deleteTime,
    8: deletion.serverExtension,
  };
}

/** A notification that waits in a mailbox (shape M14). */
export function notificationToWire(notification: PendingNotification): Property {
  return { ...notification.tags, [NotificationTag.idServer]: notification.idServer };
}
