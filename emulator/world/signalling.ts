import { randomUUID } from 'node:crypto';
import { Reason, Refusal } from '../protocol/reasons';
import type { World } from './world';

/** One account in a channel, on one device. Times in ms. */
export interface ChannelMember {
  accountId: string;
  /** The member's number in the RTC room. */
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

/** A signalling room. */
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

/** What the tag 19 of an event says it is. */
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
  /** Acknowledged by `4_5` under (15,11). */
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

/** Yunxin's documents: a channel ends two hours after it was created or last extended. */
export const CHANNEL_LIFE_MS = 2 * 3600 * 1000;
/** Yunxin's documents: at most so many in one channel. */
const MEMBERS_MAX = 8;

/**
 * Signalling channels, who is in them, and events kept for those who are away. Memory only: calls do not
 * outlive the servers. An expired channel is gone at the next look, without a word to anybody.
 */
export class Signalling {
  private readonly open = new Map<string, SignallingChannel>();
  private readonly kept = new Map<string, SignalEvent[]>();
  private lastEventId = 0;

  constructor(private readonly world: World) {}

  /** Every channel there is; a call that is over leaves none. */
  channels(): SignallingChannel[] {
    const now = this.world.now();
    for (const [id, { expireTime }] of this.open) if (expireTime <= now) this.open.delete(id);
    return [...this.open.values()];
  }

  /** The channel; refused with 118404 when it does not exist, was closed or has expired. */
  require(channelId: string): SignallingChannel {
    const found = this.channels().find((channel) => channel.channelId === channelId);
    if (!found) throw new Refusal(Reason.signallingRoomNotExist, `no channel ${channelId}`);
    return found;
  }

  requireName(channelName: string): SignallingChannel {
    const found = this.channels().find((channel) => channel.channelName === channelName);
    if (!found || !channelName) throw new Refusal(Reason.signallingRoomNotExist);
    return found;
  }

  isOpen(channel: SignallingChannel): boolean {
    return this.channels().includes(channel);
  }

  /** Channels an account is in, on whatever device. */
  channelsOf(accountId: string): SignallingChannel[] {
    return this.channels().filter((channel) => memberOf(channel, accountId));
  }

  create(options: {
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

  /** Two more hours. */
  delay(channel: SignallingChannel, accountId: string): void {
    requireMember(channel, accountId);
    channel.expireTime = this.world.now() + CHANNEL_LIFE_MS;
    for (const member of channel.members) member.expireTime = channel.expireTime;
  }

  /** `uid` 0: the server chooses one. */
  join(
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

  leave(channel: SignallingChannel, accountId: string): void {
    requireMember(channel, accountId);
    channel.members = channel.members.filter((member) => member.accountId !== accountId);
  }

  /** By its creator or a member. */
  close(channel: SignallingChannel, accountId: string): void {
    if (channel.creatorId !== accountId) requireMember(channel, accountId);
    this.open.delete(channel.channelId);
  }

  invite(channel: SignallingChannel, invitation: Omit<Invitation, 'state'>): void {
    const { inviterId, inviteeId, requestId } = invitation;
    if (channel.creatorId !== inviterId) requireMember(channel, inviterId);
    this.world.requireAccount(inviteeId);
    if (!requestId || inviteeId === inviterId) throw new Refusal(Reason.parameterError);
    if (memberOf(channel, inviteeId)) throw new Refusal(Reason.signallingMemberExists);
    channel.invitations.push({ ...invitation, state: 'open' });
  }

  /**
   * Ends an open invitation one way. Exactly one of accept, reject and cancel succeeds; the others are
   * told which it was: 118302 accepted, 118307 rejected, 118310 cancelled or never made.
   */
  answer(
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

  event(event: Omit<SignalEvent, 'eventId' | 'time'>): SignalEvent {
    this.lastEventId += 1;
    return { ...event, eventId: this.lastEventId, time: this.world.now() };
  }

  /** Keeps an event for an account until one of its clients acknowledges it. */
  keep(accountId: string, event: SignalEvent): void {
    this.kept.set(accountId, [...this.keptFor(accountId), event]);
  }

  keptFor(accountId: string): readonly SignalEvent[] {
    return this.kept.get(accountId) ?? [];
  }

  acknowledge(accountId: string, ids: ReadonlySet<string>): void {
    const rest = this.keptFor(accountId).filter(({ eventId }) => !ids.has(String(eventId)));
    this.kept.set(accountId, rest);
  }
}

export function memberOf(channel: SignallingChannel, accountId: string): ChannelMember | undefined {
  return channel.members.find((member) => member.accountId === accountId);
}

function requireMember(channel: SignallingChannel, accountId: string): ChannelMember {
  const member = memberOf(channel, accountId);
  if (!member) throw new Refusal(Reason.signallingMemberNotExist);
  return member;
}
