import type { Property } from '../protocol/packet';
import { isSwitchedOff, numberOf, textOf } from '../protocol/request-items';
import { Reason, Refusal } from '../protocol/reasons';
import { NotificationTag } from '../protocol/tags';
import type { ImCall, ImHandlers } from './im-command';
import { notificationToWire } from './message-wire';

/** Types of a custom notification (tag 1). */
const CUSTOM_P2P = 100;
const CUSTOM_TEAM = 101;

export interface NewNotification {
  type: number;
  postscript: string;
  content: string;
  /** Further tags, such as push texts of a custom notification. */
  tags?: Property;
  /** The receiver it names, when that is not the one it goes to (a team). */
  receiverId?: string;
  /** Not kept for those who are away. */
  onlineOnly?: boolean;
}

/** Sends a system or custom notification; kept until acknowledged with `4_5`. */
export function notify(
  { world, accountId, sessions }: ImCall,
  target: string,
  notification: NewNotification,
): void {
  const pending = {
    idServer: world.nextServerId(),
    tags: {
      ...notification.tags,
      [NotificationTag.timestamp]: world.now(),
      [NotificationTag.type]: notification.type,
      [NotificationTag.receiverId]: notification.receiverId ?? target,
      [NotificationTag.senderId]: accountId,
      [NotificationTag.postscript]: notification.postscript,
      [NotificationTag.content]: notification.content,
    },
  };
  if (!notification.onlineOnly) world.mailbox(target).notifications.push(pending);
  world.stamp();
  sessions.push(target, '7_3', [notificationToWire(pending)]);
}

function sendCustom(call: ImCall): unknown[] {
  const { world, accountId } = call;
  const tags = call.items.property(0);
  const type = numberOf(tags[NotificationTag.type]);
  const receiverId = textOf(tags[NotificationTag.receiverId]);
  const notification: NewNotification = {
    type,
    receiverId,
    postscript: textOf(tags[NotificationTag.postscript]),
    content: textOf(tags[NotificationTag.content]),
    tags,
    onlineOnly: isSwitchedOff(tags[NotificationTag.offlineEnabled]),
  };
  if (type === CUSTOM_P2P) {
    world.requireAccount(receiverId);
    notify(call, receiverId, notification);
  } else if (type === CUSTOM_TEAM) {
    world.teams.requireMember(receiverId, accountId);
    const others = world.teams.memberIds(receiverId).filter((member) => member !== accountId);
    for (const member of others) notify(call, member, notification);
  } else {
    throw new Refusal(Reason.parameterError);
  }
  return [];
}

/** Custom notifications. */
export const notificationHandlers: ImHandlers = {
  '30_7': sendCustom,
};
