import type { Property } from '../protocol/packet';
import type { ChannelMember, SignalEvent, SignallingChannel } from '../world/signalling';

/** Tags of the commands of sid 18 and of the pushes 15_11 to 15_14 (docs/yunxin-protocol.md, section 8.9). */
export const SignalTag = {
  channelType: 1,
  channelName: 2,
  channelId: 3,
  createTime: 4,
  expireTime: 5,
  creatorId: 6,
  channelExtension: 7,
  /** "1" means invalid; the SDK's name means the opposite. */
  channelInvalid: 8,
  fromId: 10,
  toId: 11,
  requestId: 12,
  pushEnabled: 13,
  pushTitle: 14,
  pushContent: 15,
  pushPayload: 16,
  unreadEnabled: 17,
  members: 18,
  attach: 19,
  serverExtension: 20,
  offlineEnabled: 21,
  eventId: 22,
  uid: 23,
  time: 24,
  rtcChannelName: 25,
  rtcTokenTtl: 26,
  rtcToken: 27,
  rtcParams: 28,
  callStatus: 30,
} as const;

function memberToWire(member: ChannelMember): Property {
  return {
    1: member.accountId,
    2: String(member.uid),
    3: String(member.joinTime),
    4: String(member.expireTime),
    5: member.deviceId,
  };
}

/** Fields of the channel without its members. */
function channelFields(channel: SignallingChannel, isOpen: boolean): Property {
  return {
    [SignalTag.channelType]: channel.channelType,
    ...(channel.channelName ? { [SignalTag.channelName]: channel.channelName } : {}),
    [SignalTag.channelId]: channel.channelId,
    [SignalTag.createTime]: channel.createTime,
    [SignalTag.expireTime]: channel.expireTime,
    [SignalTag.creatorId]: channel.creatorId,
    ...(channel.channelExtension ? { [SignalTag.channelExtension]: channel.channelExtension } : {}),
    [SignalTag.channelInvalid]: isOpen ? '0' : '1',
  };
}

/** Converts a channel with its members; the members are JSON text. */
export function channelToWire(channel: SignallingChannel): Property {
  return {
    ...channelFields(channel, true),
    [SignalTag.members]: JSON.stringify(channel.members.map(memberToWire)),
  };
}

/** Converts an event; its type is in the JSON of `attach`. */
export function eventToWire(event: SignalEvent, isOpen: boolean): Property {
  const { type, member } = event;
  return {
    ...channelFields(event.channel, isOpen),
    [SignalTag.fromId]: event.fromId,
    ...(event.toId ? { [SignalTag.toId]: event.toId } : {}),
    ...(event.requestId ? { [SignalTag.requestId]: event.requestId } : {}),
    [SignalTag.attach]: JSON.stringify({
      type,
      ...(member ? { member: memberToWire(member) } : {}),
    }),
    [SignalTag.serverExtension]: event.serverExtension,
    [SignalTag.eventId]: String(event.eventId),
    [SignalTag.time]: event.time,
  };
}
