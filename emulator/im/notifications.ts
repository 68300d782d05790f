import type { Property } from '../protocol/packet';
import { isSwitchedOff, numberOf, textOf } from '../protocol/request-items';
import { Reason, Refusal } from '../protocol/reasons';
import { NotificationTag } from '../protocol/tags';
import type { BroadcastRecord, PendingNotification } from '../world/world-state';
import type { ImCall, ImHandlers } from './im-command';
import { notificationToWire } from './message-wire';

/** Types of a custom notification (tag 1). */
const CUSTOM_P2P = 100;
const CUSTOM_TEAM = 101;
const CUSTOM_SUPER_TEAM = 103;

/** Types of notifications about super teams: applications, invitations, custom. They have their own pushes. */
const SUPER_TEAM_TYPES: readonly number[] = [15, 16, 17, 18, CUSTOM_SUPER_TEAM];

/** Tells whether a notification is about a super team. */
export function isOfSuperTeam({ tags }: PendingNotification): boolean {
  return SUPER_TEAM_TYPES.includes(numberOf(tags[NotificationTag.type]));
}

/** A broadcast as the SDK reads it from `7_17` and `4_16`. */
export function broadcastToWire({ id, senderId, time, content }: BroadcastRecord): Property {
  return { 1: id, 2: senderId, 4: time, 5: content };
}

export interface NewNotification {
  type: number;
  postscript: string;
  content: string;
  /** Further tags, such as push texts of a custom notification. */
  tags?: Property;
  /** Receiver named in the notification, when it differs from the account that gets it (a team). */
  receiverId?: string;
  /** The notification is not stored for offline accounts. */
  onlineOnly?: boolean;
}

/** Sends a system or custom notification and stores it until an acknowledgement (`4_5`). */
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
  const command = isOfSuperTeam(pending) ? '21_19' : '7_3';
  sessions.push(target, command, [notificationToWire(pending)]);
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
  } else if (type === CUSTOM_TEAM || type === CUSTOM_SUPER_TEAM) {
    const kind = type === CUSTOM_TEAM ? 'team' : 'superTeam';
    world.teams.requireMember(receiverId, accountId, kind);
    const others = world.teams.memberIds(receiverId).filter((member) => member !== accountId);
    for (const member of others) notify(call, member, notification);
  } else {
    throw new Refusal(Reason.parameterError);
  }
  return [];
}

/** Commands for custom notifications; super teams have their own. */
export const notificationHandlers: ImHandlers = {
  '30_7': sendCustom,
  '32_16': sendCustom,
};
