import { authenticate, type AuthenticationConfig } from '../im/authentication';
import { checkApp } from '../im/login';
import type { EmulatorLog } from '../link/emulator-log';
import type { Link } from '../link/link';
import type { ClientRequest, Property } from '../protocol/packet';
import { Reason, Refusal } from '../protocol/reasons';
import { numberOf, RequestItems, textOf, truthOf } from '../protocol/request-items';
import { EnterTag, MemberRole, RoomKickReason } from '../protocol/room-tags';
import { LoginTag } from '../protocol/tags';
import type { RoomRecord } from '../world/room-state';
import type { ChatroomParts } from './room-command';
import type { RoomLocation, MemberProfile, RoomSession } from './room-sessions';
import { hitsAntispam } from './antispam';
import { cdnToWire } from './cdn';
import { parseTags } from './tag-expression';

/** Maximum number of clients of an account in a room under any policy. */
const MAX_CLIENTS = 10;
const SERVER_EXTENSION_LIMIT = 4096;
const NOTIFICATION_EXTENSION_LIMIT = 2048;

export interface EnterOptions {
  parts: ChatroomParts;
  log: EmulatorLog;
  authentication: AuthenticationConfig;
}

interface EnterRequest {
  /** Room item (docs/yunxin-protocol.md, section 8.10) and client item (section 2.1). */
  room: Property;
  client: Property;
  roomId: string;
  accountId: string;
  anonymous: boolean;
  authType: number;
}

function readRequest(request: ClientRequest): EnterRequest {
  const items = new RequestItems(request.items);
  const room = items.property(1);
  return {
    room,
    client: items.property(2),
    roomId: textOf(room[EnterTag.roomId]),
    accountId: textOf(room[EnterTag.account]),
    anonymous: truthOf(room[EnterTag.anonymous]),
    authType: numberOf(room[EnterTag.authType]),
  };
}

/**
 * Handles `36_2`. Checks app, room, account, credentials, the room's block list, the parameters and the
 * room's login policy, in this order.
 */
export async function enter(
  options: EnterOptions,
  link: Link,
  request: ClientRequest,
): Promise<unknown[]> {
  const { world } = options.parts;
  const asked = readRequest(request);
  const attempt = {
    time: world.now(),
    roomId: asked.roomId,
    accountId: asked.accountId,
    appkey: textOf(asked.room[EnterTag.appkey]),
    authType: asked.authType,
    appLogin: numberOf(asked.room[EnterTag.appLogin]),
    deviceId: textOf(asked.room[EnterTag.deviceId]),
    nick: textOf(asked.room[EnterTag.nick]),
    avatar: textOf(asked.room[EnterTag.avatar]),
    hasToken: textOf(asked.client[LoginTag.token]) !== '',
    loginExtension: textOf(asked.room[EnterTag.loginExtension]),
  };
  try {
    await checkCredentials(options, asked);
    const answer = admitClient(options, link, asked);
    options.log.recordEnter({ ...attempt, code: Reason.success });
    return answer;
  } catch (error) {
    if (error instanceof Refusal) options.log.recordEnter({ ...attempt, code: error.code });
    throw error;
  }
}

async function checkCredentials(options: EnterOptions, asked: EnterRequest): Promise<void> {
  const { world } = options.parts;
  const { accountId, authType, anonymous } = asked;
  checkApp(world, textOf(asked.room[EnterTag.appkey]), options.authentication.appkey);
  if (!world.rooms.settings.enabled) throw new Refusal(Reason.chatroomDisabled);
  const room = world.rooms.require(asked.roomId);
  if (anonymous) {
    if (!room.anonymousAllowed) throw new Refusal(Reason.chatroomAnonymousForbidden);
    // An anonymous client must not use the id of a registered account.
    if (!accountId || world.account(accountId)) throw new Refusal(Reason.forbidden);
    return;
  }
  const account = world.requireAccount(accountId);
  if (account.loginRefusal !== undefined) throw new Refusal(account.loginRefusal);
  if (!world.rooms.settings.authTypes.includes(authType)) {
    throw new Refusal(Reason.forbidden, 'this way to sign in is not configured');
  }
  const code = await authenticate(options.authentication, account, {
    authType,
    token: textOf(asked.client[LoginTag.token]),
    loginExtension:
      textOf(asked.room[EnterTag.loginExtension]) || textOf(asked.client[LoginTag.loginExtension]),
  });
  if (code !== Reason.success) throw new Refusal(code);
}

function locationOf(room: Property): RoomLocation | undefined {
  const { x, y, z } = EnterTag;
  if (room[x] === undefined && room[y] === undefined && room[z] === undefined) return undefined;
  return { x: numberOf(room[x]), y: numberOf(room[y]), z: numberOf(room[z]) };
}

function tagsOf(room: Property): string[] {
  const text = textOf(room[EnterTag.tags]);
  const tags = text ? parseTags(text) : [];
  if (!tags) throw new Refusal(Reason.parameterError, 'tags is a JSON array of text');
  return tags;
}

function requestedProfile(
  options: EnterOptions,
  room: RoomRecord,
  asked: EnterRequest,
): MemberProfile {
  const { wire, world } = options.parts;
  const known = wire.profileOf(room, asked.accountId);
  const nick = textOf(asked.room[EnterTag.nick]) || known.nick;
  const serverExtension = textOf(asked.room[EnterTag.serverExtension]) || known.serverExtension;
  if (serverExtension.length > SERVER_EXTENSION_LIMIT) {
    throw new Refusal(Reason.parameterError, `serverExtension: ${SERVER_EXTENSION_LIMIT} at most`);
  }
  if (hitsAntispam(world, nick)) throw new Refusal(Reason.chatroomMemberHitAntispam);
  return { nick, avatar: textOf(asked.room[EnterTag.avatar]) || known.avatar, serverExtension };
}

function admitClient(options: EnterOptions, link: Link, asked: EnterRequest): unknown[] {
  const { world, wire, people, sessions } = options.parts;
  // The room may have changed while the third-party callback was running.
  const room = world.rooms.require(asked.roomId);
  const { roomId, accountId } = asked;
  if (world.rooms.findMember(room, accountId)?.blocked) throw new Refusal(Reason.chatroomBlocked);
  const extension = textOf(asked.room[EnterTag.notificationExtension]);
  if (extension.length > NOTIFICATION_EXTENSION_LIMIT) {
    throw new Refusal(
      Reason.parameterError,
      `notificationExtension: ${NOTIFICATION_EXTENSION_LIMIT} at most`,
    );
  }
  const session: RoomSession = {
    ...requestedProfile(options, room, asked),
    roomId,
    accountId,
    link,
    clientId: textOf(asked.room[EnterTag.deviceId]),
    clientType: numberOf(asked.client[LoginTag.clientType]),
    customClientType: numberOf(asked.client[LoginTag.customClientType]),
    antispamBusinessId: textOf(asked.room[EnterTag.antispamBusinessId]),
    enterTime: world.now(),
    tags: tagsOf(asked.room),
    notifyTargetTags: textOf(asked.room[EnterTag.notifyTargetTags]),
    location: locationOf(asked.room),
    distance: numberOf(asked.room[EnterTag.distance]),
  };
  // A link is in at most one room: entering again leaves the previous room.
  const before = sessions.ofLink(link);
  if (before) people.leaveRoom(before);
  applyLoginPolicy(options, room, session, numberOf(asked.room[EnterTag.appLogin]) === 0);
  link.accountId = accountId;
  const member = people.enterRoom(room, session, extension);
  if (asked.anonymous) member.role = MemberRole.anonymous;
  // The socket may have closed while the third-party callback was running; then the session must not stay.
  if (!link.open) people.leaveRoom(session);
  return [wire.room(room), wire.member(room, member), cdnToWire(options.parts, room)];
}

/** Kicks the account's clients that the room's login policy does not allow beside the new client. */
function applyLoginPolicy(
  options: EnterOptions,
  room: RoomRecord,
  session: RoomSession,
  automatic: boolean,
): void {
  const { sessions, people } = options.parts;
  const { loginPolicy } = room;
  const own = sessions.ofAccount(room.roomId, session.accountId);
  // A session of the same device is stale: its link is dead or its SDK instance is gone.
  const stale = own.filter(({ clientId }) => clientId === session.clientId);
  const others = own.filter(({ clientId }) => clientId !== session.clientId);
  const exclusive = loginPolicy.kind === 'exclusive';
  const most = exclusive ? 1 : Math.min(loginPolicy.clients, MAX_CLIENTS);
  const leaving = others.slice(0, Math.max(0, others.length + 1 - most));
  if (exclusive && leaving.length && automatic) {
    // Two clients that both reconnect automatically must not kick each other for ever.
    throw new Refusal(Reason.multiLoginForbidden);
  }
  for (const old of stale) people.replaceClient(old);
  for (const old of leaving) sessions.kickSession(old, RoomKickReason.otherClient);
}
