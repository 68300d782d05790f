import type { Property } from '../protocol/packet';
import { Reason, Refusal } from '../protocol/reasons';
import { numberOf } from '../protocol/request-items';
import type { World } from '../world/world';
import type { ImCall, ImHandlers } from './im-command';
import { type ImSession, type ImSessions, StatusType } from './sessions';

/** Tags of a subscription (M27) and of a status (M26), docs/yunxin-protocol.md. */
const SubscriptionTag = { eventType: 1, duration: 2, immediateSync: 3, accountId: 102, since: 105 };
const StatusTag = {
  eventType: 1,
  statusType: 2,
  uniqueId: 3,
  extension: 4,
  onlineOnly: 6,
  multiSync: 7,
  publishTime: 10,
  serverId: 11,
  clientType: 12,
  serverExtension: 13,
  extensionReceived: 14,
  accountId: 103,
};
/** The event type of a user's status; the SDK knows no other. */
const USER_STATUS = 1;
const LARGEST_BATCH = 100;

/** Tells the subscribers of an account that a client of the account has come or gone. */
export function tellStatus(
  world: World,
  sessions: ImSessions,
  session: ImSession,
  statusType: number,
): void {
  const status = statusOf(world, sessions, session, statusType);
  for (const subscriberId of world.subscriptions.subscribersOf(session.accountId))
    sessions.push(subscriberId, '14_2', [status]);
}

function statusOf(
  world: World,
  sessions: ImSessions,
  { accountId, type }: Pick<ImSession, 'accountId' | 'type'>,
  statusType: number,
): Property {
  const online = [...new Set(sessions.ofAccount(accountId).map((each) => each.type))];
  return {
    [StatusTag.eventType]: USER_STATUS,
    [StatusTag.statusType]: statusType,
    [StatusTag.publishTime]: world.now(),
    [StatusTag.serverId]: world.nextServerId(),
    [StatusTag.clientType]: type,
    [StatusTag.serverExtension]: JSON.stringify({ online }),
    [StatusTag.accountId]: accountId,
  };
}

function accountsOf({ items }: ImCall): string[] {
  const accountIds = items.strings(1);
  if (accountIds.length === 0 || accountIds.length > LARGEST_BATCH)
    throw new Refusal(Reason.parameterError);
  return accountIds;
}

function subscribe(call: ImCall): unknown[] {
  const { world, sessions, session, accountId, items } = call;
  if (!world.subscriptions.isEnabled) throw new Refusal(Reason.forbidden, 'status is not enabled');
  const tags = items.property(0);
  const durationS = numberOf(tags[SubscriptionTag.duration]);
  if (durationS < 60 || durationS > 2_592_000) throw new Refusal(Reason.parameterError);
  const wantsSync = numberOf(tags[SubscriptionTag.immediateSync]) === 1;
  const failed: string[] = [];
  const now: Property[] = [];
  for (const target of accountsOf(call)) {
    const known = world.account(target) !== undefined;
    const result = known
      ? world.subscriptions.add(accountId, target, durationS, wantsSync)
      : 'full';
    if (result === 'full') failed.push(target);
    // An account that is not online has no status that could be sent.
    if (result !== 'sync') continue;
    for (const type of new Set(sessions.ofAccount(target).map((each) => each.type)))
      now.push(statusOf(world, sessions, { accountId: target, type }, StatusType.login));
  }
  if (now.length > 0) setImmediate(() => session.link?.push('14_9', [now]));
  return [failed];
}

function unsubscribe(call: ImCall): unknown[] {
  for (const target of accountsOf(call)) call.world.subscriptions.remove(call.accountId, target);
  return [[]];
}

function subscriptionsOf({ world, accountId }: ImCall, wanted?: readonly string[]): unknown[] {
  const all = [...world.subscriptions.of(accountId)];
  return [
    all
      .filter(([target]) => wanted?.includes(target) ?? true)
      .map(([target, { durationS, since }]) => ({
        [SubscriptionTag.eventType]: USER_STATUS,
        [SubscriptionTag.duration]: durationS,
        [SubscriptionTag.accountId]: target,
        [SubscriptionTag.since]: since,
      })),
  ];
}

function publish({ world, sessions, session, accountId, items }: ImCall): unknown[] {
  const tags = items.property(0);
  if (numberOf(tags[StatusTag.statusType]) <= 10_000) throw new Refusal(Reason.parameterError);
  const status = {
    ...statusOf(world, sessions, session, numberOf(tags[StatusTag.statusType])),
    [StatusTag.uniqueId]: tags[StatusTag.uniqueId],
    [StatusTag.extensionReceived]: tags[StatusTag.extension],
  };
  for (const subscriberId of world.subscriptions.subscribersOf(accountId))
    sessions.push(subscriberId, '14_2', [status]);
  if (numberOf(tags[StatusTag.multiSync]) === 1)
    sessions.push(accountId, '14_2', [status], session.consid);
  return [status];
}

/** Commands of the subscription service: who wants to know who is online. */
export const subscriptionHandlers: ImHandlers = {
  '19_1': publish,
  '19_3': subscribe,
  '19_4': unsubscribe,
  '19_5': ({ world, accountId }) => {
    world.subscriptions.removeAll(accountId);
    return [];
  },
  '19_6': (call) => subscriptionsOf(call, call.items.strings(1)),
  '19_7': (call) => subscriptionsOf(call),
};
