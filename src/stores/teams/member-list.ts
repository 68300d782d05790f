import { makeObservable, observableRef, runInAction } from 'mobx';
import { answered, ConnectionError, type ImConnection } from '@/connection';
import type { Clock, TimerHandle } from '@/platform';
import type { V2NIMTeamMember } from '@/sdk/types';
import type { TeamKey } from './team-acts';

/** The SDK's limit of members for one page. */
const PAGE = 100;
/** Changes are shown together after this time: 7 times a second at most. */
const BATCH_MS = 150;
/** Members that are requested again after a reconnect; the others come with the next pages. */
const KEPT = 500;

/** V2NIMTeamMemberRoleQueryType. */
const NORMAL_PAGE = 1;
const MANAGERS_PAGE = 2;
/** V2NIMTeamMemberRole. */
export const Role = { normal: 0, owner: 1, manager: 2 } as const;

/** A member in the list; the same object as long as the member is in the team. */
export class MemberRow {
  member: V2NIMTeamMember;

  constructor(member: V2NIMTeamMember) {
    this.member = member;
    makeObservable(this, { member: observableRef });
  }

  get accountId(): string {
    return this.member.accountId;
  }

  get role(): number {
    return this.member.memberRole;
  }
}

/** The members of a team by role: owner, managers, then the others in pages, each in the order of joining. */
export class MemberList {
  rows: readonly MemberRow[] = [];
  state: 'idle' | 'loading' | 'ready' | 'error' = 'idle';
  error: ConnectionError | null = null;
  loadingMore = false;
  hasMore = false;
  private readonly byId = new Map<string, MemberRow>();
  private nextToken = '';
  /** Changes that the list does not show yet; null for a member who is gone. */
  private readonly changed = new Map<string, V2NIMTeamMember | null>();
  /** Members who went while a page was on its way: the page may still name them. */
  private readonly gone = new Set<string>();
  /**
   * The SDK builds an event from its own copy of the member, which lacks what happened while the link was lost or the
   * account was outside. So the first event of a member is followed by a request, which also renews the SDK's copy.
   */
  private readonly unsure = new Set<string>();
  /** Members whose copy in the SDK has been renewed since the last load. */
  private readonly sure = new Set<string>();
  private isConfirming = false;
  private timer: TimerHandle | null = null;
  private run = 0;
  private disposed = false;

  constructor(
    private readonly connection: ImConnection,
    private readonly clock: Clock,
    private readonly key: TeamKey,
  ) {
    makeObservable(this, {
      rows: observableRef,
      state: observableRef,
      error: observableRef,
      loadingMore: observableRef,
      hasMore: observableRef,
    });
  }

  /** Requests the managers and the first page of the others; after a reconnect as many as were loaded. */
  async load(): Promise<void> {
    const run = ++this.run;
    this.gone.clear();
    this.sure.clear();
    const wanted = Math.min(this.byId.size, KEPT);
    runInAction(() => {
      if (this.state !== 'ready') this.state = 'loading';
      this.loadingMore = false;
    });
    try {
      const [managers, first] = await Promise.all([
        this.page(MANAGERS_PAGE),
        this.page(NORMAL_PAGE),
      ]);
      const found = [...managers.memberList, ...first.memberList];
      let last = first;
      while (found.length < wanted && !last.finished && run === this.run) {
        last = await this.page(NORMAL_PAGE, last.nextToken);
        found.push(...last.memberList);
      }
      if (run !== this.run || this.disposed) return;
      runInAction(() => {
        const inList = new Set(found.map(({ accountId }) => accountId));
        for (const id of this.byId.keys()) if (!inList.has(id)) this.byId.delete(id);
        this.take(found);
        this.nextToken = last.nextToken;
        this.hasMore = !last.finished;
        this.state = 'ready';
        this.error = null;
      });
    } catch (cause) {
      if (run !== this.run || this.disposed) return;
      runInAction(() => {
        this.error = ConnectionError.from(cause);
        if (this.state === 'loading') this.state = 'error';
      });
    }
  }

  /** Requests the next page; does nothing while a page is on its way and behind the last page. */
  async loadMore(): Promise<void> {
    if (this.state !== 'ready' || this.loadingMore || !this.hasMore) return;
    const { run } = this;
    runInAction(() => {
      this.loadingMore = true;
      this.error = null;
    });
    try {
      const page = await this.page(NORMAL_PAGE, this.nextToken);
      if (run !== this.run || this.disposed) return;
      runInAction(() => {
        // A token that does not change would ask for the same page for ever.
        this.hasMore = !page.finished && page.nextToken !== this.nextToken;
        this.nextToken = page.nextToken;
        this.take(page.memberList);
      });
    } catch (cause) {
      if (run === this.run && !this.disposed)
        runInAction(() => (this.error = ConnectionError.from(cause)));
    } finally {
      if (run === this.run) runInAction(() => (this.loadingMore = false));
    }
  }

  /** Takes members who joined; shown with the next batch. */
  add(members: readonly V2NIMTeamMember[]): void {
    for (const member of members) {
      this.gone.delete(member.accountId);
      // The SDK's copy is of the former membership.
      this.sure.delete(member.accountId);
      this.changed.set(member.accountId, member);
    }
    this.schedule();
  }

  /** Takes members who changed; shown with the next batch. */
  update(members: readonly V2NIMTeamMember[]): void {
    for (const member of members) {
      const { accountId } = member;
      // The event of a change can come after the event of the leave. The SDK's copy of a member who joined again says
      // that the member is out, so the event alone decides nothing.
      const isGone = this.changed.get(accountId) === null || !this.byId.has(accountId);
      if (member.inTeam === false && isGone) continue;
      if (!this.sure.has(accountId)) this.unsure.add(accountId);
      this.changed.set(accountId, member.inTeam === false ? { ...member, inTeam: true } : member);
    }
    this.schedule();
  }

  /** Removes members; shown with the next batch. */
  remove(members: readonly V2NIMTeamMember[]): void {
    for (const { accountId } of members) {
      this.gone.add(accountId);
      this.changed.set(accountId, null);
    }
    this.schedule();
  }

  of(accountId: string): MemberRow | undefined {
    return this.byId.get(accountId);
  }

  /** The members whose nick, account or `nameOf` contains a text. */
  matching(query: string, nameOf: (accountId: string) => string): readonly MemberRow[] {
    const wanted = query.trim().toLowerCase();
    if (wanted === '') return this.rows;
    return this.rows.filter(({ member: { accountId, teamNick = '' } }) =>
      `${teamNick}\n${accountId}\n${nameOf(accountId)}`.toLowerCase().includes(wanted),
    );
  }

  dispose(): void {
    this.disposed = true;
    this.clock.clearTimeout(this.timer);
  }

  private page(roleQueryType: number, nextToken = '') {
    const { teamId, teamType } = this.key;
    const option = { roleQueryType, nextToken, limit: PAGE, direction: 1, onlyChatBanned: false };
    return answered(this.clock, () =>
      this.connection.services.team.getTeamMemberList(teamId, teamType, option),
    );
  }

  private schedule(): void {
    // Without a list there is nothing to change, and the first page brings the newest state.
    if (this.state === 'idle') {
      this.changed.clear();
      this.unsure.clear();
    }
    if (this.disposed || this.changed.size === 0) return;
    this.timer ??= this.clock.setTimeout(() => this.flush(), BATCH_MS);
  }

  private flush(): void {
    this.timer = null;
    runInAction(() => {
      for (const [accountId, member] of this.changed) {
        if (!member) this.byId.delete(accountId);
        // A new member of a list that is not complete comes with its page, a manager at once.
        else if (this.byId.has(accountId) || !this.hasMore || member.memberRole !== 0)
          this.set(member);
      }
      this.changed.clear();
      this.sort();
    });
    void this.confirm();
  }

  /** Requests the members whose events may have been built from an old copy, one request at a time. */
  private async confirm(): Promise<void> {
    if (this.isConfirming || this.unsure.size === 0) return;
    this.isConfirming = true;
    const { run } = this;
    const { teamId, teamType } = this.key;
    const ids = [...this.unsure].slice(0, PAGE);
    for (const id of ids) this.unsure.delete(id);
    try {
      const members = await answered(this.clock, () =>
        this.connection.services.team.getTeamMemberListByIds(teamId, teamType, ids),
      );
      if (run === this.run && !this.disposed) runInAction(() => this.correct(members));
    } catch {
      // The next event of the member or the next load requests it again.
    }
    this.isConfirming = false;
    if (!this.disposed && this.unsure.size > 0 && this.timer === null) void this.confirm();
  }

  /** Takes over what differs from the list. A member with a newer event is requested again instead. */
  private correct(members: readonly V2NIMTeamMember[]): void {
    let isChanged = false;
    for (const member of members) {
      const { accountId } = member;
      if (this.unsure.has(accountId) || member.inTeam === false) continue;
      this.sure.add(accountId);
      const known = this.byId.get(accountId)?.member;
      if (!known || this.changed.has(accountId) || isSame(known, member)) continue;
      this.set(member);
      isChanged = true;
    }
    if (isChanged) this.sort();
  }

  private take(members: readonly V2NIMTeamMember[]): void {
    for (const member of members) {
      const { accountId, updateTime = 0 } = member;
      if (this.gone.has(accountId) || member.inTeam === false) continue;
      const known = this.byId.get(accountId)?.member;
      // An event that came while the page was on its way is newer than the page.
      if (!known || (known.updateTime ?? 0) <= updateTime) this.set(member);
    }
    this.sort();
  }

  private set(member: V2NIMTeamMember): void {
    const row = this.byId.get(member.accountId);
    if (row) row.member = member;
    else this.byId.set(member.accountId, new MemberRow(member));
  }

  private sort(): void {
    this.rows = [...this.byId.values()].sort(byRole);
  }
}

/** Whether the list shows two states of a member in the same way. */
function isSame(a: V2NIMTeamMember, b: V2NIMTeamMember): boolean {
  return (
    a.memberRole === b.memberRole &&
    (a.teamNick ?? '') === (b.teamNick ?? '') &&
    (a.chatBanned ?? false) === (b.chatBanned ?? false)
  );
}

const rank = ({ role }: MemberRow) => (role === Role.owner ? 0 : role === Role.manager ? 1 : 2);

function byRole(a: MemberRow, b: MemberRow): number {
  return (
    rank(a) - rank(b) ||
    a.member.joinTime - b.member.joinTime ||
    (a.accountId < b.accountId ? -1 : 1)
  );
}
