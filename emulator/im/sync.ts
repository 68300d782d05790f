import type { Property } from '../protocol/packet';
import { isSwitchedOff, numberOf } from '../protocol/request-items';
import { MessageTag, SyncItem } from '../protocol/tags';
import { logKey } from '../world/message-log';
import { TeamTag } from '../world/teams';
import type { ConversationType, RecallRecord, StoredMessage, TeamKind } from '../world/world-state';
import { visibleTo } from './history';
import type { ImCall, ImHandlers } from './im-command';
import { broadcastToWire, isOfSuperTeam } from './notifications';
import { deletionToWire, messageToWire, notificationToWire, recallToWire } from './message-wire';
import { stickTopToWire } from './read-positions';
import { clearedToWire } from './removals';
import { eventToWire, channelToWire } from './signalling-wire';

/** Limits of a first sync: roaming messages of a conversation, and their age. */
const ROAMING_PER_CONVERSATION = 100;
const ROAMING_MS = 7 * 24 * 3600 * 1000;
const OFFLINE_PER_PUSH = 100;

/** Pushes the records of a sync item that are newer than `since` (0 on a first sync). */
type SyncPush = (
  call: ImCall,
  push: (command: string, r: unknown[]) => void,
  since: number,
) => void;

function offlineMessages({ world, accountId }: ImCall): StoredMessage[] {
  return world
    .mailbox(accountId)
    .offline.flatMap((id) => world.logs.findByServerId(id) ?? [])
    .sort((a, b) => a.createTime - b.createTime);
}

const pushOffline: SyncPush = (call, push) => {
  const { world, accountId } = call;
  const messages = offlineMessages(call).map((message) => messageToWire(world, message));
  for (let start = 0; start < messages.length; start += OFFLINE_PER_PUSH) {
    push('4_4', [messages.slice(start, start + OFFLINE_PER_PUSH)]);
  }
  const { notifications } = world.mailbox(accountId);
  const ofSuperTeams = notifications.filter(isOfSuperTeam);
  const others = notifications.filter((notification) => !isOfSuperTeam(notification));
  if (others.length) push('4_6', [others.map(notificationToWire)]);
  if (ofSuperTeams.length) push('4_18', [ofSuperTeams.map(notificationToWire)]);
};

/** Pushes the roaming messages of the conversations with these keys, one push for each conversation. */
function pushRoamingOf(
  call: ImCall,
  keys: readonly string[],
  push: (messages: Property[]) => void,
  since: number,
): void {
  const { world, accountId, session } = call;
  const offline = new Set(world.mailbox(accountId).offline);
  const visible = visibleTo(world, accountId);
  const oldest = since === 0 ? world.now() - ROAMING_MS : 0;
  for (const key of keys) {
    const fresh = world.logs.readLog(key).filter(
      (message) =>
        message.stamp > since &&
        message.createTime >= oldest &&
        !isSwitchedOff(message.tags[MessageTag.roamingEnabled]) &&
        !offline.has(message.messageServerId) &&
        // The device already has the messages that it sent since its last sync.
        !(since > 0 && message.tags[MessageTag.fromDeviceId] === session.deviceId) &&
        visible(message),
    );
    const page = since === 0 ? fresh.slice(-ROAMING_PER_CONVERSATION) : fresh;
    if (page.length) push(page.map((message) => messageToWire(world, message)));
  }
}

function teamKeys({ world, accountId }: ImCall, kind: TeamKind): string[] {
  return world.teams
    .membershipsOf(accountId, kind)
    .filter((member) => member.inTeam)
    .map((member) => logKey(kind, accountId, member.teamId));
}

const pushRoaming: SyncPush = (call, push, since) => {
  const keys = [...call.world.logs.p2pKeys(call.accountId), ...teamKeys(call, 'team')];
  pushRoamingOf(call, keys, (messages) => push('4_9', [messages]), since);
};

const pushSuperTeamRoaming: SyncPush = (call, push, since) => {
  pushRoamingOf(call, teamKeys(call, 'superTeam'), (messages) => push('4_17', [messages]), since);
};

function missedRecalls({ world, accountId }: ImCall, since: number): RecallRecord[] {
  const mailbox = world.mailbox(accountId);
  // On a first sync, only recalls during the absence matter.
  const from = since === 0 ? mailbox.awaySince : since;
  return mailbox.recalls.filter((recall) => from > 0 && recall.stamp > from);
}

const pushRecalls: SyncPush = (call, push, since) => {
  const recalls = missedRecalls(call, since).filter(({ type }) => type !== 'superTeam');
  if (recalls.length) push('7_15', [recalls.map(recallToWire), call.world.state.lastStamp, 1]);
};

/** Pushes the messages that were changed since the last sync. A first sync has the changed messages themselves. */
const pushEdits: SyncPush = (call, push, since) => {
  const { world, accountId } = call;
  if (since === 0) return;
  const visible = visibleTo(world, accountId);
  const edited = world.extras.search(
    accountId,
    (message) =>
      (message.modifyStamp ?? 0) > since && message.type !== 'superTeam' && visible(message),
  );
  if (edited.length) {
    push('4_27', [edited.map((message) => messageToWire(world, message)), world.state.lastStamp]);
  }
};

/** Pushes recalls in super teams one by one, because the push has a single item. */
const pushSuperTeamRecalls: SyncPush = (call, push, since) => {
  const recalls = missedRecalls(call, since).filter(({ type }) => type === 'superTeam');
  for (const recall of recalls) push('21_117', [recallToWire(recall)]);
};

/** Returns the read positions of a conversation type that are newer than `since`, by target. */
function readTimes(
  { world, accountId }: ImCall,
  type: ConversationType,
  since: number,
): Record<string, number> {
  return Object.fromEntries(
    world
      .mailbox(accountId)
      .readPositions.filter((record) => record.type === type && record.stamp > since)
      .map(({ targetId, time }) => [targetId, time]),
  );
}

const pushReadPositions: SyncPush = (call, push, since) => {
  const [p2p, team] = [readTimes(call, 'p2p', since), readTimes(call, 'team', since)];
  if (!Object.keys({ ...p2p, ...team }).length) return;
  push('4_14', [p2p, { m_map: team }, call.world.state.lastStamp]);
};

const pushSuperTeamReadPositions: SyncPush = (call, push, since) => {
  const times = readTimes(call, 'superTeam', since);
  if (Object.keys(times).length) push('4_20', [{ m_map: times }]);
};

const pushRelations: SyncPush = ({ world, accountId }, push, since) => {
  const fresh = world.mailbox(accountId).relations.filter((record) => record.stamp > since);
  if (!fresh.length) return;
  const wire = fresh.map((record) => ({
    0: record.accountId,
    1: record.muted ? 1 : 0,
    2: record.blocked ? 1 : 0,
  }));
  push('3_8', [wire, world.state.lastStamp]);
};

const pushFriends: SyncPush = ({ world, accountId }, push, since) => {
  const fresh = world.relations.friendsSince(accountId, since);
  if (fresh.length) push('12_5', [fresh.map(world.relations.friendToWire), world.state.lastStamp]);
};

const pushFriendUsers: SyncPush = ({ world, accountId }, push, since) => {
  const users = world.mailbox(accountId).friends.flatMap((friend) => {
    const account = world.account(friend.accountId);
    return account && Math.max(account.stamp, friend.stamp) > since
      ? [world.relations.userToWire(account)]
      : [];
  });
  if (users.length) push('12_6', [users]);
};

const pushMyInfo: SyncPush = ({ world, accountId }, push, since) => {
  const account = world.account(accountId);
  if (account && account.stamp > since) push('3_109', [world.relations.userToWire(account)]);
};

const pushReceipts: SyncPush = ({ world, accountId }, push, since) => {
  const fresh = world.mailbox(accountId).receipts.filter((record) => record.stamp > since);
  if (!fresh.length) return;
  const wire = fresh.map(({ targetId, time }) => ({
    [MessageTag.senderId]: targetId,
    [MessageTag.createTime]: time,
  }));
  push('4_12', [wire]);
};

const pushBroadcasts: SyncPush = ({ world }, push, since) => {
  const fresh = (world.state.broadcasts ?? []).filter(({ stamp }) => stamp > since);
  if (fresh.length) push('4_16', [fresh.map(broadcastToWire)]);
};

const pushDeletions: SyncPush = ({ world, accountId }, push, since) => {
  const fresh = world.mailbox(accountId).deletions.filter((record) => record.stamp > since);
  if (fresh.length) push('4_21', [fresh.map(deletionToWire)]);
};

const pushStickTops: SyncPush = ({ world, accountId }, push, since) => {
  const { stickTops, stickTopStamp } = world.mailbox(accountId);
  // The push always contains the whole list: the client unsticks conversations that are not in the list.
  if (stickTopStamp > since) push('4_23', [stickTopStamp, true, stickTops.map(stickTopToWire)]);
};

const pushCleared: SyncPush = ({ world, accountId }, push, since) => {
  const fresh = world.mailbox(accountId).cleared.filter((record) => record.stamp > since);
  if (fresh.length) push('4_24', [fresh.map((record) => clearedToWire(accountId, record))]);
};

/** Pushes missed events, marked when their channel is closed, and the channels that the account has not left. */
const pushSignalling: SyncPush = ({ world, accountId }, push) => {
  const { signalling } = world;
  const missed = signalling.keptEvents(accountId);
  if (missed.length) {
    push('15_13', [missed.map((event) => eventToWire(event, signalling.isOpen(event.channel)))]);
  }
  const rooms = signalling.channelsOf(accountId);
  if (rooms.length) push('15_14', [rooms.map(channelToWire)]);
};

/** Returns the changed teams that the account is in; an incremental sync includes teams that it has left. */
function changedTeams({ world, accountId }: ImCall, kind: TeamKind, since: number): Property[] {
  return world.teams.membershipsOf(accountId, kind).flatMap((member) => {
    const team = world.teams.find(member.teamId);
    if (!team || Math.max(team.stamp, member.stamp) <= since) return [];
    const present = member.inTeam && team.valid;
    if (!present && since === 0) return [];
    return [{ ...world.teams.toWire(team), ...(present ? {} : { [TeamTag.isValidTeam]: 0 }) }];
  });
}

function changedMemberships(
  { world, accountId }: ImCall,
  kind: TeamKind,
  since: number,
): Property[] {
  return world.teams
    .membershipsOf(accountId, kind)
    .filter((member) => member.stamp > since)
    .map((member) => world.teams.memberToWire(member));
}

const pushTeams: SyncPush = (call, push, since) => {
  const teams = changedTeams(call, 'team', since);
  if (teams.length) push('8_109', [call.world.state.lastStamp, teams]);
};

const pushMemberships: SyncPush = (call, push, since) => {
  const members = changedMemberships(call, 'team', since);
  if (members.length) push('8_126', [members, call.world.state.lastStamp]);
};

const pushSuperTeams: SyncPush = (call, push, since) => {
  const teams = changedTeams(call, 'superTeam', since);
  if (teams.length) push('21_109', [teams, since === 0, call.world.state.lastStamp]);
};

const pushSuperMemberships: SyncPush = (call, push, since) => {
  const members = changedMemberships(call, 'superTeam', since);
  if (members.length) push('21_111', [members, call.world.state.lastStamp]);
};

/**
 * Sync items in the order of pushing. Users come before messages; read positions come before messages, so that
 * unread counts are right at once. The emulator has no data for the other items.
 */
const SYNC_ITEMS: readonly [item: number, push: SyncPush, live: boolean][] = [
  [SyncItem.myInfo, pushMyInfo, false],
  [SyncItem.relations, pushRelations, false],
  [SyncItem.friends, pushFriends, false],
  [SyncItem.friendUsers, pushFriendUsers, false],
  [SyncItem.readPositions, pushReadPositions, true],
  [SyncItem.superTeamReadPositions, pushSuperTeamReadPositions, true],
  [SyncItem.clearedHistories, pushCleared, true],
  [SyncItem.roamingMessages, pushRoaming, true],
  [SyncItem.superTeamRoamingMessages, pushSuperTeamRoaming, true],
  [SyncItem.offlineMessages, pushOffline, true],
  [SyncItem.deletedMessages, pushDeletions, true],
  [SyncItem.recalls, pushRecalls, true],
  [SyncItem.superTeamRecalls, pushSuperTeamRecalls, true],
  [SyncItem.edits, pushEdits, true],
  [SyncItem.messageReceipts, pushReceipts, true],
  [SyncItem.broadcasts, pushBroadcasts, true],
  [SyncItem.stickTops, pushStickTops, true],
  [SyncItem.signalling, pushSignalling, true],
  [SyncItem.teams, pushTeams, false],
  [SyncItem.myTeamMembers, pushMemberships, false],
  [SyncItem.superTeams, pushSuperTeams, false],
  [SyncItem.mySuperTeamMembers, pushSuperMemberships, false],
];

/**
 * Returns the stamp after which records of an item are new. For items that are also pushed live, a device that
 * acknowledged a later push has all earlier records, so a reconnect does not repeat them.
 */
function sinceOf(call: ImCall, tags: Property, item: number, live: boolean): number {
  const timetag = numberOf(tags[item]);
  const seen = call.world.mailbox(call.accountId).seen[call.session.deviceId] ?? 0;
  return timetag > 0 && live ? Math.max(timetag, seen) : timetag;
}

function sync(call: ImCall): unknown[] {
  const tags = call.items.property(0);
  for (const [item, pushItem, live] of SYNC_ITEMS) {
    if (tags[item] === undefined) continue;
    pushItem(
      call,
      (command, r) => call.session.link?.push(command, r),
      sinceOf(call, tags, item, live),
    );
  }
  const timetag = call.world.stamp();
  if (tags[SyncItem.roamingMessages] !== undefined) call.session.syncStamp = timetag;
  return [timetag];
}

/** Commands for the sync `27_1` (basic and team) and the cloud conversation list, which is always empty. */
export const syncHandlers: ImHandlers = {
  '27_1': sync,
  '28_19': ({ world }) => [{ 1: String(world.state.lastStamp), 2: 0 }],
};
