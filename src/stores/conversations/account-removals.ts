import type { ImConnection } from '@/connection';
import type { Clock } from '@/platform';
import type { V2NIMMessage } from '@/sdk/types';
import { RemovedMessages } from '../messages/removed-messages';

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
    for (const { messageRefer, revokeAccountId } of all)
      removed.addRecall(messageRefer.messageClientId, {
        accountId: revokeAccountId,
        at: clock.now(),
      });
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
