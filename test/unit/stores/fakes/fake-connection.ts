import type { ConnectionState, ImConnection, StateChange } from '@/connection';
import { Listeners, type Platform } from '@/platform';
import type { V2NIMMessage, V2NIMMessageListOption } from '@/sdk/types';
import { fakeFiles } from '../../fakes/fake-files';
import { FakeClock, settle } from '../../fakes/fake-clock';
import { memoryStorage, type Refusal } from '../../fakes/memory-storage';
import { CONVERSATION, ME } from './builders';

type Handler = (...args: never[]) => void;

/** A call of an SDK service that waits for its answer. */
export interface Call {
  name: string;
  args: unknown[];
  resolve: (value?: unknown) => void;
  reject: (error: { code: number }) => void;
}

/** A connection under a test's control: the test emits events and answers every call. */
export class FakeConnection {
  readonly accountId = ME;
  readonly generation = 1;
  state: ConnectionState = { name: 'idle' };
  /** The SDK's own read position, which the server may not have. */
  readonly readHere = new Map<string, number>();
  /** The SDK's mute mode of each team. */
  teamMuteMode = 0;
  /** Calls without an answer so far. */
  readonly calls: Call[] = [];
  /** Immediate answers by method name. */
  readonly answers = new Map<string, (...args: never[]) => unknown>();
  private readonly changes = new Listeners<[StateChange]>();
  private readonly handlers = new Map<string, Set<Handler>>();

  readonly services = {
    message: this.service([
      'sendMessage',
      'getMessageList',
      'getMessageListByRefers',
      'replyMessage',
      'getP2PMessageReceipt',
      'sendP2PMessageReceipt',
      'sendTeamMessageReceipts',
      'getTeamMessageReceipts',
      'getTeamMessageReceiptDetail',
      'revokeMessage',
      'deleteMessage',
      'deleteMessages',
      'clearHistoryMessage',
      'modifyMessage',
      'addQuickComment',
      'removeQuickComment',
      'getQuickCommentList',
      'pinMessage',
      'unpinMessage',
      'getPinnedMessageList',
      'voiceToText',
      'addCollection',
      'removeCollections',
      'getCollectionListExByOption',
    ]),
    conversation: this.service([
      'getConversationList',
      'getConversationReadTime',
      'deleteConversation',
      'stickTopConversation',
    ]),
    readPosition: {
      // As in the SDK: it moves its own position forward and reports it, without asking the server.
      setLocally: (conversationId: string, until: number) => {
        if (until <= (this.readHere.get(conversationId) ?? 0)) return;
        this.readHere.set(conversationId, until);
        this.emit('conversation', 'onConversationReadTimeUpdated', conversationId, until);
      },
      ...this.service(['tell']),
    },
    user: this.service(['getUserList']),
    friend: this.service(['getFriendList']),
    team: this.service([
      'getTeamInfoByIds',
      'getTeamMemberListByIds',
      'getTeamInfo',
      'getTeamMemberList',
      'getJoinedTeamList',
      'getTeamJoinActionInfoList',
      'createTeam',
      'inviteMember',
      'acceptInvitation',
      'rejectInvitation',
      'acceptJoinApplication',
      'rejectJoinApplication',
      'applyJoinTeam',
      'kickMember',
      'leaveTeam',
      'dismissTeam',
      'transferTeamOwner',
      'updateTeamMemberRole',
      'setTeamChatBannedMode',
      'setTeamMemberChatBannedStatus',
      'updateTeamMemberNick',
      'updateSelfTeamMemberInfo',
      'updateTeamInfo',
      'addTeamMembersFollow',
      'removeTeamMembersFollow',
    ]),
    notification: this.service(['sendCustomNotification']),
    subscription: this.service(['subscribeUserStatus', 'unsubscribeUserStatus']),
    setting: {
      ...this.service(['setP2PMessageMuteMode', 'setTeamMessageMuteMode']),
      getTeamMessageMuteMode: () => this.teamMuteMode,
    },
  };

  on(_event: 'state', handler: (change: StateChange) => void): () => void {
    return this.changes.add(handler);
  }

  listen(service: string, event: string, handler: Handler): () => void {
    const key = `${service}.${event}`;
    const set = this.handlers.get(key) ?? new Set();
    this.handlers.set(key, set.add(handler));
    return () => set.delete(handler);
  }

  emit(service: string, event: string, ...args: unknown[]): void {
    for (const handler of this.handlers.get(`${service}.${event}`) ?? [])
      handler(...(args as never[]));
  }

  /** Reports a message that an account recalled. */
  reportRecall(messageRefer: unknown, revokeAccountId: string): void {
    this.emit('message', 'onMessageRevokeNotifications', [{ messageRefer, revokeAccountId }]);
  }

  /** Reports a message that another client of the account deleted. */
  reportDeletion(messageRefer: unknown): void {
    this.emit('message', 'onMessageDeletedNotifications', [{ messageRefer }]);
  }

  /** Reports the history with the peer as cleared up to a time. */
  reportClearing(deleteTime: number): void {
    this.emit('message', 'onClearHistoryNotifications', [
      { conversationId: CONVERSATION, deleteTime },
    ]);
  }

  async enter(to: ConnectionState): Promise<void> {
    const from = this.state;
    this.state = to;
    this.changes.emit({ from, to, reason: 'test' });
    await settle();
  }

  online(): Promise<void> {
    return this.enter({ name: 'online' });
  }

  /** The link is lost; running calls fail as the SDK fails them. */
  async lose(): Promise<void> {
    for (const call of this.calls.splice(0)) call.reject({ code: 192003 });
    await this.enter({ name: 'waiting', attempt: 0, delayMs: 1000, until: 0, reason: 192003 });
  }

  /** The oldest call of a method without an answer. */
  next(name: string): Call {
    const index = this.calls.findIndex((call) => call.name === name);
    const [call] = this.calls.splice(index, index < 0 ? 0 : 1);
    if (!call)
      throw new Error(`${name} was not called; open: ${this.names().join(', ') || 'none'}`);
    return call;
  }

  names(): string[] {
    return this.calls.map(({ name }) => name);
  }

  /** Answers getMessageList from a server's log, oldest first, as the server does. */
  serveHistory(log: V2NIMMessage[]): void {
    this.answers.set('getMessageList', (option: V2NIMMessageListOption) => {
      const { anchorMessage, beginTime = 0, endTime = Infinity, limit = 50 } = option;
      const anchor = log.findIndex((one) => one.messageClientId === anchorMessage?.messageClientId);
      if (option.direction === (1 as number)) {
        const from =
          anchor < 0 ? log.filter((one) => one.createTime >= beginTime) : log.slice(anchor + 1);
        return from.slice(0, limit);
      }
      const until =
        anchor < 0 ? log.filter((one) => one.createTime <= endTime) : log.slice(0, anchor);
      return until.slice(-limit).reverse();
    });
  }

  asConnection(): ImConnection {
    return this as unknown as ImConnection;
  }

  private service(names: readonly string[]): Record<string, unknown> {
    return Object.fromEntries(
      names.map((name) => [
        name,
        (...args: unknown[]) => {
          const answer = this.answers.get(name);
          if (answer) return Promise.resolve(answer(...(args as never[])));
          return new Promise((resolve, reject) => this.calls.push({ name, args, resolve, reject }));
        },
      ]),
    );
  }
}

/** A platform without a host: fake time, storage in memory. */
export function fakePlatform(clock = new FakeClock()) {
  const entries = new Map<string, string>();
  const storage: { refuses: Refusal | undefined } = { refuses: undefined };
  const hide = new Listeners<[]>();
  const show = new Listeners<[]>();
  const update = new Listeners<[]>();
  const restarts: number[] = [];
  const files = new Map<string, string | File>();
  const platform: Platform = {
    name: 'weapp',
    clock,
    storage: memoryStorage(entries, () => storage.refuses),
    network: {
      current: () => ({ isConnected: true, networkType: 'wifi' }),
      onChange: () => () => undefined,
    },
    lifecycle: { onHide: (handler) => hide.add(handler), onShow: (handler) => show.add(handler) },
    updates: {
      onReady: (handler) => update.add(handler),
      restart: () => void restarts.push(clock.now()),
    },
    files: fakeFiles(files),
    random: () => 0.5,
    loginCode: () => Promise.resolve('code'),
    request: () => Promise.resolve({ status: 200, body: {} }),
    language: () => 'zh_CN',
  };
  return {
    platform,
    clock,
    entries,
    /** The copies of files by name. */
    files,
    /** Decides which storage calls the device refuses from now on. */
    refuseStorage: (refuses: Refusal | undefined) => void (storage.refuses = refuses),
    restarts,
    hide: () => hide.emit(),
    show: () => show.emit(),
    updateReady: () => update.emit(),
  };
}
