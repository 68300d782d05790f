import type { ImConnection } from '@/connection';
import type { Clock } from '@/platform';
import type { V2NIMMessage, V2NIMMessageRevokeNotification } from '@/sdk/types';
import { RemovedMessages } from '../messages/removed-messages';

/** V2NIMMessageRevokeType of the recalls that the server makes for the receivers alone. */
const ONE_WAY: readonly unknown[] = [4, 5];

export type RecallNotice = Pick<
  V2NIMMessageRevokeNotification,
  'messageRefer' | 'revokeAccountId'
> & { readonly revokeType?: number };

/** Whether the server recalled a message for its receivers alone. */
export function isOneWay(revokeType: number | undefined): boolean {
  return ONE_WAY.includes(revokeType);
}

/**
 * The recalls that concern the account, and who made them: nobody is named for a one-way recall, and its sender keeps
 * the message (docs/yunxin-protocol.md, section 8.2).
 */
export function recallsFor<N extends RecallNotice>(
  accountId: string,
  all: readonly N[],
): (N & { readonly by: string })[] {
  return all
    .filter(
      ({ revokeType, messageRefer }) =>
        !isOneWay(revokeType) || messageRefer.senderId !== accountId,
    )
    .map((one) => ({ ...one, by: isOneWay(one.revokeType) ? '' : one.revokeAccountId }));
}

/**
 * Records everything that is deleted, recalled or modified in the conversations of an account, whether a chat
 * is open or not. Create it before the stores that listen to the same events: they read the record.
 */
export function accountRemovals(
  connection: ImConnection,
  clock: Clock,
): RemovedMessages<V2NIMMessage> {
  const removed = new RemovedMessages<V2NIMMessage>();
  connection.listen('message', 'onMessageRevokeNotifications', (all) => {
    for (const { messageRefer, by } of recallsFor(connection.accountId, all))
      removed.addRecall(messageRefer.messageClientId, { accountId: by, at: clock.now() });
  });
  connection.listen('message', 'onMessageDeletedNotifications', (all) => {
    for (const { messageRefer } of all) removed.addDeleted(messageRefer.messageClientId);
  });
  connection.listen('message', 'onClearHistoryNotifications', (all) => {
    for (const { conversationId, deleteTime } of all)
      removed.addCleared(conversationId, deleteTime);
  });
  connection.listen('message', 'onReceiveMessagesModified', (all) => {
    for (const message of all) removed.addChanged(message);
  });
  return removed;
}
