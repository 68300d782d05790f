import { Reason, Refusal } from '../protocol/reasons';
import { numberOf, textOf, truthOf } from '../protocol/request-items';
import { RoomNotice, RoomTag } from '../protocol/room-tags';
import type { RoomRecord } from '../world/room-state';
import { hitsAntispam } from './antispam';
import {
  requireAccountHolder,
  requireManager,
  type RoomCall,
  type RoomHandlers,
} from './room-command';
import { parseTags } from './tag-expression';

type RoomInfo = Pick<RoomRecord, 'roomName' | 'announcement' | 'liveUrl' | 'serverExtension'>;

/** Changes the information of a room and notifies the room (312) unless `notified` is false. */
export function changeRoomInfo(
  { world, broadcast }: Pick<RoomCall, 'world' | 'broadcast'>,
  room: RoomRecord,
  change: Partial<RoomInfo & Pick<RoomRecord, 'queueLevelMode'>>,
  operation: { operatorId: string; extension?: string },
  notified = true,
): void {
  Object.assign(room, change);
  world.stamp();
  if (!notified) return;
  const { roomName, announcement, liveUrl, serverExtension, queueLevelMode } = change;
  broadcast.postNotice(room, {
    id: RoomNotice.roomInfo,
    ...operation,
    // The SDK merges these fields into its room; it uses other names for two of them.
    fields: {
      roomInfo: {
        roomName,
        announcement,
        liveUrl,
        extension: serverExtension,
        queueLevel: queueLevelMode,
      },
    },
  });
}

function update(call: RoomCall): unknown[] {
  requireManager(call);
  const { items, room, accountId, world } = call;
  const given = items.property(0);
  const names: Record<keyof RoomInfo, number> = {
    roomName: RoomTag.roomName,
    announcement: RoomTag.announcement,
    liveUrl: RoomTag.liveUrl,
    serverExtension: RoomTag.serverExtension,
  };
  const change: Partial<RoomInfo> = {};
  for (const name of Object.keys(names) as (keyof RoomInfo)[]) {
    if (given[names[name]] !== undefined) change[name] = textOf(given[names[name]]);
  }
  if (hitsAntispam(world, ...Object.values(change))) throw new Refusal(Reason.chatroomHitAntispam);
  const operation = { operatorId: accountId, extension: items.string(2) };
  changeRoomInfo(call, room, change, operation, items.bool(1));
  return [];
}

/**
 * Handles `36_34`. The SDK takes every 325 for a change of its own tags, so only the account's own clients
 * get the notification. Without a notification, the account's other clients get `13_101`.
 */
function updateTags(call: RoomCall): unknown[] {
  requireAccountHolder(call);
  const { items, room, accountId, session, sessions, broadcast } = call;
  const option = items.property(0);
  const tags = option[1] === undefined ? session.tags : parseTags(textOf(option[1]) || '[]');
  if (!tags) throw new Refusal(Reason.parameterError, 'tags is a JSON array of text');
  const notified = truthOf(option[3]);
  for (const own of sessions.ofAccount(room.roomId, accountId)) {
    own.tags = tags;
    if (option[2] !== undefined) own.notifyTargetTags = textOf(option[2]);
    if (!notified && own !== session) own.link?.push('13_101', [{ 1: JSON.stringify(tags) }]);
  }
  if (notified) {
    broadcast.postNotice(room, {
      id: RoomNotice.tags,
      operatorId: accountId,
      targetIds: [accountId],
      extension: textOf(option[4]),
      receiverIds: [accountId],
      kept: false,
      fields: { tags },
    });
  }
  return [];
}

function updateLocation({ items, session }: RoomCall): unknown[] {
  const option = items.property(0);
  session.location = { x: numberOf(option[1]), y: numberOf(option[2]), z: numberOf(option[3]) };
  session.distance = numberOf(option[4]);
  return [];
}

/** Commands on the room's information and on a client's tags and location. */
export const infoHandlers: RoomHandlers = {
  '36_13': ({ wire, room }) => [wire.room(room)],
  '36_14': update,
  '36_34': updateTags,
  '13_33': updateLocation,
};
