import { RoomKickReason, RoomNotice } from '../protocol/room-tags';
import { Reason, Refusal } from '../protocol/reasons';
import type { RoomMemberRecord, RoomRecord } from '../world/room-state';
import type { World } from '../world/world';
import type { RoomQueues } from './room-queues';
import type { RoomSession, RoomSessions } from './room-sessions';
import type { RoomBroadcast } from './room-broadcast';
import type { RoomWire } from './room-wire';

/** Operator and notification extension of an action on a member. */
export interface RoomOperation {
  operatorId: string;
  /** Extension of the notification. */
  extension?: string;
}

/** Entering, leaving and actions of managers on members. The commands check the permissions. */
export class RoomPeople {
  /** Accounts (`roomId|accountId`) whose entering was notified; only these get an exit notification. */
  private readonly announced = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly sessions: RoomSessions,
    private readonly wire: RoomWire,
    private readonly broadcast: RoomBroadcast,
    private readonly queues: RoomQueues,
  ) {}

  /** Adds a client. The room is notified of an account's first client, after that client got its answer. */
  enterRoom(room: RoomRecord, session: RoomSession, extension?: string): RoomMemberRecord {
    const { accountId } = session;
    const member = this.world.rooms.ensureMember(room, accountId);
    this.sessions.addSession(session);
    setImmediate(() => this.announce(room, session, extension));
    return member;
  }

  private announce(room: RoomRecord, session: RoomSession, extension?: string): void {
    const { roomId, accountId } = session;
    const present = this.sessions.ofAccount(roomId, accountId).length > 0;
    const key = `${roomId}|${accountId}`;
    if (!present || this.announced.has(key) || !room.enterExitNotified) return;
    this.announced.add(key);
    const member = this.wire.noticeMember(room, this.world.rooms.ensureMember(room, accountId));
    this.broadcast.postNotice(room, {
      id: RoomNotice.enter,
      operatorId: accountId,
      targetIds: [accountId],
      ...(extension && { extension }),
      notifyTargetTags: session.notifyTargetTags,
      kept: room.enterExitKept,
      fields: {
        member,
        muted: member['chatBanned'],
        tempMuted: member['tempChatBanned'],
        muteTtl: member['muteTtl'],
      },
    });
  }

  /** Removes a client that left or whose link broke. */
  leaveRoom(session: RoomSession): void {
    if (!this.sessions.removeSession(session)) return;
    const room = this.world.rooms.find(session.roomId);
    if (room) this.endPresence(room, session, true);
  }

  /** After an account's last client has left: exit notification, transient queue elements, guest record. */
  private endPresence(room: RoomRecord, session: RoomSession, notified: boolean): void {
    const { roomId, accountId, notifyTargetTags } = session;
    if (this.sessions.ofAccount(roomId, accountId).length) return;
    if (this.announced.delete(`${roomId}|${accountId}`) && notified) {
      this.broadcast.postNotice(room, {
        id: RoomNotice.exit,
        operatorId: accountId,
        targetIds: [accountId],
        notifyTargetTags,
        kept: room.enterExitKept,
      });
    }
    this.queues.removeTransientElements(room, accountId);
    const member = this.world.rooms.findMember(room, accountId);
    if (member) this.world.rooms.removeGuest(room, member);
  }

  /** Removes a client that the same device has replaced. The room is not notified. */
  replaceClient(session: RoomSession): void {
    this.sessions.kickSession(session, RoomKickReason.quietly);
  }

  /** Kicks some clients of an account. The room is notified only when the account's last client is among them. */
  removeClients(
    room: RoomRecord,
    targets: readonly RoomSession[],
    reason: number,
    extension?: string,
    notified = true,
  ): void {
    for (const session of targets) this.sessions.kickSession(session, reason, extension);
    const last = targets.at(-1);
    if (last) this.endPresence(room, last, notified);
  }

  /** Kicks a member (`13_3`, 313). Refused with 114404 when the member is not inside. */
  kickMember(
    room: RoomRecord,
    accountId: string,
    operation: RoomOperation,
    reason: number = RoomKickReason.manager,
  ): void {
    const targets = this.sessions.ofAccount(room.roomId, accountId);
    if (!targets.length) throw new Refusal(Reason.chatroomMemberNotExist, `${accountId} is not in`);
    this.broadcast.postNotice(room, {
      id: RoomNotice.kicked,
      ...operation,
      targetIds: [accountId],
    });
    // The SDK takes the notification above for the member's exit; an exit notification would be a second one.
    this.removeClients(room, targets, reason, operation.extension, false);
  }

  /** Closes a room for good: all clients are kicked, and entering is refused. */
  closeRoom(room: RoomRecord): void {
    room.valid = false;
    for (const session of this.sessions.inRoom(room.roomId)) {
      this.sessions.kickSession(session, RoomKickReason.roomClosed);
      this.announced.delete(`${room.roomId}|${session.accountId}`);
      const member = this.world.rooms.findMember(room, session.accountId);
      if (member) this.world.rooms.removeGuest(room, member);
    }
    this.world.stamp();
  }

  /** Adds an account to the room's block list or removes it. Blocked accounts are kicked. */
  setBlocked(
    room: RoomRecord,
    accountId: string,
    blocked: boolean,
    operation: RoomOperation,
  ): RoomMemberRecord {
    const member = this.world.rooms.changeMember(room, accountId, { blocked });
    this.broadcast.postNotice(room, {
      id: blocked ? RoomNotice.blocked : RoomNotice.unblocked,
      ...operation,
      targetIds: [accountId],
    });
    if (blocked) {
      const targets = this.sessions.ofAccount(room.roomId, accountId);
      this.removeClients(room, targets, RoomKickReason.blocked, operation.extension);
    } else {
      this.removeGuestIfAbsent(room, member);
    }
    return member;
  }

  /** Mutes a member until further notice, or ends the mute. */
  setChatBanned(
    room: RoomRecord,
    accountId: string,
    chatBanned: boolean,
    operation: RoomOperation,
  ): RoomMemberRecord {
    const member = this.world.rooms.changeMember(room, accountId, { chatBanned });
    this.broadcast.postNotice(room, {
      id: chatBanned ? RoomNotice.chatBanned : RoomNotice.chatUnbanned,
      ...operation,
      targetIds: [accountId],
      fields: { muted: chatBanned ? 1 : 0 },
    });
    this.removeGuestIfAbsent(room, member);
    return member;
  }

  /** Mutes a member for some seconds; 0 ends the mute. */
  setTempChatBanned(
    room: RoomRecord,
    accountId: string,
    seconds: number,
    operation: RoomOperation,
    notified = true,
  ): RoomMemberRecord {
    const tempChatBannedUntil = seconds > 0 ? this.world.now() + seconds * 1000 : 0;
    const member = this.world.rooms.changeMember(room, accountId, { tempChatBannedUntil });
    if (notified) {
      this.broadcast.postNotice(room, {
        id: seconds > 0 ? RoomNotice.tempBanned : RoomNotice.tempUnbanned,
        ...operation,
        targetIds: [accountId],
        fields: { tempMuted: seconds > 0 ? 1 : 0, muteDuration: seconds },
      });
    }
    this.removeGuestIfAbsent(room, member);
    return member;
  }

  /** Mutes all clients with a tag for some seconds; 0 ends the mute. */
  setTagChatBanned(
    room: RoomRecord,
    tag: string,
    seconds: number,
    operation: RoomOperation & { notifyTargetTags?: string },
    notified = true,
  ): void {
    if (seconds > 0) room.tagBans[tag] = this.world.now() + seconds * 1000;
    else delete room.tagBans[tag];
    this.world.stamp();
    if (!notified) return;
    this.broadcast.postNotice(room, {
      id: seconds > 0 ? RoomNotice.tagTempBanned : RoomNotice.tagTempUnbanned,
      ...operation,
      fields: { targetTag: tag, muteDuration: seconds },
    });
  }

  /** Mutes everybody but the creator and managers, or ends that mute. */
  setRoomChatBanned(room: RoomRecord, chatBanned: boolean, operation: RoomOperation): void {
    room.chatBanned = chatBanned;
    this.world.stamp();
    this.broadcast.postNotice(room, {
      id: chatBanned ? RoomNotice.roomChatBanned : RoomNotice.roomChatUnbanned,
      ...operation,
      fields: { muted: chatBanned ? 1 : 0 },
    });
  }

  /** Changes a member's role, and the level if given. */
  setRole(
    room: RoomRecord,
    accountId: string,
    change: { role: number; level?: number },
    operation: RoomOperation,
  ): RoomMemberRecord {
    const previousRole = this.world.rooms.ensureMember(room, accountId).role;
    const member = this.world.rooms.changeMember(room, accountId, change);
    this.broadcast.postNotice(room, {
      id: RoomNotice.role,
      ...operation,
      targetIds: [accountId],
      fields: { previousRole, member: this.wire.noticeMember(room, member) },
    });
    this.removeGuestIfAbsent(room, member);
    return member;
  }

  private removeGuestIfAbsent(room: RoomRecord, member: RoomMemberRecord): void {
    if (this.sessions.ofAccount(room.roomId, member.accountId).length) return;
    this.world.rooms.removeGuest(room, member);
  }
}
