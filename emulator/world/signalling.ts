import { randomUUID } from 'node:crypto';
import { Reason, Refusal } from '../protocol/reasons';
import type { WorldCore } from './world-core';

/** An account in a channel, on a device. Times in ms. */
export interface ChannelMember {
  accountId: string;
  /** Number of the member in the RTC room. */
  uid: number;
  joinTime: number;
  expireTime: number;
  deviceId: string;
}

export interface Invitation {
  requestId: string;
  inviterId: string;
  inviteeId: string;
  state: 'open' | 'accepted' | 'rejected' | 'cancelled';
}

/** A signalling channel. */
export interface SignallingChannel {
  channelId: string;
  /** Empty when the creator gave none. */
  channelName: string;
  /** 1 audio, 2 video, 3 custom. */
  channelType: number;
  channelExtension: string;
  creatorId: string;
  createTime: number;
  expireTime: number;
  members: ChannelMember[];
  invitations: Invitation[];
}

/** Type of an event, in its tag 19. */
export const SignalType = {
  close: 1,
  join: 2,
  invite: 3,
  cancel: 4,
  reject: 5,
  accept: 6,
  leave: 7,
  control: 8,
} as const;

export interface SignalEvent {
  /** Id that `4_5` acknowledges under (15,11). */
  eventId: number;
  type: number;
  channel: SignallingChannel;
  fromId: string;
  toId: string;
  requestId: string;
  serverExtension: string;
  time: number;
  member?: ChannelMember;
}

/** A channel ends this time after its creation or last extension (Yunxin's documents). */
export const CHANNEL_LIFE_MS = 2 * 3600 * 1000;
/** Maximum number of members of a channel (Yunxin's documents). */
const MEMBERS_MAX = 8;

/**
 * Signalling channels, their members, and events stored for offline accounts. All are kept in memory only:
 * calls do not outlive the servers. An expired channel is removed at the next access, without an event.
 */
export class Signalling {
  private readonly open = new Map<string, SignallingChannel>();
  private readonly kept = new Map<string, SignalEvent[]>();
  private lastEventId = 0;

  constructor(private readonly world: WorldCore) {}

  /** Returns all open channels. A finished call leaves none. */
  channels(): SignallingChannel[] {
    const now = this.world.now();
    for (const [id, { expireTime }] of this.open) if (expireTime <= now) this.open.delete(id);
    return [...this.open.values()];
  }

  /** Returns the channel. Refused with 118404 when the channel does not exist, was closed or has expired. */
  requireChannel(channelId: string): SignallingChannel {
    const found = this.channels().find((channel) => channel.channelId === channelId);
    if (!found) throw new Refusal(Reason.signallingRoomNotExist, `no channel ${channelId}`);
    return found;
  }

  requireChannelNamed(channelName: string): SignallingChannel {
    const found = this.channels().find((channel) => channel.channelName === channelName);
    if (!found || !channelName) throw new Refusal(Reason.signallingRoomNotExist);
    return found;
  }

  isOpen(channel: SignallingChannel): boolean {
    return this.channels().includes(channel);
  }

  /** Returns the channels of an account, on any device. */
  channelsOf(accountId: string): SignallingChannel[] {
    return this.channels().filter((channel) => memberOf(channel, accountId));
  }

  createChannel(options: {
    creatorId: string;
    channelType: number;
    channelName: string;
    channelExtension: string;
  }): SignallingChannel {
    const { creatorId, channelType, channelName, channelExtension } = options;
    if (![1, 2, 3].includes(channelType)) throw new Refusal(Reason.parameterError);
    if (channelName && this.channels().some((other) => other.channelName === channelName)) {
      throw new Refusal(Reason.signallingRoomExists);
    }
    const now = this.world.now();
    const channel: SignallingChannel = {
      channelId: randomUUID().replaceAll('-', ''),
      channelName,
      channelType,
      channelExtension,
      creatorId,
      createTime: now,
      expireTime: now + CHANNEL_LIFE_MS,
      members: [],
      invitations: [],
    };
    this.open.set(channel.channelId, channel);
    return channel;
  }

  /** Extends the channel to two hours from now. */
  extendChannel(channel: SignallingChannel, accountId: string): void {
    requireMember(channel, accountId);
    channel.expireTime = this.world.now() + CHANNEL_LIFE_MS;
    for (const member of channel.members) member.expireTime = channel.expireTime;
  }

  /** Adds a member. With `uid` 0 the server chooses the uid. */
  joinChannel(
    channel: SignallingChannel,
    who: { accountId: string; deviceId: string; uid: number },
  ): ChannelMember {
    const already = memberOf(channel, who.accountId);
    if (already) {
      throw new Refusal(
        already.deviceId === who.deviceId
          ? Reason.signallingMemberExists
          : Reason.signallingMemberOnOtherDevice,
      );
    }
    if (channel.members.length >= MEMBERS_MAX) throw new Refusal(Reason.signallingMemberLimit);
    if (channel.members.some(({ uid }) => uid === who.uid)) {
      throw new Refusal(Reason.signallingUidNotUnique);
    }
    const taken = channel.members.map(({ uid }) => uid);
    const member: ChannelMember = {
      accountId: who.accountId,
      deviceId: who.deviceId,
      uid: who.uid || Math.max(100_000, ...taken) + 1,
      joinTime: this.world.now(),
      expireTime: channel.expireTime,
    };
    channel.members.push(member);
    return member;
  }

  leaveChannel(channel: SignallingChannel, accountId: string): void {
    requireMember(channel, accountId);
    channel.members = channel.members.filter((member) => member.accountId !== accountId);
  }

  /** Closes the channel. Only its creator and members may close it. */
  closeChannel(channel: SignallingChannel, accountId: string): void {
    if (channel.creatorId !== accountId) requireMember(channel, accountId);
    this.open.delete(channel.channelId);
  }

  addInvitation(channel: SignallingChannel, invitation: Omit<Invitation, 'state'>): void {
    const { inviterId, inviteeId, requestId } = invitation;
    if (channel.creatorId !== inviterId) requireMember(channel, inviterId);
    this.world.requireAccount(inviteeId);
    if (!requestId || inviteeId === inviterId) throw new Refusal(Reason.parameterError);
    if (memberOf(channel, inviteeId)) throw new Refusal(Reason.signallingMemberExists);
    channel.invitations.push({ ...invitation, state: 'open' });
  }

  /**
   * Ends an open invitation. Only the first of accept, reject and cancel succeeds; later answers are refused with
   * 118302 (accepted), 118307 (rejected) or 118310 (cancelled or never sent).
   */
  answerInvitation(
    channel: SignallingChannel,
    who: Omit<Invitation, 'state'>,
    state: 'accepted' | 'rejected' | 'cancelled',
  ): void {
    const invitation = channel.invitations.find(
      ({ requestId, inviterId, inviteeId }) =>
        requestId === who.requestId && inviterId === who.inviterId && inviteeId === who.inviteeId,
    );
    if (invitation?.state === 'accepted') throw new Refusal(Reason.signallingInviteAccepted);
    if (invitation?.state === 'rejected') throw new Refusal(Reason.signallingInviteRejected);
    if (invitation?.state !== 'open') throw new Refusal(Reason.signallingInviteNotExist);
    invitation.state = state;
  }

  createEvent(event: Omit<SignalEvent, 'eventId' | 'time'>): SignalEvent {
    this.lastEventId += 1;
    return { ...event, eventId: this.lastEventId, time: this.world.now() };
  }

  /** Stores an event for an account until a client of the account acknowledges the event. */
  keepEvent(accountId: string, event: SignalEvent): void {
    this.kept.set(accountId, [...this.keptEvents(accountId), event]);
  }

  keptEvents(accountId: string): readonly SignalEvent[] {
    return this.kept.get(accountId) ?? [];
  }

  acknowledgeEvents(accountId: string, ids: ReadonlySet<string>): void {
    const rest = this.keptEvents(accountId).filter(({ eventId }) => !ids.has(String(eventId)));
    this.kept.set(accountId, rest);
  }
}

function memberOf(channel: SignallingChannel, accountId: string): ChannelMember | undefined {
  return channel.members.find((member) => member.accountId === accountId);
}

function requireMember(channel: SignallingChannel, accountId: string): ChannelMember {
  const member = memberOf(channel, accountId);
  if (!member) throw new Refusal(Reason.signallingMemberNotExist);
  return member;
}
