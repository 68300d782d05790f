import type { Property } from '../protocol/packet';
import { Reason, Refusal } from '../protocol/reasons';
import { isSwitchedOff, textOf } from '../protocol/request-items';
import { MessageTag } from '../protocol/tags';
import { logKey } from '../world/message-log';
import { MemberRole, TeamTag } from '../world/teams';
import type { World } from '../world/world';
import type { ConversationType, TeamKind } from '../world/world-state';

const SECOND_MS = 1000;

/** Values of a team's `chatBannedMode`. */
const NORMAL_MEMBERS_BANNED = 1;
const ALL_BANNED = 3;

function checkP2p(world: World, senderId: string, receiverId: string): void {
  world.requireAccount(receiverId);
  if (world.relations.isBlocked(receiverId, senderId)) {
    throw new Refusal(Reason.accountInBlockList);
  }
  const { friendsOnly } = world.messaging;
  if (friendsOnly && senderId !== receiverId && !world.relations.friend(receiverId, senderId)) {
    throw new Refusal(Reason.friendNotExist, `${receiverId} is no friend`);
  }
}

function checkTeam(world: World, senderId: string, teamId: string, kind: TeamKind): void {
  const member = world.teams.requireMember(teamId, senderId, kind);
  if (member.chatBanned) throw new Refusal(Reason.teamMemberChatBanned);
  const mode = Number(world.teams.require(teamId).tags[TeamTag.chatBannedMode] ?? 0);
  if (mode === ALL_BANNED) throw new Refusal(Reason.allTeamMembersChatBanned);
  if (mode === NORMAL_MEMBERS_BANNED && member.role === MemberRole.normal) {
    throw new Refusal(Reason.teamNormalMemberChatBanned);
  }
}

/** Refuses a content above the limits, and a text with a forbidden word. */
export function checkContent(world: World, message: Property): void {
  const { textLimit, extensionLimit, attachmentLimit, antispamWords } = world.messaging;
  const text = textOf(message[MessageTag.text]);
  const bytes = (tag: number): number => Buffer.byteLength(textOf(message[tag]));
  if (
    text.length > textLimit ||
    bytes(MessageTag.serverExtension) > extensionLimit ||
    bytes(MessageTag.attachment) > attachmentLimit
  ) {
    throw new Refusal(Reason.parameterError, 'the message is too long');
  }
  const checked = !isSwitchedOff(message[MessageTag.antispamEnabled]);
  if (checked && antispamWords.some((word) => text.includes(word))) {
    throw new Refusal(Reason.messageHitAntispam);
  }
}

/** Refuses a message above the limit of messages per account and second. */
function checkRate(world: World, senderId: string): void {
  const { messagesPerSecond } = world.messaging;
  if (messagesPerSecond <= 0) return;
  const since = world.now() - SECOND_MS;
  const teamKeys = (['team', 'superTeam'] as const).flatMap((kind) =>
    world.teams.membershipsOf(senderId, kind).map(({ teamId }) => logKey(kind, senderId, teamId)),
  );
  let recent = 0;
  for (const key of [...world.logs.p2pKeys(senderId), ...teamKeys]) {
    const log = world.logs.readLog(key);
    for (let at = log.length - 1; at >= 0; at -= 1) {
      const message = log[at];
      if (!message || message.createTime <= since) break;
      if (message.senderId === senderId) recent += 1;
    }
  }
  if (recent >= messagesPerSecond) throw new Refusal(Reason.rateLimitReached);
}

/** Refuses an account that may not write to the other account or in the team. */
export function checkMayWrite(
  world: World,
  senderId: string,
  { type, receiverId }: { type: ConversationType; receiverId: string },
): void {
  if (world.messaging.chatBanned) throw new Refusal(Reason.appChatBanned);
  if (world.account(senderId)?.chatBanned) throw new Refusal(Reason.accountChatBanned);
  if (type === 'p2p') checkP2p(world, senderId, receiverId);
  else checkTeam(world, senderId, receiverId, type);
}

/** Refuses a message that the server does not accept, with the public code of the reason. */
export function checkMaySend(
  world: World,
  senderId: string,
  target: { type: ConversationType; receiverId: string },
  message: Property,
): void {
  checkMayWrite(world, senderId, target);
  checkContent(world, message);
  checkRate(world, senderId);
}
