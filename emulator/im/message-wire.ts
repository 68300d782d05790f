import type { Property } from '../protocol/packet';
import {
  ApiConversation,
  MessageTag,
  NotificationTag,
  RecallTag,
  OneWayRecallType,
  RecallType,
  WireConversation,
} from '../protocol/tags';
import { withOrigin } from '../server/pictures';
import type { World } from '../world/world';
import type {
  ConversationType,
  DeletionRecord,
  PendingNotification,
  RecallRecord,
  StoredMessage,
} from '../world/world-state';

/** Conversation type on the wire, as in messages and pins. */
export function conversationToWire(type: ConversationType): number {
  return WireConversation[type];
}

/** Conversation type in the API's numbering, as in one-way deletions and cleared histories. */
export function conversationToApi(type: ConversationType): number {
  return ApiConversation[type];
}

/** Converts a stored message for pushes, syncs and history. */
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

/** Converts a recall for the push `7_14` and the sync `7_15`. */
export function recallToWire(recall: RecallRecord): Property {
  return {
    [RecallTag.createTime]: recall.recallTime,
    [RecallTag.type]:
      recall.oneWay && recall.type !== 'superTeam'
        ? OneWayRecallType[recall.type]
        : RecallType[recall.type],
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

/** Converts a one-way deletion (docs/yunxin-protocol.md, section 8.3). */
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

/** Converts a notification of a mailbox (docs/yunxin-protocol.md, section 8.4). */
export function notificationToWire(notification: PendingNotification): Property {
  return { ...notification.tags, [NotificationTag.idServer]: notification.idServer };
}
