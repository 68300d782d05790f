import { Reason, Refusal } from '../protocol/reasons';
import { numberOf, textOf } from '../protocol/request-items';
import type { Profile } from '../world/world-state';
import type { ImCall, ImHandlers } from './im-command';

function profiles({ world, items }: ImCall): unknown[] {
  const users = items.strings(0).flatMap((accountId) => {
    const account = world.account(accountId);
    return account ? [world.relations.userToWire(account)] : [];
  });
  return [users];
}

const TEXT_FIELDS = [
  [3, 'name'],
  [4, 'avatar'],
  [5, 'sign'],
  [7, 'email'],
  [8, 'birthday'],
  [9, 'mobile'],
  [10, 'serverExtension'],
] as const;

function updateSelf({ world, accountId, items, session }: ImCall): unknown[] {
  const tags = items.property(0);
  const change: Partial<Profile> = {};
  for (const [tag, field] of TEXT_FIELDS) {
    if (tags[tag] !== undefined) change[field] = textOf(tags[tag]);
  }
  if (tags[6] !== undefined) change.gender = numberOf(tags[6]);
  return [world.updateProfile(accountId, change, session.consid)];
}

function block({ world, accountId, items, sessions, session }: ImCall): unknown[] {
  const target = items.string(0);
  const blocked = items.bool(1);
  if (target === accountId) throw new Refusal(Reason.selfBlockListOperationNotAllowed);
  world.requireAccount(target);
  world.relations.setRelation(accountId, target, { blocked });
  sessions.push(accountId, '3_103', [target, blocked], session.consid);
  return [];
}

function mute({ world, accountId, items, sessions, session }: ImCall): unknown[] {
  const target = items.string(0);
  const muted = items.bool(1);
  if (target === accountId) throw new Refusal(Reason.selfMuteOperationNotAllowed);
  world.requireAccount(target);
  world.relations.setRelation(accountId, target, { muted });
  sessions.push(accountId, '3_105', [target, muted], session.consid);
  return [];
}

/** Commands on profiles (also by the V1 command, which the SDK sends beside the V2 command), block and mute. */
export const userHandlers: ImHandlers = {
  '34_7': profiles,
  '3_7': profiles,
  '34_10': updateSelf,
  '34_3': block,
  '34_5': mute,
};
