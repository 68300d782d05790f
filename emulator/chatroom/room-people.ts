import { RoomKickReason, RoomNotice } from '../protocol/room-tags';
import { Reason, Refusal } from '../protocol/reasons';
import type { RoomMemberRecord, RoomRecord } from '../world/room-state';
import type { World } from '../world/world';
import type { RoomQueues } from './room-queues';
import type { RoomSession, RoomSessions } from './room-sessions';
import type { RoomTalk } from './room-talk';
import type { RoomWire } from './room-wire';

/** Who does something to a member, and what is told of it. */
export interface RoomOperation {
  operatorId: string;
  /** The notification's extension. */
  extension?: string;
}

/** Coming and going, and what managers do to members. Who may do it is checked by the commands. */
export class RoomPeople {
  /** Accounts whose coming was told: their going is told too. */
  private readonly announced = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly sessions: RoomSessions,
    private readonly wire: RoomWire,
    private readonly talk: RoomTalk,
    private readonly queues: RoomQueues,
  ) {}

  /** Lets a client in. The room is told of an account's first client, after the client has its answer. */
  enter(room: RoomRecord, session: RoomSession, extension?: string): RoomMemberRecord {
    const { accountId } = session;
    const member = this.world.rooms.member(room, accountId);
    this.sessions.add(session);
    setImmediate(() => this.announce(room, session, extension));
    return member;
  }

  private announce(room: RoomRecord, session: RoomSession, extension?: string): void {
    const { roomId, accountId } = session;
    const present = this.sessions.ofAccount(roomId, accountId).length > 0;
    const key = `${roomId}|${accountId}`;
    if (!present || this.announced.has(key) || !room.enterExitNotified) return;
    this.announced.add(key);
    const member = this.wire.noticeMember(room, this.world.rooms.member(room, accountId));
    this.talk.tell(room, {
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

  /** A client has gone, by its own wish or because its link broke. */
  leave(session: RoomSession): void {
    if (!this.sessions.remove(session)) return;
    const room = this.world.rooms.find(session.roomId);
    if (room) this.afterLeaving(room, session, true);
  }

  /** Ends what hung on the presence of an account, when its last client has gone. */
  private afterLeaving(room: RoomRecord, session: RoomSession, told: boolean): void {
    const { roomId, accountId, notifyTargetTags } = session;
    if (this.sessions.ofAccount(roomId, accountId).length) return;
    if (this.announced.delete(`${roomId}|${accountId}`) && told) {
      this.talk.tell(room, {
        id: RoomNotice.exit,
        operatorId: accountId,
        targetIds: [accountId],
        notifyTargetTags,
        kept: room.enterExitKept,
      });
    }
    this.queues.ownerLeft(room, accountId);
    const member = this.world.rooms.findMember(room, accountId);
    if (member) this.world.rooms.forgetPassing(room, member);
  }

  /** Replaces a client by the same device's new one: nobody is told. */
  replace(session: RoomSession): void {
    this.sessions.putOut(session, RoomKickReason.quietly);
  }

  /** Puts some clients of one account out; the room learns of it only if the account is gone with them. */
  putOut(
    room: RoomRecord,
    targets: readonly RoomSession[],
    reason: number,
    extension?: string,
    told = true,
  ): void {
    for (const session of targets) this.sessions.putOut(session, reason, extension);
    const last = targets.at(-1);
    if (last) this.afterLeaving(room, last, told);
  }

  /** Puts a member out (`13_3`, 313). Refused with 114404 when the member is not inside. */
  kick(
    room: RoomRecord,
    accountId: string,
    operation: RoomOperation,
    reason: number = RoomKickReason.manager,
  ): void {
    const targets = this.sessions.ofAccount(room.roomId, accountId);
    if (!targets.length) throw new Refusal(Reason.chatroomMemberNotExist, `${accountId} is not in`);
    this.talk.tell(room, { id: RoomNotice.kicked, ...operation, targetIds: [accountId] });
    // The SDK takes the notification above for the member's going; an exit would be a second one.
    this.putOut(room, targets, reason, operation.extension, false);
  }

  /** Closes a room for good: everybody goes, nobody comes in again. */
  close(room: RoomRecord): void {
    room.valid = false;
    for (const session of this.sessions.inRoom(room.roomId)) {
      this.sessions.putOut(session, RoomKickReason.roomClosed);
      this.announced.delete(`${room.roomId}|${session.accountId}`);
      const member = this.world.rooms.findMember(room, session.accountId);
      if (member) this.world.rooms.forgetPassing(room, member);
    }
    this.world.stamp();
  }

  /** Puts an account on the room's block list, or takes it off. Blocked ones are put out. */
  setBlocked(
    room: RoomRecord,
    accountId: string,
    blocked: boolean,
    operation: RoomOperation,
  ): RoomMemberRecord {
    const member = this.world.rooms.changeMember(room, accountId, { blocked });
    this.talk.tell(room, {
      id: blocked ? RoomNotice.blocked : RoomNotice.unblocked,
      ...operation,
      targetIds: [accountId],
    });
    if (blocked) {
      const targets = this.sessions.ofAccount(room.roomId, accountId);
      this.putOut(room, targets, RoomKickReason.blocked, operation.extension);
    } else {
      this.forgetIfGone(room, member);
    }
    return member;
  }

  /** Forbids a member to speak until further notice, or allows it again. */
  setChatBanned(
    room: RoomRecord,
    accountId: string,
    chatBanned: boolean,
    operation: RoomOperation,
  ): RoomMemberRecord {
    const member = this.world.rooms.changeMember(room, accountId, { chatBanned });
    this.talk.tell(room, {
      id: chatBanned ? RoomNotice.chatBanned : RoomNotice.chatUnbanned,
      ...operation,
      targetIds: [accountId],
      fields: { muted: chatBanned ? 1 : 0 },
    });
    this.forgetIfGone(room, member);
    return member;
  }

  /** Forbids a member to speak for some seconds; 0 allows it again. */
  setTempChatBanned(
    room: RoomRecord,
    accountId: string,
    seconds: number,
    operation: RoomOperation,
    told = true,
  ): RoomMemberRecord {
    const tempChatBannedUntil = seconds > 0 ? this.world.now() + seconds * 1000 : 0;
    const member = this.world.rooms.changeMember(room, accountId, { tempChatBannedUntil });
    if (told) {
      this.talk.tell(room, {
        id: seconds > 0 ? RoomNotice.tempBanned : RoomNotice.tempUnbanned,
        ...operation,
        targetIds: [accountId],
        fields: { tempMuted: seconds > 0 ? 1 : 0, muteDuration: seconds },
      });
    }
    this.forgetIfGone(room, member);
    return member;
  }

  /** Forbids everyone with a tag to speak for some seconds; 0 allows it again. */
  setTagChatBanned(
    room: RoomRecord,
    tag: string,
    seconds: number,
    operation: RoomOperation & { notifyTargetTags?: string },
    told = true,
  ): void {
    if (seconds > 0) room.tagBans[tag] = this.world.now() + seconds * 1000;
    else delete room.tagBans[tag];
    this.world.stamp();
    if (!told) return;
    this.talk.tell(room, {
      id: seconds > 0 ? RoomNotice.tagTempBanned : RoomNotice.tagTempUnbanned,
      ...operation,
      fields: { targetTag: tag, muteDuration: seconds },
    });
  }

  /** Only the creator and managers may speak from now on, or everyone again. */
  setRoomChatBanned(room: RoomRecord, chatBanned: boolean, operation: RoomOperation): void {
    room.chatBanned = chatBanned;
    this.world.stamp();
    this.talk.tell(room, {
      id: chatBanned ? RoomNotice.roomChatBanned : RoomNotice.roomChatUnbanned,
      ...operation,
      fields: { muted: chatBanned ? 1 : 0 },
    });
  }

  /** Changes a member's role, and level if one is given. */
  setRole(
    room: RoomRecord,
    accountId: string,
    change: { role: number; level?: number },
    operation: RoomOperation,
  ): RoomMemberRecord {
    const previousRole = this.world.rooms.member(room, accountId).role;
    const member = this.world.rooms.changeMember(room, accountId, change);
    this.talk.tell(room, {
      id: RoomNotice.role,
      ...operation,
      targetIds: [accountId],
      fields: { previousRole, member: this.wire.noticeMember(room, member) },
    });
    this.forgetIfGone(room, member);
    return member;
  }

  private forgetIfGone(room: RoomRecord, member: RoomMemberRecord): void {
    if (this.sessions.ofAccount(room.roomId, member.accountId).length) return;
    this.world.rooms.forgetPassing(room, member);
  }
}
