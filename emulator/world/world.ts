import { randomUUID } from 'node:crypto';
import { MessageTag } from '../protocol/tags';
import { isSwitchedOff } from '../protocol/request-items';
import type { Property } from '../protocol/packet';
import { Reason } from '../protocol/reasons';
import { MessageExtras } from './message-extras';
import { logKey, MessageLogs } from './message-log';
import { DEFAULT_MESSAGING, type MessagingSettings } from './messaging';
import { Relations } from './relations';
import type { RoomRecord } from './room-state';
import { Rooms } from './rooms';
import { RoomAccounts } from './room-accounts';
import { Signalling } from './signalling';
import { Subscriptions } from './subscriptions';
import { Teams } from './teams';
import { WorldCore } from './world-core';
import type {
  AccountRecord,
  BroadcastRecord,
  ConversationType,
  MultiLoginPolicy,
  Profile,
  RecallRecord,
  StoredMessage,
} from './world-state';

/** Message to send in the world. Missing fields get defaults. */
export interface NewMessage {
  from: string;
  /** Account, team id or super team id. */
  to: string;
  type?: ConversationType;
  text?: string;
  messageType?: number;
  /** JSON text, keys as on the wire (`w`, `h`, `dur`, `ext` …). */
  attachment?: string;
  serverExtension?: string;
  messageClientId?: string;
  /** Server time in ms; default now. Raised above the time of the conversation's newest message. */
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
 * Data of Yunxin's servers: accounts, profiles, friends, teams, messages, read positions. World is plain data
 * (WorldState) with the rules for changes; sockets and online clients are outside of it.
 */
export class World extends WorldCore {
  readonly logs = new MessageLogs(this.state);
  readonly teams = new Teams(this);
  readonly relations = new Relations(this);
  readonly rooms = new Rooms(this);
  readonly roomAccounts = new RoomAccounts(this);
  readonly signalling = new Signalling(this);
  readonly extras = new MessageExtras(this);
  readonly subscriptions = new Subscriptions(() => this.now());

  /** Rules for messages of IM; the fields may be changed at any time. */
  get messaging(): MessagingSettings {
    return (this.state.messaging ??= { ...DEFAULT_MESSAGING });
  }

  nextServerId(): string {
    const id = this.state.nextServerId;
    this.state.nextServerId = String(BigInt(id) + 1n);
    return id;
  }

  /** Adds an account, or changes the given token and profile fields of an existing account. */
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

  /** Changes profile fields and emits `profile`. Returns the new update time. */
  updateProfile(accountId: string, change: Partial<Profile>, originConsid?: string): number {
    const account = this.requireAccount(accountId);
    const updateTime = Math.max(this.now(), account.profile.updateTime + 1);
    account.profile = { ...account.profile, ...change, updateTime };
    account.stamp = this.stamp();
    this.events.emit('profile', { accountId, originConsid });
    return updateTime;
  }

  /** Refuses every login of the account with `code` from now on; undefined allows logins again. */
  setLoginRefusal(accountId: string, code: number | undefined): void {
    const account = this.requireAccount(accountId);
    if (code === undefined) delete account.loginRefusal;
    else account.loginRefusal = code;
    account.stamp = this.stamp();
    if (code !== undefined) this.events.emit('loginRefusal', { accountId, code });
  }

  /** Bans the account (102422) and signs its clients out, as the server API's block does. */
  ban(accountId: string): void {
    this.setLoginRefusal(accountId, Reason.accountBanned);
  }

  unban(accountId: string): void {
    this.setLoginRefusal(accountId, undefined);
  }

  /** Sends a broadcast to every account, also to those that sign in later. */
  broadcast(content: string, senderId = 'operator'): BroadcastRecord {
    const broadcast = {
      id: this.nextServerId(),
      senderId,
      time: this.now(),
      content,
      stamp: this.stamp(),
    };
    (this.state.broadcasts ??= []).push(broadcast);
    this.events.emit('broadcast', { broadcast });
    return broadcast;
  }

  setMultiLogin(policy: MultiLoginPolicy): void {
    this.state.multiLogin = policy;
    this.stamp();
  }

  /** Adds a chatroom or replaces the chatroom with the same id. Missing fields get defaults. */
  addRoom(room: Partial<RoomRecord> & { roomId: string }): RoomRecord {
    return this.rooms.addRoom(room);
  }

  /** Returns the accounts that receive a message, without its sender. */
  recipients(message: { type: ConversationType; senderId: string; receiverId: string }): string[] {
    const all =
      message.type === 'p2p' ? [message.receiverId] : this.teams.memberIds(message.receiverId);
    return all.filter((accountId) => accountId !== message.senderId);
  }

  /**
   * Adds a message to its conversation and to the offline boxes of its receivers, and emits `message`. A repeated
   * messageClientId of the same sender changes nothing and returns the first message.
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
      createTime: this.logs.nextMessageTime(key, Math.floor(message.createTime ?? this.now())),
      messageType: message.messageType ?? 0,
      text: message.text ?? '',
      tags,
      stamp: this.stamp(),
    };
    this.extras.expectReceipts(stored);
    this.logs.appendMessage(key, stored);
    // Super teams have no offline messages: the SDK never acknowledges their messages, roaming delivers them.
    if (type !== 'superTeam' && !isSwitchedOff(tags[MessageTag.offlineEnabled])) {
      for (const accountId of this.recipients(stored)) {
        this.mailbox(accountId).offline.push(stored.messageServerId);
      }
    }
    this.events.emit('message', { message: stored, originConsid: message.originConsid });
    return stored;
  }

  /**
   * Recalls a message for everybody and stores the recall for offline clients. `oneWay`: for the receivers alone, as
   * Yunxin's server API does it; super teams have no such recall.
   */
  recall(
    message: StoredMessage,
    by: {
      operatorId: string;
      postscript?: string;
      attach?: string;
      originConsid?: string;
      oneWay?: boolean;
    },
  ): RecallRecord {
    const { oneWay = false } = by;
    if (oneWay && message.type === 'superTeam') throw new Error('super teams: both ways only');
    if (!oneWay) {
      this.extras.forgetMessage(message);
      this.logs.removeMessage(message);
    }
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
      ...(oneWay && { oneWay }),
    };
    for (const accountId of this.toldOf(recall)) {
      const mailbox = this.mailbox(accountId);
      mailbox.recalls.push(recall);
      mailbox.offline = mailbox.offline.filter((id) => id !== message.messageServerId);
    }
    this.events.emit('recall', { recall, originConsid: by.originConsid });
    return recall;
  }

  /** The accounts that a recall removes the message for. */
  toldOf(recall: RecallRecord): Set<string> {
    return new Set([...this.recipients(recall), ...(recall.oneWay ? [] : [recall.senderId])]);
  }

  /**
   * Returns the server's log of a conversation, oldest first; tests compare the log with the clients' lists. `a`
   * and `b` are the two accounts, or `b` is the team.
   */
  serverLog(type: ConversationType, a: string, b: string): readonly StoredMessage[] {
    return this.logs.readLog(logKey(type, a, b));
  }
}
