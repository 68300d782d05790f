import type { ImConnection } from '@/connection';
import type { V2NIMLastMessage } from '@/sdk/types';
import { EVERYBODY, mentionsIn } from '../messages/kinds/mentions';
import { textIn } from '../messages/kinds/fields';

/** How many of the newest mentions are kept for each conversation. */
const KEPT = 50;

/** A message that mentions the account; the fields of a `MessagePlace`. */
export interface MentionPlace {
  readonly messageClientId: string;
  /** Server time, milliseconds. */
  readonly createTime: number;
}

/**
 * The messages that mention the account or all members, as far as this session has received them or a conversation
 * names them as its last. A mention further back is known only when its page is loaded.
 */
export class MentionsOfMe {
  private readonly places = new Map<string, MentionPlace[]>();

  constructor(private readonly connection: ImConnection) {
    connection.listen('message', 'onReceiveMessages', (messages) => {
      for (const message of messages) this.record(message, message);
    });
    connection.listen('message', 'onMessageRevokeNotifications', (all) => {
      for (const { messageRefer } of all) this.drop(messageRefer.messageClientId);
    });
  }

  /** Takes over a message if it mentions the account. */
  record(
    refer: V2NIMLastMessage['messageRefer'],
    { text, serverExtension }: Pick<V2NIMLastMessage, 'text' | 'serverExtension'>,
  ): void {
    const { conversationId, messageClientId, createTime, senderId } = refer;
    const { accountId } = this.connection;
    if (senderId === accountId || !textIn(serverExtension).includes('yxAitMsg')) return;
    const isMine = (one: { accountId: string }) =>
      one.accountId === accountId || one.accountId === EVERYBODY;
    const known = this.places.get(conversationId) ?? [];
    if (known.some((one) => one.messageClientId === messageClientId)) return;
    if (!mentionsIn(textIn(text), serverExtension).some(isMine)) return;
    known.push({ messageClientId, createTime });
    known.sort((a, b) => a.createTime - b.createTime);
    this.places.set(conversationId, known.slice(-KEPT));
  }

  /** The mentions after a server time (milliseconds), the oldest first. */
  after(conversationId: string, time: number): readonly MentionPlace[] {
    return (this.places.get(conversationId) ?? []).filter(({ createTime }) => createTime > time);
  }

  private drop(messageClientId: string): void {
    for (const [conversationId, places] of this.places)
      if (places.some((one) => one.messageClientId === messageClientId))
        this.places.set(
          conversationId,
          places.filter((one) => one.messageClientId !== messageClientId),
        );
  }
}
