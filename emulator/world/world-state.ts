import type { Property } from '../protocol/packet';
import type { ChatroomSettings, RoomRecord } from './room-state';

/** What an account tells others about itself. Times in ms. */
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

/** `stamp` on any record: the world's change number, compared with the timetags of clients. */
export interface Stamped {
  stamp: number;
}

export interface AccountRecord extends Stamped {
  accountId: string;
  token: string;
  profile: Profile;
  /** Public code with which every login of this account is refused (102422 banned, 403 …). */
  loginRefusal?: number;
  /** May not send messages (102421). */
  chatBanned?: boolean;
  /** Login extension the third-party login callback accepts. */
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

export type ConversationType = 'p2p' | 'team';

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
  /** Every other tag of the message as it came from the client (attachment, flags, extension …). */
  tags: Property;
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
  /** `p2p|account` or `team|teamId`. */
  id: string;
  ext: string;
  createTime: number;
  updateTime: number;
}

/** A system or custom notification waiting for its acknowledgement. */
export interface PendingNotification {
  idServer: string;
  tags: Property;
}

export interface TeamRecord extends Stamped {
  teamId: string;
  /** Fields of the team by tag number, without those counted by the server (9 members). */
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
  joinTime: number;
  updateTime: number;
  inTeam: boolean;
}

/** An account of the room kits' server, bound to one IM account. */
export interface RoomAccountRecord extends Stamped {
  userUuid: string;
  userToken: string;
  imAccid: string;
}

/** All that one account keeps on the server beside messages. */
export interface Mailbox {
  /** messageServerIds not yet acknowledged by any client, oldest first. */
  offline: string[];
  notifications: PendingNotification[];
  readPositions: TimeRecord[];
  /** Receipts that peers sent to this account: the peer in targetId. */
  receipts: TimeRecord[];
  stickTops: StickTopRecord[];
  stickTopStamp: number;
  deletions: DeletionRecord[];
  cleared: ClearedRecord[];
  recalls: RecallRecord[];
  friends: FriendRecord[];
  relations: RelationRecord[];
  /** Stamp at the end of the last link, for what a first sync tells of the time away. */
  awaySince: number;
  /** By device: everything up to this stamp has reached it, for it acknowledged a later push. */
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
      /** Client types in one list sign each other out; types in no list live together freely. */
      exclusiveGroups: number[][];
    };

/** The whole world as plain data: what `--data` writes and reads. */
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
  /** Message logs by conversation key: `p2p|a|b` (sorted) or `team|id`. */
  logs: Record<string, StoredMessage[]>;
  teams: Record<string, TeamRecord>;
  members: TeamMemberRecord[];
  rooms: Record<string, RoomRecord>;
  /** Absent = the defaults. */
  chatrooms?: ChatroomSettings;
  roomAccounts?: Record<string, RoomAccountRecord>;
}

/** A world with nothing in it. */
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

/** An empty mailbox. */
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
