import { answered, ConnectionError } from '@/connection';
import type { V2NIMMessage } from '@/sdk/types';
import { isLinkLost } from '../messages/link-lost';
import type { MessageRow } from '../messages/message-row';
import type { ChatDependencies } from './chat-dependencies';

/** Most messages that the SDK deletes with one request. */
const PORTION = 50;

type Dependencies = Pick<
  ChatDependencies,
  'connection' | 'clock' | 'deleteLater' | 'onDiscarded' | 'removed' | 'outbox'
>;

/**
 * Deletes messages of one conversation for the user alone, also on the server when the server has them, in portions.
 * The portions before one that is refused stay deleted. `onDeleted` runs for each portion.
 * @throws ConnectionError
 */
export async function deleteMessages(
  rows: readonly MessageRow[],
  deps: Dependencies,
  onDeleted: (messageClientIds: readonly string[]) => void,
): Promise<void> {
  for (let done = 0; done < rows.length; done += PORTION) {
    const portion = rows.slice(done, done + PORTION);
    const stored = portion.filter(({ recalled, message }) => message.messageServerId && !recalled);
    await deleteOnServer(
      stored.map(({ message }) => message),
      deps,
    );
    for (const { messageClientId, message } of portion) {
      if (!message.messageServerId) deps.onDiscarded(messageClientId);
      deps.removed.addDeleted(messageClientId);
      deps.outbox.discard(messageClientId);
    }
    onDeleted(portion.map(({ messageClientId }) => messageClientId));
  }
}

/** When the link is lost on the way, the request is repeated later. */
async function deleteOnServer(
  messages: readonly V2NIMMessage[],
  { connection, clock, deleteLater }: Dependencies,
): Promise<void> {
  const [first] = messages;
  if (!first) return;
  const wasOnline = connection.state.name === 'online';
  const { message: service } = connection.services;
  try {
    await answered(clock, () =>
      messages.length === 1
        ? service.deleteMessage(first)
        : service.deleteMessages([...messages], ''),
    );
  } catch (cause) {
    const error = ConnectionError.from(cause);
    // The answer to the request is lost: the server may have deleted the messages.
    if (!wasOnline || !isLinkLost(error.code)) throw error;
    messages.forEach(deleteLater);
  }
}
