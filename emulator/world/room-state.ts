import type { Property } from '../protocol/packet';

/** How many clients of one account a room bears; decided when the next one enters. */
export type RoomLoginPolicy =
  | { kind: 'exclusive' }
  | {
      kind: 'allow';
      /** At most this many, and never more than ten; the oldest goes. */
      clients: number;
    };

/** What a room knows of one account, present or not. Guests without a mark are forgotten when they leave. */
export interface RoomMemberRecord {
  accountId: string;
  /** MemberRole. */
  role: number;
  level: number;
  nick: string;
  avatar: string;
  serverExtension: string;
  blocked: boolean;
  chatBanned: boolean;
  /** Server time in ms until which the member may not speak; 0 = may. */
  tempChatBannedUntil: number;
  updateTime: number;
  /** Position in lists: a number that grows with every new member of the room. */
  order: number;
}

/** A message or notification as it is pushed, with what decides who sees it. */
export interface RoomMessage {
  messageClientId: string;
  senderId: string;
  messageType: number;
  /** Server time in ms; strictly increasing within a room. */
  createTime: number;
  /** The message by tag number (shape C8 of the wire protocol). */
  wire: Property;
  /** Only for these accounts and the sender. */
  receiverIds?: string[];
  /** Tag expression: only for clients whose tags satisfy it. */
  notifyTargetTags?: string;
}

export interface RoomQueueElement {
  key: string;
  value: string;
  /** Leaves the queue when its owner leaves the room. */
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
  /** Whether something is broadcast just now; for the app server's list. */
  live: boolean;
  /** false = closed for good. */
  valid: boolean;
  /** Only the creator and managers may speak. */
  chatBanned: boolean;
  anonymousAllowed: boolean;
  /** 0 = anyone may offer to the queue, 1 = only managers. */
  queueLevelMode: number;
  /** At most this many elements. */
  queueSize: number;
  loginPolicy: RoomLoginPolicy;
  /** Messages that one account may send within a second; 0 = no limit. */
  messagesPerSecond: number;
  /** Ordinary messages are not pushed but polled, every so many seconds; 0 = pushed. */
  cdnPollingSeconds: number;
  /** Whether coming and going is told to the room. */
  enterExitNotified: boolean;
  /** Whether coming and going is kept in the history. */
  enterExitKept: boolean;
  /** Order number of the next new member. */
  nextOrder: number;
  members: Record<string, RoomMemberRecord>;
  /** Server time in ms until which clients with the tag may not speak. */
  tagBans: Record<string, number>;
  /** Oldest first. */
  messages: RoomMessage[];
  queue: RoomQueueElement[];
}

/** What holds for all chatrooms of the app, as its console would have it. */
export interface ChatroomSettings {
  /** false = the feature is not open: 113410. */
  enabled: boolean;
  /** Ways to prove who one is that are configured; any other is refused with 403. */
  authTypes: number[];
  /** Text that holds one of these words does not pass the antispam check. */
  antispamWords: string[];
}

export const DEFAULT_CHATROOM_SETTINGS: ChatroomSettings = {
  enabled: true,
  authTypes: [0, 1, 2],
  antispamWords: [],
};

/** A room with nothing in it. */
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
