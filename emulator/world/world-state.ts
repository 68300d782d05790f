import type { Property } from '../protocol/packet';
import type { MessagingSettings } from './messaging';
import type { ChatroomSettings, RoomRecord } from './room-state';

/** Public profile of an account. Times in ms. */
export interface Profile {
  name: string;
  avatar: string;
  sign: string;
  gender: number;
  email: string;
  birthday: string;
  mobile: string;
  serverExtension: string;
  createTime: number;
  updateTime: number;
}

/** A record with `stamp`, the world's change number, which is compared with the timetags of clients. */
export interface Stamped {
  stamp: number;
}

export interface AccountRecord extends Stamped {
  accountId: string;
  token: string;
  profile: Profile;
  /** Public code of the refusal of every login of this account (102422 banned, 403 …). */
  loginRefusal?: number;
  /** Whether the account may not send messages (102421). */
  chatBanned?: boolean;
  /** Login extension that the third-party callback accepts. */
  loginExtension?: string;
}

export interface FriendRecord extends Stamped {
  accountId: string;
  alias: string;
  serverExtension: string;
  createTime: number;
  updateTime: number;
}

export interface RelationRecord extends Stamped {
  accountId: string;
  muted: boolean;
  blocked: boolean;
}

export type TeamKind = 'team' | 'superTeam';
export type ConversationType = 'p2p' | TeamKind;

export interface StoredMessage extends Stamped {
  type: ConversationType;
  senderId: string;
  /** The other account, or the team. */
  receiverId: string;
  messageClientId: string;
  messageServerId: string;
  createTime: number;
  messageType: number;
  text: string;
  /** All other tags of the message as received from the client (attachment, flags, extension …). */
  tags: Property;
  /** Change number of the last edit; absent without an edit. */
  modifyStamp?: number;
}

/** A quick comment. */
export interface ReactionRecord {
  operatorId: string;
  index: number;
  createTime: number;
  serverExtension: string;
}

export interface PinRecord {
  messageServerId: string;
  operatorId: string;
  serverExtension: string;
  createTime: number;
  updateTime: number;
}

/** Who was to read a team message when it was sent, and who has read it. */
export interface ReceiptRecord {
  receivers: string[];
  readers: string[];
}

export interface CollectionRecord {
  collectionId: string;
  collectionType: number;
  collectionData: string;
  serverExtension: string;
  uniqueId: string;
  createTime: number;
  updateTime: number;
}

/** Reactions and receipts by server id, pins by conversation key, collections by account. */
export interface ExtrasState {
  reactions: Record<string, readonly ReactionRecord[]>;
  pins: Record<string, readonly PinRecord[]>;
  receipts: Record<string, ReceiptRecord>;
  collections: Record<string, CollectionRecord[]>;
}

export interface RecallRecord extends Stamped {
  type: ConversationType;
  senderId: string;
  receiverId: string;
  messageClientId: string;
  messageServerId: string;
  messageTime: number;
  recallTime: number;
  operatorId: string;
  postscript: string;
  attach: string;
  /** The receivers alone lose the message; the sender keeps it and is not told. */
  oneWay?: boolean;
}

export interface DeletionRecord extends Stamped {
  message: {
    type: ConversationType;
    senderId: string;
    receiverId: string;
    messageServerId: string;
    messageClientId: string;
    createTime: number;
  };
  deleteTime: number;
  serverExtension: string;
}

export interface ClearedRecord extends Stamped {
  type: ConversationType;
  targetId: string;
  deleteTime: number;
  serverExtension: string;
}

export interface TimeRecord extends Stamped {
  type: ConversationType;
  targetId: string;
  time: number;
}

export interface StickTopRecord extends Stamped {
  /** `p2p|account`, `team|teamId` or `super_team|teamId`. */
  id: string;
  ext: string;
  createTime: number;
  updateTime: number;
}

/** A system or custom notification without an acknowledgement yet. */
export interface PendingNotification {
  idServer: string;
  tags: Property;
}

export interface TeamRecord extends Stamped {
  teamId: string;
  /** Absent = `team`. */
  kind?: TeamKind;
  /** Fields of the team by tag number, without counted fields (9: number of members). */
  tags: Property;
  valid: boolean;
}

export interface TeamMemberRecord extends Stamped {
  teamId: string;
  accountId: string;
  /** 0 normal, 1 owner, 2 manager. */
  role: number;
  teamNick: string;
  serverExtension: string;
  chatBanned: boolean;
  inviterId: string;
  /** Absent = none. */
  followed?: string[];
  /** How the member is told of messages: 0 of all, 1 of none, 2 of those of the owner and managers. */
  muteMode?: number;
  joinTime: number;
  updateTime: number;
  inTeam: boolean;
}

/** An application to join a team, or an invitation, without an answer. */
export interface TeamRequestRecord {
  kind: 'application' | 'invitation';
  teamId: string;
  /** The account that applied or invited. */
  from: string;
  /** The invited account; the team of an application. */
  to: string;
}

/** An account of the meeting kits' server, bound to one IM account. */
export interface RoomAccountRecord extends Stamped {
  userUuid: string;
  userToken: string;
  imAccid: string;
}

/** Data of an account on the server, apart from messages. */
/** A message of the operator to every account of the app. */
export interface BroadcastRecord {
  id: string;
  senderId: string;
  /** ms since 1970. */
  time: number;
  content: string;
  stamp: number;
}

export interface Mailbox {
  /** Server ids of messages without an acknowledgement of any client, oldest first. */
  offline: string[];
  notifications: PendingNotification[];
  readPositions: TimeRecord[];
  /** Receipts that peers sent to this account; targetId is the peer. */
  receipts: TimeRecord[];
  stickTops: StickTopRecord[];
  stickTopStamp: number;
  deletions: DeletionRecord[];
  cleared: ClearedRecord[];
  recalls: RecallRecord[];
  friends: FriendRecord[];
  relations: RelationRecord[];
  /** Stamp at the end of the last link. A first sync includes the recalls after this stamp. */
  awaySince: number;
  /** By device: the stamp up to which the device has everything, because it acknowledged a later push. */
  seen: Record<string, number>;
}

export type AppState = 'open' | 'notExist' | 'blocked' | 'imDisabled';

/** The four multi-login policies of Yunxin's console. */
export type MultiLoginPolicy =
  | { kind: 'exclusive' }
  | { kind: 'perPlatform' }
  | { kind: 'unlimited' }
  | {
      kind: 'custom';
      /** Client types in the same list sign each other out; types in no list have no limit. */
      exclusiveGroups: number[][];
    };

/** The whole world as plain data, as `--data` writes and reads it. */
export interface WorldState {
  version: 1;
  appState: AppState;
  multiLogin: MultiLoginPolicy;
  recallLimitMs: number;
  nextServerId: string;
  nextTeamId: string;
  lastStamp: number;
  accounts: Record<string, AccountRecord>;
  mailboxes: Record<string, Mailbox>;
  /** Message logs by conversation key: `p2p|a|b` (sorted), `team|id` or `superTeam|id`. */
  logs: Record<string, StoredMessage[]>;
  teams: Record<string, TeamRecord>;
  members: TeamMemberRecord[];
  rooms: Record<string, RoomRecord>;
  /** Absent = the defaults. */
  chatrooms?: ChatroomSettings;
  /** Absent = the defaults. */
  messaging?: MessagingSettings;
  roomAccounts?: Record<string, RoomAccountRecord>;
  /** Absent = none. */
  teamRequests?: TeamRequestRecord[];
  /** Absent = none. */
  broadcasts?: BroadcastRecord[];
  /** Absent = none. */
  extras?: ExtrasState;
}

/** Returns an empty world. */
export function emptyWorldState(): WorldState {
  return {
    version: 1,
    appState: 'open',
    multiLogin: { kind: 'unlimited' },
    recallLimitMs: 120_000,
    nextServerId: '70000000001',
    nextTeamId: '5000001',
    lastStamp: 0,
    accounts: {},
    mailboxes: {},
    logs: {},
    teams: {},
    members: [],
    rooms: {},
  };
}

/** Returns an empty mailbox. */
export function emptyMailbox(): Mailbox {
  return {
    offline: [],
    notifications: [],
    readPositions: [],
    receipts: [],
    stickTops: [],
    stickTopStamp: 0,
    deletions: [],
    cleared: [],
    recalls: [],
    friends: [],
    relations: [],
    awaySince: 0,
    seen: {},
  };
}
