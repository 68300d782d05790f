import type { Property } from '../protocol/packet';

/** Number of clients of an account allowed in a room; applied when a client enters. */
export type RoomLoginPolicy =
  | { kind: 'exclusive' }
  | {
      kind: 'allow';
      /** Maximum number of clients, never above ten; the oldest client is kicked. */
      clients: number;
    };

/** Record of an account in a room, inside or not. Guests without a ban or block are removed when they leave. */
export interface RoomMemberRecord {
  accountId: string;
  /** A value of MemberRole. */
  role: number;
  level: number;
  nick: string;
  avatar: string;
  serverExtension: string;
  blocked: boolean;
  chatBanned: boolean;
  /** Server time in ms until which the member is muted; 0 = not muted. */
  tempChatBannedUntil: number;
  updateTime: number;
  /** Position in lists: a serial number of the room's members. */
  order: number;
}

/** A message or notification in wire format, with its receivers. */
export interface RoomMessage {
  messageClientId: string;
  senderId: string;
  messageType: number;
  /** Server time in ms; strictly increasing within a room. */
  createTime: number;
  /** Message by tag number (docs/yunxin-protocol.md, section 8.12). */
  wire: Property;
  /** Restricts the message to these accounts and the sender. */
  receiverIds?: string[];
  /** Tag expression: restricts the message to clients with matching tags. */
  notifyTargetTags?: string;
}

export interface RoomQueueElement {
  key: string;
  value: string;
  /** Whether the element leaves the queue when its owner leaves the room. */
  transient: boolean;
  ownerAccountId: string;
}

export interface RoomRecord {
  roomId: string;
  roomName: string;
  cover: string;
  announcement: string;
  liveUrl: string;
  serverExtension: string;
  creatorAccountId: string;
  createTime: number;
  /** Whether the room is live at the moment; for the app server's list. */
  live: boolean;
  /** false = closed for good. */
  valid: boolean;
  /** Whether everybody but the creator and managers is muted. */
  chatBanned: boolean;
  anonymousAllowed: boolean;
  /** 0 = everybody may offer to the queue, 1 = only managers. */
  queueLevelMode: number;
  /** Maximum number of elements. */
  queueSize: number;
  loginPolicy: RoomLoginPolicy;
  /** Maximum number of messages per account and second; 0 = no limit. */
  messagesPerSecond: number;
  /** Interval at which clients poll ordinary messages; 0 = the messages are pushed. */
  cdnPollingSeconds: number;
  /** Whether the room is notified of entering and leaving. */
  enterExitNotified: boolean;
  /** Whether notifications of entering and leaving are stored in the history. */
  enterExitKept: boolean;
  /** Serial number of the next new member. */
  nextOrder: number;
  members: Record<string, RoomMemberRecord>;
  /** Server time in ms, by tag, until which clients with the tag are muted. */
  tagBans: Record<string, number>;
  /** Oldest first. */
  messages: RoomMessage[];
  queue: RoomQueueElement[];
}

/** Settings for all chatrooms of the app, as in Yunxin's console. */
export interface ChatroomSettings {
  /** false = the chatroom feature is disabled (113410). */
  enabled: boolean;
  /** Configured ways to authenticate; other ways are refused with 403. */
  authTypes: number[];
  /** The antispam check rejects texts that contain any of these words. */
  antispamWords: string[];
}

export const DEFAULT_CHATROOM_SETTINGS: ChatroomSettings = {
  enabled: true,
  authTypes: [0, 1, 2],
  antispamWords: [],
};

/** Returns an empty room with default settings. */
export function emptyRoom(roomId: string, createTime: number): RoomRecord {
  return {
    roomId,
    roomName: roomId,
    cover: '',
    announcement: '',
    liveUrl: '',
    serverExtension: '',
    creatorAccountId: '',
    createTime,
    live: false,
    valid: true,
    chatBanned: false,
    anonymousAllowed: true,
    queueLevelMode: 0,
    queueSize: 1000,
    loginPolicy: { kind: 'allow', clients: 10 },
    messagesPerSecond: 0,
    cdnPollingSeconds: 0,
    enterExitNotified: true,
    enterExitKept: false,
    nextOrder: 1,
    members: {},
    tagBans: {},
    messages: [],
    queue: [],
  };
}
