import type { ImConnection } from '@/connection';
import type { Clock } from '@/platform';
import type { V2NIMMessage } from '@/sdk/types';
import type { Outbox } from '../messages/outbox';
import type { RemovedMessages } from '../messages/removed-messages';

/** What a chat needs from its registry. */
export interface ChatDependencies {
  connection: ImConnection;
  clock: Clock;
  outbox: Outbox<V2NIMMessage>;
  removed: RemovedMessages<V2NIMMessage>;
  /** Reports to the conversation list whether the end of the chat is on the screen. */
  onActive: (isActive: boolean) => void;
  /** Messages of the other side up to this server time (milliseconds) were on the screen. */
  onSeen: (until: number) => void;
  /** Whether the account tells others what it has read. */
  sharesReads: () => boolean;
  /** Server time up to which the other side has read, from the receipts of this login; 0 when it is unknown. */
  peerReadUntil: () => number;
  /** A page of the history shows that the server has an own message, which the SDK takes for unsent. */
  onAcknowledged: (message: V2NIMMessage) => void;
  /** Copies the file of an unsent message for the next start. */
  keepFile: (messageClientId: string, file: string | File) => void;
  /** The user gave up an unsent message. */
  onDiscarded: (messageClientId: string) => void;
  /** Deletes a message that the server may have deleted already; repeats the request until it is answered. */
  deleteLater: (message: V2NIMMessage) => void;
  /** See `Recalls`. */
  recall: (message: V2NIMMessage) => Promise<void>;
  /** Returns whether no other page has this chat open. */
  release: () => boolean;
}
