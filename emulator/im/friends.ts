import { Reason, Refusal } from '../protocol/reasons';
import { textOf } from '../protocol/request-items';
import type { ImCall, ImHandlers } from './im-command';
import { notify } from './notifications';

/** Verbs of `35_1`, which the friend notification repeats as `vt`. */
const Verb = { add: 1, apply: 2, accept: 3, reject: 4 } as const;

/** Types of system notifications about friends. */
const FRIEND_ADD = 5;
const FRIEND_DELETE = 6;

function addFriend(call: ImCall): unknown[] {
  const { world, accountId, items, sessions, session } = call;
  const target = items.string(0);
  const verb = items.number(1);
  const postscript = items.string(2);
  world.requireAccount(target);
  if (target === accountId) throw new Refusal(Reason.selfFriendOperationNotAllowed);
  if (!Object.values<number>(Verb).includes(verb)) throw new Refusal(Reason.parameterError);
  if (verb === Verb.add || verb === Verb.accept) {
    if (world.relations.friend(accountId, target)) throw new Refusal(Reason.friendAlreadyExist);
    world.relations.befriend(accountId, target);
  }
  sessions.push(accountId, '12_101', [target, verb, postscript, {}], session.consid);
  notify(call, target, {
    type: FRIEND_ADD,
    postscript,
    content: JSON.stringify({ vt: verb }),
  });
  return [];
}

function deleteFriend(call: ImCall): unknown[] {
  const { world, accountId, items, sessions, session } = call;
  const target = items.string(0);
  world.relations.unfriend(accountId, target);
  sessions.push(accountId, '12_102', [target], session.consid);
  notify(call, target, { type: FRIEND_DELETE, postscript: '', content: '' });
  return [];
}

function editFriend({ world, accountId, items, sessions, session }: ImCall): unknown[] {
  const tags = items.property(0);
  const friend = world.relations.updateFriend(accountId, textOf(tags[4]), {
    ...(tags[8] === undefined ? {} : { alias: textOf(tags[8]) }),
    ...(tags[10] === undefined ? {} : { serverExtension: textOf(tags[10]) }),
  });
  sessions.push(accountId, '12_103', [world.relations.friendToWire(friend)], session.consid);
  return [];
}

/** Commands on friends: add, apply, accept, reject, delete, edit, and the incremental list. */
export const friendHandlers: ImHandlers = {
  '35_1': addFriend,
  '35_2': deleteFriend,
  '35_3': editFriend,
  '35_4': ({ world, accountId, items }) => {
    const { relations } = world;
    const friends = relations.friendsSince(accountId, items.number(0));
    return [friends.map(relations.friendToWire), world.stamp()];
  },
};
