import { randomUUID } from 'node:crypto';
import { MessageTag } from '../protocol/tags';
import { isSwitchedOff } from '../protocol/request-items';
import type { Property } from '../protocol/packet';
import { Refusal, Reason } from '../protocol/reasons';
import { EventBus } from './event-bus';
import { logKey, MessageLogs } from './message-log';
import { Relations } from './relations';
import type { RoomRecord } from './room-state';
import { Rooms } from './rooms';
import { RoomAccounts } from './room-accounts';
import { Signalling } from './signalling';
import { Teams } from './teams';
import { emptyMailbox } from './world-state';
import type {
  AccountRecord,
  ConversationType,
  Mailbox,
  MultiLoginPolicy,
  Profile,
  RecallRecord,
  StoredMessage,
  WorldState,
} from './world-state';

/** What happens in a world; delivery, bots and the snapshot listen. */
export interface WorldEvents extends Record<string, unknown> {
  /** `originConsid` is the link that caused it, if one did: it already knows. */
  message: { message: StoredMessage; originConsid?: string };
  recall: { recall: RecallRecord; originConsid?: string };
  profile: { accountId: string; originConsid?: string };
  loginRefusal: { accountId: string; code: number };
  /** The server of a kit has something for an account; not kept for those who are away. */
  proxyNotify: { accountId: string; from: string; body: string };
  change: undefined;
}

/** A message to put into the world. What is left out is made up. */
export interface NewMessage {
  from: string;
  /** Account or team id. */
  to: string;
  type?: ConversationType;
  text?: string;
  messageType?: number;
  /** JSON text, keys as on the wire (`w`, `h`, `dur`, `ext` …). */
  attachment?: string;
  serverExtension?: string;
  messageClientId?: string;
  /** Server time in ms; default now. Never before the newest message of the conversation. */
  createTime?: number;
  /** Further tags of the message. */
  tags?: Property;
  originConsid?: string;
}

export interface NewAccount {
  accountId: string;
  token?: string;
  name?: string;
  avatar?: string;
  sign?: string;
  loginExtension?: string;
}

/**
 * All that the servers know: accounts, profiles, friends, teams, messages, read positions. Plain data
 * (WorldState) with the rules of how it changes. It knows no sockets; who is online is not its concern.
 */
export class World {
  readonly events = new EventBus<WorldEvents>();
  readonly logs: MessageLogs;
  readonly teams: Teams;
  readonly relations: Relations;
  readonly rooms: Rooms;
  readonly roomAccounts: RoomAccounts;
  readonly signalling: Signalling;
  /** Where the emulator is reached; seeded URLs are completed with it. */
  origin = '';

  constructor(
    readonly state: WorldState,
    readonly now: () => number,
  ) {
    this.logs = new MessageLogs(state);
    this.teams = new Teams(this);
    this.relations = new Relations(this);
    this.rooms = new Rooms(this);
    this.roomAccounts = new RoomAccounts(this);
    this.signalling = new Signalling(this);
  }

  /** The next change number: at least the time in ms, and greater than every one before. */
  stamp(): number {
    this.state.lastStamp = Math.max(Math.floor(this.now()), this.state.lastStamp + 1);
    this.events.emit('change', undefined);
    return this.state.lastStamp;
  }

  nextServerId(): string {
    const id = this.state.nextServerId;
    this.state.nextServerId = String(BigInt(id) + 1n);
    return id;
  }

  account(accountId: string): AccountRecord | undefined {
    return Object.hasOwn(this.state.accounts, accountId)
      ? this.state.accounts[accountId]
      : undefined;
  }

  /** The account, or a refusal with 102404. */
  requireAccount(accountId: string): AccountRecord {
    const account = this.account(accountId);
    if (!account) throw new Refusal(Reason.accountNotExist, `no account ${accountId}`);
    return account;
  }

  mailbox(accountId: string): Mailbox {
    if (!Object.hasOwn(this.state.mailboxes, accountId)) {
      this.state.mailboxes[accountId] = emptyMailbox();
    }
    return this.state.mailboxes[accountId] ?? emptyMailbox();
  }

  /** Adds an account, or changes the token and profile fields given of one that exists. */
  addAccount(account: NewAccount): AccountRecord {
    const now = this.now();
    const existing = this.account(account.accountId);
    const profile: Profile = existing?.profile ?? {
      name: account.accountId,
      avatar: '',
      sign: '',
      gender: 0,
      email: '',
      birthday: '',
      mobile: '',
      serverExtension: '',
      createTime: now,
      updateTime: now,
    };
    const record: AccountRecord = {
      ...existing,
      accountId: account.accountId,
      token: account.token ?? existing?.token ?? `token-${account.accountId}`,
      profile: {
        ...profile,
        name: account.name ?? profile.name,
        avatar: account.avatar ?? profile.avatar,
        sign: account.sign ?? profile.sign,
      },
      loginExtension: account.loginExtension ?? existing?.loginExtension,
      stamp: this.stamp(),
    };
    this.state.accounts[account.accountId] = record;
    return record;
  }

  /** Changes profile fields and tells who is concerned. Returns the new update time. */
  updateProfile(accountId: string, change: Partial<Profile>, originConsid?: string): number {
    const account = this.requireAccount(accountId);
    const updateTime = Math.max(this.now(), account.profile.updateTime + 1);
    account.profile = { ...account.profile, ...change, updateTime };
    account.stamp = this.stamp();
    this.events.emit('profile', { accountId, originConsid });
    return updateTime;
  }

  /** Refuses every login of the account with `code` from now on, or allows it again (undefined). */
  setLoginRefusal(accountId: string, code: number | undefined): void {
    const account = this.requireAccount(accountId);
    if (code === undefined) delete account.loginRefusal;
    else account.loginRefusal = code;
    account.stamp = this.stamp();
    if (code !== undefined) this.events.emit('loginRefusal', { accountId, code });
  }

  /** Bans the account (102422) and signs it out everywhere, as the server API's block does. */
  ban(accountId: string): void {
    this.setLoginRefusal(accountId, Reason.accountBanned);
  }

  unban(accountId: string): void {
    this.setLoginRefusal(accountId, undefined);
  }

  setMultiLogin(policy: MultiLoginPolicy): void {
    this.state.multiLogin = policy;
    this.stamp();
  }

  /** Adds a chatroom, or replaces the one of that id; what is left out is made up. */
  addRoom(room: Partial<RoomRecord> & { roomId: string }): RoomRecord {
    return this.rooms.add(room);
  }

  /** Accounts that receive a message beside its sender. */
  recipients(message: { type: ConversationType; senderId: string; receiverId: string }): string[] {
    const all =
      message.type === 'team' ? this.teams.memberIds(message.receiverId) : [message.receiverId];
    return all.filter((accountId) => accountId !== message.senderId);
  }

  /**
   * Puts a message into its conversation and into the offline boxes of its receivers, and tells
   * delivery. The same messageClientId of the same sender again changes nothing and returns the first.
   */
  sendMessage(message: NewMessage): StoredMessage {
    const type = message.type ?? 'p2p';
    const messageClientId = message.messageClientId ?? randomUUID().replaceAll('-', '');
    const earlier = this.logs.findByClientId(message.from, messageClientId);
    if (earlier) return earlier;
    const key = logKey(type, message.from, message.to);
    const tags: Property = { ...message.tags };
    if (message.attachment !== undefined) tags[MessageTag.attachment] = message.attachment;
    if (message.serverExtension !== undefined) {
      tags[MessageTag.serverExtension] = message.serverExtension;
    }
    const stored: StoredMessage = {
      type,
      senderId: message.from,
      receiverId: message.to,
      messageClientId,
      messageServerId: this.nextServerId(),
      createTime: this.logs.nextTime(key, Math.floor(message.createTime ?? this.now())),
      messageType: message.messageType ?? 0,
      text: message.text ?? '',
      tags,
      stamp: this.stamp(),
    };
    this.logs.append(key, stored);
    if (!isSwitchedOff(tags[MessageTag.offlineEnabled])) {
      for (const accountId of this.recipients(stored)) {
        this.mailbox(accountId).offline.push(stored.messageServerId);
      }
    }
    this.events.emit('message', { message: stored, originConsid: message.originConsid });
    return stored;
  }

  /** Takes a message back for everybody and notes it for those who are away. */
  recall(
    message: StoredMessage,
    by: { operatorId: string; postscript?: string; attach?: string; originConsid?: string },
  ): RecallRecord {
    this.logs.remove(message);
    const recall: RecallRecord = {
      type: message.type,
      senderId: message.senderId,
      receiverId: message.receiverId,
      messageClientId: message.messageClientId,
      messageServerId: message.messageServerId,
      messageTime: message.createTime,
      recallTime: this.now(),
      operatorId: by.operatorId,
      postscript: by.postscript ?? '',
      attach: by.attach ?? '',
      stamp: this.stamp(),
    };
    for (const accountId of new Set([...this.recipients(message), message.senderId])) {
      const mailbox = this.mailbox(accountId);
      mailbox.recalls.push(recall);
      mailbox.offline = mailbox.offline.filter((id) => id !== message.messageServerId);
    }
    this.events.emit('recall', { recall, originConsid: by.originConsid });
    return recall;
  }

  /**
   * The server's own record of a conversation, oldest first, for tests that compare it with what
   * clients show. `a` and `b` are the two accounts, or `b` alone is the team.
   */
  serverLog(type: ConversationType, a: string, b: string): readonly StoredMessage[] {
    return this.logs.read(logKey(type, a, b));
  }
}
