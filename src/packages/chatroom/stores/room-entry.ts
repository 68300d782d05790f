import { MessageType } from '@/sdk/constants';
import type { Orderable } from '@/stores/timeline';
import { type CustomContent, likesIn, parseCustom } from './custom-content';
import { type Notice, noticeOf } from './notices';
import type { RoomMessage } from '../sdk';

export type RoomMessageStatus = 'sending' | 'sent' | 'failed';

/** One message of a room as plain memory; what the row shows is made from it and can be made again. */
export interface RoomEntry extends Orderable {
  message: RoomMessage;
  messageClientId: string;
  /**
   * A room's messages have no server id. Within one millisecond the order is the one in which the server
   * told of them: a number of fixed length, in words for the timeline; empty until the server knows it.
   */
  messageServerId: string;
  createTime: number;
  status: RoomMessageStatus;
  /** Of a failed message; 0 otherwise. */
  errorCode: number;
  /** Of an image on its way up, 0 to 100. */
  progress: number;
  notice: Notice | null;
  custom: CustomContent | null;
  /** Messages that were folded away right before this one. */
  foldedBefore: number;
  recalled: boolean;
}

const MIDDLE = 10 ** 15;

/** Hands out places within a millisecond, for what comes after everything known and for what came before. */
export class Places {
  private newest = MIDDLE;
  private oldest = MIDDLE;

  after(): string {
    return String(++this.newest);
  }

  before(): string {
    return String(--this.oldest);
  }
}

/** An entry of a message the server knows. */
export function knownEntry(message: RoomMessage, place: string, accountId: string): RoomEntry {
  const isNotice = message.messageType === (MessageType.NOTIFICATION as number);
  const isCustom = message.messageType === (MessageType.CUSTOM as number);
  return {
    message,
    messageClientId: message.messageClientId,
    messageServerId: place,
    createTime: message.createTime,
    status: 'sent',
    errorCode: 0,
    progress: 100,
    notice: isNotice ? noticeOf(message, accountId) : null,
    custom: isCustom ? parseCustom(message.attachment?.raw) : null,
    foldedBefore: 0,
    recalled: false,
  };
}

/** An entry of a message of mine that is on its way. */
export function unsentEntry(message: RoomMessage): RoomEntry {
  return {
    ...knownEntry(message, '', message.senderId),
    status: 'sending',
    progress: 0,
  };
}

/** The server's word wins: a message it names is sent, whatever became of our attempt. */
export function mergeEntry(known: RoomEntry, incoming: RoomEntry): RoomEntry {
  if (known === incoming || !incoming.messageServerId) return known;
  known.message = incoming.message;
  // Its first word says where the message stands, for good.
  if (!known.messageServerId) {
    known.createTime = incoming.createTime;
    known.messageServerId = incoming.messageServerId;
  }
  known.status = 'sent';
  known.errorCode = 0;
  known.progress = 100;
  return known;
}

/** A notification that has no line: queue, tags and details of members have a place of their own. */
export function isHidden({ message, notice }: RoomEntry): boolean {
  return (message.messageType as number) === MessageType.NOTIFICATION && notice === null;
}

/** Whether a message has a line of its own, or a part of one: hidden notifications and likes have none. */
export function hasLine(message: RoomMessage): boolean {
  if ((message.messageType as number) === MessageType.NOTIFICATION)
    return noticeOf(message, message.senderId) !== null;
  return likesIn(parseCustom(message.attachment?.raw)) === 0;
}

/** Types that are often kept out of the history, or out of a page of it. */
const NOT_JUDGED: readonly number[] = [MessageType.NOTIFICATION, MessageType.CUSTOM];

/**
 * Whether the server's history must have this message: the server knows it since before `until`, keeps it,
 * and shows it to everybody.
 */
export function isInHistory(message: RoomMessage, until: number): boolean {
  const { createTime, messageConfig, messageType, notifyTargetTags, locationInfo } = message;
  const isForAll = !notifyTargetTags && !locationInfo;
  const isKept = messageConfig?.historyEnabled !== false && !NOT_JUDGED.includes(messageType);
  return createTime < until && isForAll && isKept;
}
