import { numberOf, textOf } from '../protocol/request-items';
import { MessageTag } from '../protocol/tags';
import type { Stamped, StickTopRecord, TimeRecord } from '../world/world-state';
import type { ImCall, ImHandlers } from './im-command';

/** Scenes of the commands for chats of two and teams. */
const TEAM_SCENE = 1;

/** Moves a time forward; returns whether the time changed. */
function advance(list: TimeRecord[], record: TimeRecord): boolean {
  const existing = list.find(
    (other) => other.type === record.type && other.targetId === record.targetId,
  );
  if (!existing) list.push(record);
  else if (existing.time >= record.time) return false;
  else Object.assign(existing, record);
  return true;
}

function moveTo(call: ImCall, record: Omit<TimeRecord, keyof Stamped>): boolean {
  const { world, accountId } = call;
  if (!record.targetId || record.time <= 0) return false;
  return advance(world.mailbox(accountId).readPositions, { ...record, stamp: world.stamp() });
}

function markRead(call: ImCall, scene: number, targetId: string, time: number): void {
  const { accountId, sessions, session } = call;
  const type = scene === TEAM_SCENE ? 'team' : 'p2p';
  const moved = moveTo(call, { type, targetId, time });
  if (moved) sessions.push(accountId, '7_116', [scene, targetId, time], session.consid);
}

function markSuperTeamRead(call: ImCall, targetId: string, time: number): void {
  const { accountId, sessions, session } = call;
  const moved = moveTo(call, { type: 'superTeam', targetId, time });
  if (moved) sessions.push(accountId, '21_125', [targetId, time], session.consid);
}

function markOneSuperTeam(call: ImCall): unknown[] {
  markSuperTeamRead(call, call.items.string(0), call.items.number(1));
  return [];
}

function markOne(call: ImCall): unknown[] {
  const { items } = call;
  markRead(call, items.number(0), items.string(1), items.number(2));
  return [];
}

function sendReceipt({ world, accountId, items, sessions }: ImCall): unknown[] {
  const tags = items.property(0);
  const peer = textOf(tags[MessageTag.receiverId]);
  const time = numberOf(tags[MessageTag.createTime]);
  world.requireAccount(peer);
  const moved = advance(world.mailbox(peer).receipts, {
    type: 'p2p',
    targetId: accountId,
    time,
    stamp: world.stamp(),
  });
  if (moved) {
    sessions.push(peer, '7_12', [
      { [MessageTag.senderId]: accountId, [MessageTag.createTime]: time },
    ]);
  }
  return [
    {
      [MessageTag.createTime]: time,
      [MessageTag.messageClientId]: textOf(tags[MessageTag.messageClientId]),
    },
  ];
}

/** Converts a sticky conversation. */
export function stickTopToWire(record: Omit<StickTopRecord, keyof Stamped>): unknown {
  return { 1: record.id, 2: record.ext, 3: record.createTime, 4: record.updateTime };
}

function stick({ world, accountId, items, sessions, session }: ImCall): unknown[] {
  const tags = items.property(0);
  const id = textOf(tags[1]);
  const mailbox = world.mailbox(accountId);
  const existing = mailbox.stickTops.find((record) => record.id === id);
  const now = world.now();
  const record: StickTopRecord = {
    id,
    ext: textOf(tags[2]),
    createTime: existing?.createTime ?? now,
    updateTime: now,
    stamp: world.stamp(),
  };
  mailbox.stickTops = [...mailbox.stickTops.filter((other) => other.id !== id), record];
  mailbox.stickTopStamp = record.stamp;
  sessions.push(accountId, '23_112', [stickTopToWire(record)], session.consid);
  return [stickTopToWire(record)];
}

function unstick({ world, accountId, items, sessions, session }: ImCall): unknown[] {
  const id = textOf(items.property(0)[1]);
  const mailbox = world.mailbox(accountId);
  mailbox.stickTops = mailbox.stickTops.filter((record) => record.id !== id);
  mailbox.stickTopStamp = world.stamp();
  sessions.push(accountId, '23_113', [mailbox.stickTopStamp, { 1: id }], session.consid);
  return [mailbox.stickTopStamp];
}

/** Commands on read positions, p2p receipts and sticky conversations. */
export const readPositionHandlers: ImHandlers = {
  '7_16': markOne,
  '30_16': markOne,
  '7_25': (call) => {
    for (const tags of call.items.properties(0)) {
      markRead(call, numberOf(tags[1]), textOf(tags[2]), numberOf(tags[3]));
    }
    return [];
  },
  '21_25': markOneSuperTeam,
  '32_25': markOneSuperTeam,
  '21_32': (call) => {
    for (const tags of call.items.properties(0)) {
      markSuperTeamRead(call, textOf(tags[2]), numberOf(tags[3]));
    }
    return [];
  },
  '30_11': sendReceipt,
  '33_12': stick,
  '33_13': unstick,
};
