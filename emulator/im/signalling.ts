import { randomUUID } from 'node:crypto';
import type { Property } from '../protocol/packet';
import { Reason, Refusal } from '../protocol/reasons';
import { isSwitchedOff, numberOf, textOf, truthOf } from '../protocol/request-items';
import { type ChannelMember, SignalType, type SignallingChannel } from '../world/signalling';
import type { ImCall, ImHandlers } from './im-command';
import { eventToWire, roomToWire, SignalTag } from './signalling-wire';

/** An RTC token is good for so many seconds unless the client asks otherwise. */
const RTC_TOKEN_SECONDS = 600;

/** What a request of sid 18 carries. */
interface SignalRequest {
  call: ImCall;
  tags: Property;
  channelId: string;
  /** The other account, when there is one. */
  toId: string;
  requestId: string;
}

function read(call: ImCall): SignalRequest {
  const tags = call.items.property(0);
  return {
    call,
    tags,
    channelId: textOf(tags[SignalTag.channelId]),
    toId: textOf(tags[SignalTag.toId]),
    requestId: textOf(tags[SignalTag.requestId]),
  };
}

/** Tells every client of `receivers`; kept for those who are away unless the sender said not to. */
function tell(
  request: SignalRequest,
  channel: SignallingChannel,
  type: number,
  receivers: readonly string[],
  details: { toId?: string; requestId?: string; member?: ChannelMember } = {},
): void {
  const { call, tags } = request;
  const { world, accountId, sessions } = call;
  for (const receiver of receivers) {
    const event = world.signalling.event({
      type,
      channel,
      fromId: accountId,
      toId: details.toId ?? '',
      requestId: details.requestId ?? '',
      serverExtension: textOf(tags[SignalTag.serverExtension]),
      ...(details.member ? { member: details.member } : {}),
    });
    if (!isSwitchedOff(tags[SignalTag.offlineEnabled])) world.signalling.keep(receiver, event);
    const body = [eventToWire(event, world.signalling.isOpen(channel))];
    // Wrapped, with a number in front: only then does the SDK acknowledge an online event.
    sessions.push(receiver, '4_1', [event.eventId, { headerPacket: { sid: 15, cid: 11 }, body }]);
  }
}

/** My other clients hear what I answered. */
function tellMyOthers(
  { call, tags, toId, requestId }: SignalRequest,
  channel: SignallingChannel,
  type: number,
): void {
  const { world, accountId, session, sessions } = call;
  const event = world.signalling.event({
    type,
    channel,
    fromId: accountId,
    toId,
    requestId,
    serverExtension: textOf(tags[SignalTag.serverExtension]),
  });
  sessions.push(accountId, '15_12', [eventToWire(event, true)], session.consid);
}

function othersIn(channel: SignallingChannel, accountId: string): string[] {
  return channel.members.map((one) => one.accountId).filter((id) => id !== accountId);
}

function create({ call, tags }: SignalRequest): SignallingChannel {
  return call.world.signalling.create({
    creatorId: call.accountId,
    channelType: numberOf(tags[SignalTag.channelType]),
    channelName: textOf(tags[SignalTag.channelName]),
    channelExtension: textOf(tags[SignalTag.channelExtension]),
  });
}

/** Joins, tells the others, and returns the reply: the room, my number in it and the RTC token. */
function join(request: SignalRequest, channel: SignallingChannel): Property {
  const { call, tags } = request;
  const { world, accountId, session } = call;
  const { deviceId } = session;
  const uid = numberOf(tags[SignalTag.uid]);
  const member = world.signalling.join(channel, { accountId, deviceId, uid });
  tell(request, channel, SignalType.join, othersIn(channel, accountId), { member });
  return {
    ...roomToWire(channel),
    [SignalTag.uid]: member.uid,
    [SignalTag.rtcToken]: `rtc-${randomUUID()}`,
    [SignalTag.rtcTokenTtl]: numberOf(tags[SignalTag.rtcTokenTtl]) || RTC_TOKEN_SECONDS,
    ...(tags[SignalTag.rtcParams] === undefined
      ? {}
      : { [SignalTag.rtcParams]: textOf(tags[SignalTag.rtcParams]) }),
  };
}

/** Invites, and returns 200, or the code that says that the invited account has no client online. */
function invite(request: SignalRequest, channel: SignallingChannel): number {
  const { call, tags, toId, requestId } = request;
  const { world, accountId, sessions } = call;
  world.signalling.invite(channel, { inviterId: accountId, inviteeId: toId, requestId });
  tell(request, channel, SignalType.invite, [toId], { toId, requestId });
  if (sessions.ofAccount(toId).length) return Reason.success;
  return truthOf(tags[SignalTag.pushEnabled])
    ? Reason.signallingOfflineButReachable
    : Reason.signallingOffline;
}

/** Accepts or rejects an invitation of `toId`. */
function answer(
  request: SignalRequest,
  channel: SignallingChannel,
  state: 'accepted' | 'rejected',
): void {
  const { call, toId, requestId } = request;
  const { world, accountId } = call;
  world.signalling.answer(channel, { inviterId: toId, inviteeId: accountId, requestId }, state);
  const type = state === 'accepted' ? SignalType.accept : SignalType.reject;
  tell(request, channel, type, [toId], { toId, requestId });
  tellMyOthers(request, channel, type);
}

function sendControl(request: SignalRequest): unknown[] {
  const { call, toId, channelId } = request;
  const { accountId, world } = call;
  const channel = world.signalling.require(channelId);
  const others = othersIn(channel, accountId);
  const isMember = others.length < channel.members.length;
  if (!isMember || (toId && !others.includes(toId))) {
    throw new Refusal(Reason.signallingMemberNotExist);
  }
  tell(request, channel, SignalType.control, toId ? [toId] : others, { toId });
  return [];
}

/** A handler that is given the request's fields, and the channel it names. */
function inChannel(
  handle: (request: SignalRequest, channel: SignallingChannel) => unknown[],
): (call: ImCall) => unknown[] {
  return (call) => {
    const request = read(call);
    return handle(request, call.world.signalling.require(request.channelId));
  };
}

/** Signalling: rooms, invitations and their answers, control messages. */
export const signallingHandlers: ImHandlers = {
  '18_1': (call) => [roomToWire(create(read(call)))],

  '18_2': inChannel(({ call }, channel) => {
    call.world.signalling.delay(channel, call.accountId);
    return [roomToWire(channel)];
  }),

  '18_3': inChannel((request, channel) => {
    const { accountId, world } = request.call;
    const others = othersIn(channel, accountId);
    world.signalling.close(channel, accountId);
    tell(request, channel, SignalType.close, others);
    return [roomToWire(channel)];
  }),

  '18_4': inChannel((request, channel) => [join(request, channel)]),

  '18_5': inChannel((request, channel) => {
    const { accountId, world } = request.call;
    world.signalling.leave(channel, accountId);
    tell(request, channel, SignalType.leave, othersIn(channel, accountId));
    return [roomToWire(channel)];
  }),

  '18_6': inChannel((request, channel) => {
    const status = invite(request, channel);
    // The invitation stands and is kept; the code says that nobody has heard it yet.
    if (status !== Reason.success) throw new Refusal(status);
    return [roomToWire(channel)];
  }),

  '18_7': inChannel((request, channel) => {
    const { call, toId, requestId } = request;
    const inviterId = call.accountId;
    call.world.signalling.answer(channel, { inviterId, inviteeId: toId, requestId }, 'cancelled');
    tell(request, channel, SignalType.cancel, [toId], { toId, requestId });
    return [roomToWire(channel)];
  }),

  '18_8': inChannel((request, channel) => {
    answer(request, channel, 'rejected');
    return [];
  }),

  '18_9': inChannel((request, channel) => {
    answer(request, channel, 'accepted');
    return [];
  }),

  '18_10': (call) => sendControl(read(call)),

  '18_15': (call) => {
    const name = textOf(call.items.property(0)[SignalTag.channelName]);
    return [roomToWire(call.world.signalling.requireName(name))];
  },

  '18_16': (call) => {
    const request = read(call);
    call.world.requireAccount(request.toId);
    if (request.toId === call.accountId) throw new Refusal(Reason.parameterError);
    const channel = create(request);
    const reply = join(request, channel);
    return [{ ...reply, [SignalTag.callStatus]: invite(request, channel) }];
  },

  '18_17': inChannel((request, channel) => {
    answer(request, channel, 'accepted');
    return [{ ...join(request, channel), [SignalTag.callStatus]: Reason.success }];
  }),
};
