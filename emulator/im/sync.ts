import type { Property } from '../protocol/packet';
import { isSwitchedOff, numberOf } from '../protocol/request-items';
import { MessageTag, SyncItem } from '../protocol/tags';
import { logKey } from '../world/message-log';
import type { StoredMessage } from '../world/world-state';
import { visibleTo } from './history';
import type { ImCall, ImHandlers } from './im-command';
import { deletionToWire, messageToWire, notificationToWire, recallToWire } from './message-wire';
import { stickTopToWire } from './read-positions';
import { clearedToWire } from './removals';
import { eventToWire, roomToWire } from './signalling-wire';

/** A first sync brings at most this many roaming messages of a conversation, of this many days. */
const ROAMING_PER_CONVERSATION = 100;
const ROAMING_MS = 7 * 24 * 3600 * 1000;
const OFFLINE_PER_PUSH = 100;

/** One sync item: pushes what is newer than `since` (0 on a first sync). */
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
  if (notifications.length) push('4_6', [notifications.map(notificationToWire)]);
};

const pushRoaming: SyncPush = (call, push, since) => {
  const { world, accountId, session } = call;
  const offline = new Set(world.mailbox(accountId).offline);
  const visible = visibleTo(world, accountId);
  const oldest = since === 0 ? world.now() - ROAMING_MS : 0;
  const teamKeys = world.teams
    .membershipsOf(accountId)
    .filter((member) => member.inTeam)
    .map((member) => logKey('team', accountId, member.teamId));
  for (const key of [...world.logs.p2pKeys(accountId), ...teamKeys]) {
    const fresh = world.logs.read(key).filter(
      (message) =>
        message.stamp > since &&
        message.createTime >= oldest &&
        !isSwitchedOff(message.tags[MessageTag.roamingEnabled]) &&
        !offline.has(message.messageServerId) &&
        // What this very device has sent since its last sync it has.
        !(since > 0 && message.tags[MessageTag.fromDeviceId] === session.deviceId) &&
        visible(message),
    );
    const page = since === 0 ? fresh.slice(-ROAMING_PER_CONVERSATION) : fresh;
    if (page.length) push('4_9', [page.map((message) => messageToWire(world, message))]);
  }
};

const pushRecalls: SyncPush = ({ world, accountId }, push, since) => {
  const mailbox = world.mailbox(accountId);
  // A first sync has no messages to take back but those of the time away.
  const from = since === 0 ? mailbox.awaySince : since;
  const recalls = mailbox.recalls.filter((recall) => from > 0 && recall.stamp > from);
  if (recalls.length) push('7_15', [recalls.map(recallToWire), world.state.lastStamp, 1]);
};

const pushReadPositions: SyncPush = ({ world, accountId }, push, since) => {
  const fresh = world.mailbox(accountId).readPositions.filter((record) => record.stamp > since);
  if (!fresh.length) return;
  const times = (type: string): Record<string, number> =>
    Object.fromEntries(
      fresh.filter((record) => record.type === type).map(({ targetId, time }) => [targetId, time]),
    );
  push('4_14', [times('p2p'), { m_map: times('team') }, world.state.lastStamp]);
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

const pushDeletions: SyncPush = ({ world, accountId }, push, since) => {
  const fresh = world.mailbox(accountId).deletions.filter((record) => record.stamp > since);
  if (fresh.length) push('4_21', [fresh.map(deletionToWire)]);
};

const pushStickTops: SyncPush = ({ world, accountId }, push, since) => {
  const { stickTops, stickTopStamp } = world.mailbox(accountId);
  // Always the whole list: the client unsticks what is not in it.
  if (stickTopStamp > since) push('4_23', [stickTopStamp, true, stickTops.map(stickTopToWire)]);
};

const pushCleared: SyncPush = ({ world, accountId }, push, since) => {
  const fresh = world.mailbox(accountId).cleared.filter((record) => record.stamp > since);
  if (fresh.length) push('4_24', [fresh.map((record) => clearedToWire(accountId, record))]);
};

/** What was missed, and the channels this account has not left. An event of a closed channel says so. */
const pushSignalling: SyncPush = ({ world, accountId }, push) => {
  const { signalling } = world;
  const missed = signalling.keptFor(accountId);
  if (missed.length) {
    push('15_13', [missed.map((event) => eventToWire(event, signalling.isOpen(event.channel)))]);
  }
  const rooms = signalling.channelsOf(accountId);
  if (rooms.length) push('15_14', [rooms.map(roomToWire)]);
};

const pushTeams: SyncPush = ({ world, accountId }, push, since) => {
  const teams = world.teams
    .membershipsOf(accountId)
    .filter((member) => member.inTeam)
    .flatMap((member) => {
      const team = world.teams.find(member.teamId);
      return team && Math.max(team.stamp, member.stamp) > since ? [world.teams.toWire(team)] : [];
    });
  if (teams.length) push('8_109', [world.state.lastStamp, teams]);
};

const pushMemberships: SyncPush = ({ world, accountId }, push, since) => {
  const fresh = world.teams.membershipsOf(accountId).filter((member) => member.stamp > since);
  if (!fresh.length) return;
  const wire = fresh.map((member) => world.teams.memberToWire(member));
  push('8_126', [wire, world.state.lastStamp]);
};

/**
 * Items in the order they are pushed: who is who before messages, positions before messages so that
 * unread counts come out right at once. The rest of the items have nothing to say here.
 */
const SYNC_ITEMS: readonly [item: number, push: SyncPush, live: boolean][] = [
  [SyncItem.myInfo, pushMyInfo, false],
  [SyncItem.relations, pushRelations, false],
  [SyncItem.friends, pushFriends, false],
  [SyncItem.friendUsers, pushFriendUsers, false],
  [SyncItem.readPositions, pushReadPositions, true],
  [SyncItem.clearedHistories, pushCleared, true],
  [SyncItem.roamingMessages, pushRoaming, true],
  [SyncItem.offlineMessages, pushOffline, true],
  [SyncItem.deletedMessages, pushDeletions, true],
  [SyncItem.recalls, pushRecalls, true],
  [SyncItem.messageReceipts, pushReceipts, true],
  [SyncItem.stickTops, pushStickTops, true],
  [SyncItem.signalling, pushSignalling, true],
  [SyncItem.teams, pushTeams, false],
  [SyncItem.myTeamMembers, pushMemberships, false],
];

/**
 * From where an item counts as new. For items that are also pushed live, a device that acknowledged
 * a later push has everything before it, so a reconnect does not repeat what it saw in between.
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

/** `27_1` (basic and team sync) and the cloud conversation list, which is always empty here. */
export const syncHandlers: ImHandlers = {
  '27_1': sync,
  '28_19': ({ world }) => [{ 1: String(world.state.lastStamp), 2: 0 }],
};
