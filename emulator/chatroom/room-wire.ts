import type { Property } from '../protocol/packet';
import { MemberRole, RoomMemberTag, RoomMessageTag, RoomTag } from '../protocol/room-tags';
import { withOrigin } from '../server/pictures';
import type { RoomMemberRecord, RoomMessage, RoomRecord } from '../world/room-state';
import type { World } from '../world/world';
import type { MemberProfile, RoomSession, RoomSessions } from './room-sessions';

/** Seconds until a time in ms, rounded up; 0 for a past time. */
function secondsUntil(time: number, now: number): number {
  return Math.max(0, Math.ceil((time - now) / 1000));
}

/** Converts rooms, members and messages to wire format (docs/yunxin-protocol.md, sections 8.11 and 8.12). */
export class RoomWire {
  constructor(
    private readonly world: World,
    private readonly sessions: RoomSessions,
  ) {}

  /** Number of accounts inside plus virtual members, which always count as online. */
  onlineUserCount(room: RoomRecord): number {
    const inside = new Set(this.sessions.accountsInRoom(room.roomId));
    const virtual = Object.values(room.members).filter(
      ({ role, accountId }) => role === MemberRole.virtual && !inside.has(accountId),
    );
    return inside.size + virtual.length;
  }

  room(room: RoomRecord): Property {
    return {
      [RoomTag.roomId]: room.roomId,
      [RoomTag.roomName]: room.roomName,
      [RoomTag.announcement]: room.announcement,
      [RoomTag.liveUrl]: withOrigin(room.liveUrl, this.world.origin),
      [RoomTag.valid]: room.valid ? 1 : 0,
      [RoomTag.serverExtension]: room.serverExtension,
      [RoomTag.queueLevelMode]: room.queueLevelMode,
      [RoomTag.creator]: room.creatorAccountId,
      [RoomTag.onlineUserCount]: this.onlineUserCount(room),
      [RoomTag.chatBanned]: room.chatBanned ? 1 : 0,
    };
  }

  /** Returns the profile of the account's newest client inside, else the profile stored in the room. */
  profileOf(room: RoomRecord, accountId: string): MemberProfile {
    return (
      this.newest(room.roomId, accountId) ??
      this.world.rooms.findMember(room, accountId) ?? {
        nick: this.world.account(accountId)?.profile.name ?? accountId,
        avatar: this.world.account(accountId)?.profile.avatar ?? '',
        serverExtension: '',
      }
    );
  }

  private newest(roomId: string, accountId: string): RoomSession | undefined {
    return this.sessions.ofAccount(roomId, accountId).at(-1);
  }

  private isOnline(room: RoomRecord, member: RoomMemberRecord): boolean {
    const inside = this.sessions.ofAccount(room.roomId, member.accountId).length > 0;
    return inside || member.role === MemberRole.virtual;
  }

  /** Returns the account's clients inside as JSON text, with the snake-case names that the SDK reads. */
  private enterInfo(room: RoomRecord, accountId: string): string | undefined {
    const inside = this.sessions.ofAccount(room.roomId, accountId);
    if (!inside.length) return undefined;
    return JSON.stringify(
      inside.map((session) => ({
        room_nick: session.nick,
        room_avatar: withOrigin(session.avatar, this.world.origin),
        enter_time: session.enterTime,
        client_type: session.clientType,
      })),
    );
  }

  member(room: RoomRecord, member: RoomMemberRecord): Property {
    const newest = this.newest(room.roomId, member.accountId);
    const profile = newest ?? member;
    return {
      [RoomMemberTag.roomId]: room.roomId,
      [RoomMemberTag.accountId]: member.accountId,
      [RoomMemberTag.role]: member.role,
      [RoomMemberTag.level]: member.level,
      [RoomMemberTag.nick]: profile.nick,
      [RoomMemberTag.avatar]: withOrigin(profile.avatar, this.world.origin),
      [RoomMemberTag.serverExtension]: profile.serverExtension,
      [RoomMemberTag.online]: this.isOnline(room, member) ? 1 : 0,
      [RoomMemberTag.enterTime]: newest?.enterTime ?? 0,
      [RoomMemberTag.blocked]: member.blocked ? 1 : 0,
      [RoomMemberTag.chatBanned]: member.chatBanned ? 1 : 0,
      [RoomMemberTag.valid]: 1,
      [RoomMemberTag.updateTime]: member.updateTime,
      [RoomMemberTag.tempChatBanned]: this.world.rooms.isTempBanned(member) ? 1 : 0,
      [RoomMemberTag.tempChatBannedDuration]: secondsUntil(
        member.tempChatBannedUntil,
        this.world.now(),
      ),
      // The SDK reads an empty text as no tags too; an absent tag is clearer.
      [RoomMemberTag.tags]: newest?.tags.length ? JSON.stringify(newest.tags) : undefined,
      [RoomMemberTag.notifyTargetTags]: newest?.notifyTargetTags || undefined,
      [RoomMemberTag.multiEnterInfo]: this.enterInfo(room, member.accountId),
    };
  }

  /** Returns a member in the format of a notification's attachment, which has its own field names. */
  noticeMember(room: RoomRecord, member: RoomMemberRecord): Record<string, unknown> {
    const wire = this.member(room, member);
    return {
      accountId: member.accountId,
      memberRole: member.role,
      memberLevel: member.level,
      nick: wire[RoomMemberTag.nick],
      avatar: wire[RoomMemberTag.avatar],
      ext: wire[RoomMemberTag.serverExtension],
      onlineStat: wire[RoomMemberTag.online],
      blockList: wire[RoomMemberTag.blocked],
      chatBanned: wire[RoomMemberTag.chatBanned],
      tempChatBanned: wire[RoomMemberTag.tempChatBanned],
      muteTtl: wire[RoomMemberTag.tempChatBannedDuration],
      tags: wire[RoomMemberTag.tags],
      notifyTargetTags: wire[RoomMemberTag.notifyTargetTags],
      enterTime: wire[RoomMemberTag.enterTime],
      updateTime: member.updateTime,
      valid: 1,
      onlineList: wire[RoomMemberTag.multiEnterInfo],
    };
  }

  message({ wire }: RoomMessage): Property {
    const avatar = wire[RoomMessageTag.senderAvatar];
    const attachment = wire[RoomMessageTag.attachment];
    const { origin } = this.world;
    return {
      ...wire,
      ...(typeof avatar === 'string' && {
        [RoomMessageTag.senderAvatar]: withOrigin(avatar, origin),
      }),
      ...(typeof attachment === 'string' && {
        [RoomMessageTag.attachment]: withOrigin(attachment, origin),
      }),
    };
  }
}
