import { action, computed, makeObservable, observable, observableRef, runInAction } from 'mobx';
import { ConnectionError } from '@/connection';
import { MemberRole } from '../connection/constants';
import type { ChatroomConnection } from '../connection/chatroom-connection';
import { atMost, InvalidParameter } from '../connection/enter-params';
import type { RoomMember } from '../sdk-types';
import { may, type MemberAction } from './permissions';

/** A list of members. */
export type MemberFilter =
  | { readonly kind: 'online' | 'managers' | 'guests' | 'muted' | 'blocked' }
  | { readonly kind: 'tag'; readonly tag: string };

export type MembersState = 'idle' | 'loading' | 'ready' | 'error';

const PAGE = 50;
/** Thirty days, the server's limit of a temporary mute. */
const LONGEST_MUTE_SECONDS = 30 * 24 * 3600;
const ID_LIMIT = 200;

const OPTIONS = {
  online: { onlyOnline: true },
  managers: { memberRoles: [MemberRole.CREATOR, MemberRole.MANAGER] },
  guests: {
    memberRoles: [MemberRole.NORMAL_GUEST, MemberRole.ANONYMOUS_GUEST],
    onlyOnline: true,
  },
  muted: { onlyChatBanned: true },
  blocked: { onlyBlocked: true },
} as const;

/** The members of the room, and the actions of a manager on them. */
export class MembersStore {
  filter: MemberFilter = { kind: 'online' };
  state: MembersState = 'idle';
  /** Error of the last page. */
  error: ConnectionError | null = null;
  hasMore = false;
  loadingMore = false;
  /** Narrows `found` to members whose nick or account contains this text. */
  query = '';
  readonly rows = observable.array<RoomMember>([], { deep: false });
  /** Number of members with the tag of the filter; null without a filter by tag. */
  tagCount: number | null = null;
  private pageToken = '';
  private run = 0;
  private readonly stop: (() => void)[];

  constructor(
    private readonly connection: ChatroomConnection,
    private readonly self: () => RoomMember | null,
  ) {
    makeObservable(this, {
      filter: observableRef,
      state: observableRef,
      error: observableRef,
      hasMore: observableRef,
      loadingMore: observableRef,
      query: observableRef,
      tagCount: observableRef,
      found: computed,
      search: action,
    });
    this.stop = [
      connection.listen('memberChanged', (member) => this.update(member)),
      connection.listen('roleChanged', (_previous, member) => this.update(member)),
      connection.listen('memberEntered', (member) => this.enter(member)),
      connection.listen('memberLeft', (accountId) => {
        if (this.filter.kind === 'online' || this.filter.kind === 'guests') this.drop(accountId);
      }),
      // Changes during a lost link have no events.
      connection.on('open', () => void this.refresh()),
    ];
  }

  /** The rows that match `query`. */
  get found(): readonly RoomMember[] {
    const query = this.query.trim().toLowerCase();
    if (!query) return this.rows.slice();
    return this.rows.filter(({ accountId, roomNick = '' }) =>
      `${roomNick} ${accountId}`.toLowerCase().includes(query),
    );
  }

  /** Whether the own account may do this to a member. */
  may(what: MemberAction, target: RoomMember): boolean {
    return may(what, this.self(), target);
  }

  /** Fetches the first page of a list; the outcome is in `state` and `error`. */
  async load(filter: MemberFilter = this.filter): Promise<void> {
    const run = ++this.run;
    this.pageToken = '';
    runInAction(() => {
      this.filter = filter;
      this.state = 'loading';
      this.error = null;
      this.tagCount = null;
    });
    await this.page(run, true);
    if (filter.kind === 'tag') await this.countTag(filter.tag, run);
  }

  /** Fetches the first page again; the rows stay until the page arrives. */
  private async refresh(): Promise<void> {
    if (this.state === 'idle') return;
    this.pageToken = '';
    await this.page(++this.run, true);
  }

  /** Fetches the next page. One request at a time. */
  async loadMore(): Promise<void> {
    if (!this.hasMore || this.loadingMore || this.state !== 'ready') return;
    runInAction(() => (this.loadingMore = true));
    await this.page(this.run, false);
    runInAction(() => (this.loadingMore = false));
  }

  search(query: string): void {
    this.query = query;
  }

  /** Members by account id, at most 200. @throws ConnectionError */
  async byIds(accountIds: readonly string[]): Promise<RoomMember[]> {
    if (accountIds.length > ID_LIMIT)
      throw new InvalidParameter('accountIds', ID_LIMIT, `has ${accountIds.length} accounts`);
    return await this.connection.call(({ room }) => room.getMemberByIds([...accountIds]));
  }

  /**
   * Removes a member, who may enter again.
   * @throws ConnectionError
   */
  async kick(member: RoomMember, notificationExtension?: string): Promise<void> {
    checkExtension(notificationExtension);
    await this.connection.call(({ room }) =>
      room.kickMember(member.accountId, notificationExtension),
    );
    this.drop(member.accountId);
  }

  /**
   * Mutes a member until the mute is undone.
   * @throws ConnectionError
   */
  async setMuted(member: RoomMember, chatBanned: boolean): Promise<void> {
    await this.connection.call(({ room }) =>
      room.setMemberChatBannedStatus(member.accountId, chatBanned),
    );
    if (!chatBanned && this.filter.kind === 'muted') this.drop(member.accountId);
    else this.update({ ...member, chatBanned });
  }

  /**
   * Mutes a member for this number of seconds, at most 30 days; 0 ends the mute.
   * @throws ConnectionError
   */
  async setTempMuted(member: RoomMember, seconds: number): Promise<void> {
    checkSeconds(seconds);
    await this.connection.call(({ room }) =>
      room.setMemberTempChatBanned(member.accountId, seconds, true),
    );
    this.update({ ...member, tempChatBanned: seconds > 0, tempChatBannedDuration: seconds });
  }

  /**
   * Blocks a member, who is removed and cannot enter again.
   * @throws ConnectionError
   */
  async setBlocked(member: RoomMember, blocked: boolean): Promise<void> {
    await this.connection.call(({ room }) =>
      room.setMemberBlockedStatus(member.accountId, blocked),
    );
    if (blocked || this.filter.kind === 'blocked') this.drop(member.accountId);
    else this.update({ ...member, blocked });
  }

  /**
   * Changes the role of a member to manager, member or guest.
   * @throws ConnectionError
   */
  async setRole(member: RoomMember, role: 'manager' | 'normal' | 'guest'): Promise<void> {
    const memberRole = {
      manager: MemberRole.MANAGER,
      normal: MemberRole.NORMAL,
      guest: MemberRole.NORMAL_GUEST,
    }[role] as never;
    await this.connection.call(({ room }) =>
      room.updateMemberRole(member.accountId, { memberRole }),
    );
    this.update({ ...member, memberRole });
  }

  /** Mutes everyone with a tag for so many seconds; 0 undoes it. @throws ConnectionError */
  async muteTag(targetTag: string, duration: number): Promise<void> {
    checkSeconds(duration);
    await this.connection.call(({ room }) =>
      room.setTempChatBannedByTag({
        targetTag,
        duration,
        notificationEnabled: true,
        notifyTargetTags: '',
        notificationExtension: '',
      }),
    );
  }

  dispose(): void {
    this.run++;
    for (const stop of this.stop) stop();
    runInAction(() => this.rows.clear());
  }

  private async page(run: number, first: boolean): Promise<void> {
    const { filter, pageToken } = this;
    try {
      const result = await this.connection.call(({ room }) =>
        filter.kind === 'tag'
          ? room.getMemberListByTag({ tag: filter.tag, pageToken, limit: PAGE })
          : room.getMemberListByOption({
              ...(OPTIONS[filter.kind] as object),
              pageToken,
              limit: PAGE,
            }),
      );
      if (run !== this.run) return;
      runInAction(() => {
        if (first) this.rows.clear();
        const known = new Set(this.rows.map(({ accountId }) => accountId));
        this.rows.push(...result.memberList.filter(({ accountId }) => !known.has(accountId)));
        this.pageToken = result.pageToken;
        this.hasMore = !result.finished;
        this.error = null;
        this.state = 'ready';
      });
    } catch (cause) {
      if (run !== this.run) return;
      runInAction(() => {
        this.error = ConnectionError.from(cause);
        if (first) this.state = 'error';
      });
    }
  }

  private async countTag(tag: string, run: number): Promise<void> {
    try {
      const count = await this.connection.call(({ room }) => room.getMemberCountByTag(tag));
      if (run === this.run) runInAction(() => (this.tagCount = count));
    } catch {
      // The list is loaded; the number is optional.
    }
  }

  private update(member: RoomMember): void {
    const index = this.rows.findIndex(({ accountId }) => accountId === member.accountId);
    const known = this.rows[index];
    if (known) runInAction(() => this.rows.splice(index, 1, { ...known, ...member }));
  }

  /** New members are at the end of the list; while there are more pages, one of the pages brings them. */
  private enter(member: RoomMember): void {
    const { filter, state, hasMore } = this;
    const isKnown = this.rows.some(({ accountId }) => accountId === member.accountId);
    if (filter.kind !== 'online' || state !== 'ready' || hasMore || isKnown) return;
    runInAction(() => this.rows.push({ ...member, isOnline: true }));
  }

  private drop(accountId: string): void {
    const index = this.rows.findIndex((row) => row.accountId === accountId);
    if (index >= 0) runInAction(() => this.rows.splice(index, 1));
  }
}

function checkExtension(extension: string | undefined): void {
  atMost('notificationExtension', extension, 2048);
}

function checkSeconds(seconds: number): void {
  if (!(seconds >= 0 && seconds <= LONGEST_MUTE_SECONDS))
    throw new InvalidParameter('duration', LONGEST_MUTE_SECONDS, `is ${seconds} seconds`);
}
