import { randomUUID } from 'node:crypto';
import type { Property } from '../protocol/packet';
import { Reason, Refusal } from '../protocol/reasons';
import { isSwitchedOff, numberOf, textOf, truthOf } from '../protocol/request-items';
import { type ChannelMember, SignalType, type SignallingChannel } from '../world/signalling';
import type { ImCall, ImHandlers } from './im-command';
import { eventToWire, channelToWire, SignalTag } from './signalling-wire';

/** Default lifetime of an RTC token. */
const RTC_TOKEN_SECONDS = 600;

/** Fields of a request of sid 18. */
interface SignalRequest {
  call: ImCall;
  tags: Property;
  channelId: string;
  /** The other account, if any. */
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

/** Pushes an event to all clients of `receivers` and stores it for later unless the sender disabled that. */
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
    const event = world.signalling.createEvent({
      type,
      channel,
      fromId: accountId,
      toId: details.toId ?? '',
      requestId: details.requestId ?? '',
      serverExtension: textOf(tags[SignalTag.serverExtension]),
      ...(details.member ? { member: details.member } : {}),
    });
    if (!isSwitchedOff(tags[SignalTag.offlineEnabled])) world.signalling.keepEvent(receiver, event);
    const body = [eventToWire(event, world.signalling.isOpen(channel))];
    // The SDK acknowledges an online event only in this wrapping with a number in front.
    sessions.push(receiver, '4_1', [event.eventId, { headerPacket: { sid: 15, cid: 11 }, body }]);
  }
}

/** Pushes the caller's answer to the other clients of the same account. */
function tellMyOthers(
  { call, tags, toId, requestId }: SignalRequest,
  channel: SignallingChannel,
  type: number,
): void {
  const { world, accountId, session, sessions } = call;
  const event = world.signalling.createEvent({
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
  return call.world.signalling.createChannel({
    creatorId: call.accountId,
    channelType: numberOf(tags[SignalTag.channelType]),
    channelName: textOf(tags[SignalTag.channelName]),
    channelExtension: textOf(tags[SignalTag.channelExtension]),
  });
}

/** Joins, notifies the other members, and returns the reply: the channel, the member's uid and the RTC token. */
function join(request: SignalRequest, channel: SignallingChannel): Property {
  const { call, tags } = request;
  const { world, accountId, session } = call;
  const { deviceId } = session;
  const uid = numberOf(tags[SignalTag.uid]);
  const member = world.signalling.joinChannel(channel, { accountId, deviceId, uid });
  tell(request, channel, SignalType.join, othersIn(channel, accountId), { member });
  return {
    ...channelToWire(channel),
    [SignalTag.uid]: member.uid,
    [SignalTag.rtcToken]: `rtc-${randomUUID()}`,
    [SignalTag.rtcTokenTtl]: numberOf(tags[SignalTag.rtcTokenTtl]) || RTC_TOKEN_SECONDS,
    ...(tags[SignalTag.rtcParams] === undefined
      ? {}
      : { [SignalTag.rtcParams]: textOf(tags[SignalTag.rtcParams]) }),
  };
}

/** Invites. Returns 200, or the code for an invited account without an online client. */
function invite(request: SignalRequest, channel: SignallingChannel): number {
  const { call, tags, toId, requestId } = request;
  const { world, accountId, sessions } = call;
  world.signalling.addInvitation(channel, { inviterId: accountId, inviteeId: toId, requestId });
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
  world.signalling.answerInvitation(
    channel,
    { inviterId: toId, inviteeId: accountId, requestId },
    state,
  );
  const type = state === 'accepted' ? SignalType.accept : SignalType.reject;
  tell(request, channel, type, [toId], { toId, requestId });
  tellMyOthers(request, channel, type);
}

function sendControl(request: SignalRequest): unknown[] {
  const { call, toId, channelId } = request;
  const { accountId, world } = call;
  const channel = world.signalling.requireChannel(channelId);
  const others = othersIn(channel, accountId);
  const isMember = others.length < channel.members.length;
  if (!isMember || (toId && !others.includes(toId))) {
    throw new Refusal(Reason.signallingMemberNotExist);
  }
  tell(request, channel, SignalType.control, toId ? [toId] : others, { toId });
  return [];
}

/** Builds a handler that gets the request's fields and the channel named in it. */
function inChannel(
  handle: (request: SignalRequest, channel: SignallingChannel) => unknown[],
): (call: ImCall) => unknown[] {
  return (call) => {
    const request = read(call);
    return handle(request, call.world.signalling.requireChannel(request.channelId));
  };
}

/** Commands on signalling: channels, invitations and their answers, control messages. */
export const signallingHandlers: ImHandlers = {
  '18_1': (call) => [channelToWire(create(read(call)))],

  '18_2': inChannel(({ call }, channel) => {
    call.world.signalling.extendChannel(channel, call.accountId);
    return [channelToWire(channel)];
  }),

  '18_3': inChannel((request, channel) => {
    const { accountId, world } = request.call;
    const others = othersIn(channel, accountId);
    world.signalling.closeChannel(channel, accountId);
    tell(request, channel, SignalType.close, others);
    return [channelToWire(channel)];
  }),

  '18_4': inChannel((request, channel) => [join(request, channel)]),

  '18_5': inChannel((request, channel) => {
    const { accountId, world } = request.call;
    world.signalling.leaveChannel(channel, accountId);
    tell(request, channel, SignalType.leave, othersIn(channel, accountId));
    return [channelToWire(channel)];
  }),

  '18_6': inChannel((request, channel) => {
    const status = invite(request, channel);
    // The invitation is valid and stored; the code says that no client has received it yet.
    if (status !== Reason.success) throw new Refusal(status);
    return [channelToWire(channel)];
  }),

  '18_7': inChannel((request, channel) => {
    const { call, toId, requestId } = request;
    const inviterId = call.accountId;
    call.world.signalling.answerInvitation(
      channel,
      { inviterId, inviteeId: toId, requestId },
      'cancelled',
    );
    tell(request, channel, SignalType.cancel, [toId], { toId, requestId });
    return [channelToWire(channel)];
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
    return [channelToWire(call.world.signalling.requireChannelNamed(name))];
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
