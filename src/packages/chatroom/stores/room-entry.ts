import { MessageType } from '@/sdk/constants';
import {
  acceptMessage,
  applySendEvent,
  type Entry,
  knownEntry,
  unsentEntry,
} from '@/stores/messages/entry';
import { readMessage } from '@/stores/messages/kinds';
import { likesIn } from './custom-content';
import { type Notice, noticeOf } from './notices';
import type { RoomMessage } from '../sdk-types';

/**
 * One message of a room as plain memory. A room's messages have no server id: `messageServerId` is the order
 * in which the server sent the messages of one millisecond, see `ArrivalOrder`.
 */
export interface RoomEntry extends Entry<RoomMessage> {
  notice: Notice | null;
  /** Number of messages that were folded away right before this one. */
  foldedBefore: number;
}

const MIDDLE = 10 ** 15;

/**
 * Orders the messages of one millisecond by their arrival: numbers of a fixed length, as text for the
 * timeline.
 */
export class ArrivalOrder {
  private newest = MIDDLE;
  private oldest = MIDDLE;

  /** Orders a message after every message that is known. */
  next(): string {
    return String(++this.newest);
  }

  /** Orders a message before every message that is known. */
  previous(): string {
    return String(--this.oldest);
  }
}

/** An entry of a message that the server has. */
export function knownRoomEntry(message: RoomMessage, order: string, accountId: string): RoomEntry {
  return { ...knownEntry(message, order), ...lineOf(message, accountId) };
}

/** An entry of an own message that the server has not acknowledged. */
export function unsentRoomEntry(message: RoomMessage): RoomEntry {
  return { ...unsentEntry(message), ...lineOf(message, message.senderId) };
}

/** Takes over the server's copy, which lacks the nick and avatar that the row shows. */
export function acknowledgeRoomMessage(
  entry: RoomEntry,
  message: RoomMessage,
  order: string,
): void {
  const { userInfoConfig = {} } = entry.message;
  acceptMessage(entry, { ...message, userInfoConfig }, order);
  applySendEvent(entry, { type: 'accepted' });
}

/** Whether the message is a notification without a line: queue, tags and member details are shown elsewhere. */
export function isHidden({ message, notice }: RoomEntry): boolean {
  return (message.messageType as number) === MessageType.NOTIFICATION && notice === null;
}

/** Whether a message has a line, or a part of a folded line. Hidden notifications and likes have none. */
export function hasLine(message: RoomMessage): boolean {
  if ((message.messageType as number) === MessageType.NOTIFICATION)
    return noticeOf(message, message.senderId) !== null;
  return likesIn(readMessage(message)) === 0;
}

/** Types that are often kept out of the history, or out of a page of it. */
const NOT_JUDGED: readonly number[] = [MessageType.NOTIFICATION, MessageType.CUSTOM];

/**
 * Whether the server's history must have this message: the server has had it since before `until`, stores it,
 * and shows it to everybody.
 */
export function isInHistory(message: RoomMessage, until: number): boolean {
  const { createTime, messageConfig, messageType, notifyTargetTags, locationInfo } = message;
  const isForAll = !notifyTargetTags && !locationInfo;
  const isKept = messageConfig?.historyEnabled !== false && !NOT_JUDGED.includes(messageType);
  return createTime < until && isForAll && isKept;
}

function lineOf(message: RoomMessage, accountId: string) {
  const isNotice = message.messageType === (MessageType.NOTIFICATION as number);
  return { notice: isNotice ? noticeOf(message, accountId) : null, foldedBefore: 0 };
}
