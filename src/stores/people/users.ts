import { computed, makeObservable, observableRef, runInAction } from 'mobx';
import type { ImConnection } from '@/connection';
import type { V2NIMFriend, V2NIMUser } from '@/sdk/types';

/**
 * The shown profile of one person. Each person is an observable of its own, so a new name re-renders only its
 * rows.
 */
export class UserEntry {
  profileName = '';
  alias = '';
  avatar = '';
  sign = '';
  /** A copy: the SDK changes the own profile in place. Null until the profile has arrived. */
  profile: Readonly<V2NIMUser> | null = null;

  constructor(readonly accountId: string) {
    makeObservable(this, {
      profileName: observableRef,
      alias: observableRef,
      avatar: observableRef,
      sign: observableRef,
      profile: observableRef,
      known: computed,
      name: computed,
    });
  }

  /** Whether the profile has arrived. */
  get known(): boolean {
    return this.profile !== null;
  }

  /** The friend's alias, else the profile name, else the account id. */
  get name(): string {
    return this.alias || this.profileName || this.accountId;
  }
}

/** The SDK's limit of accounts for one request. */
const BATCH = 150;
/** Maximum number of profiles in memory; the least recently used is evicted. */
const CAPACITY = 1000;

/** Profiles of everyone on the screen, fetched in batches and kept up to date. */
export class UserStore {
  private readonly entries = new Map<string, UserEntry>();
  /** The friends: their lists hold the entries, so these are not evicted. */
  private kept = new Map<string, UserEntry>();
  private readonly aliases = new Map<string, string>();
  private readonly wanted = new Set<string>();
  private fetching = false;
  private disposed = false;

  constructor(private readonly connection: ImConnection) {
    connection.listen('user', 'onUserProfileChanged', (users) => this.learn(users));
    connection.listen('friend', 'onFriendAdded', (friend) => this.applyAlias(friend));
    connection.listen('friend', 'onFriendInfoChanged', (friend) => this.applyAlias(friend));
    connection.listen('friend', 'onFriendDeleted', (accountId) => this.setAlias(accountId, ''));
    connection.on('state', ({ to }) => {
      if (to.name !== 'online') return;
      void this.loadAliases();
      // The SDK does not announce profiles that a sync brought. Reading them from its memory costs no
      // request.
      for (const accountId of [...this.kept.keys(), ...this.entries.keys()])
        this.wanted.add(accountId);
      this.schedule();
    });
  }

  /** The signed-in account. */
  get self(): UserEntry {
    return this.get(this.connection.accountId);
  }

  /** The profile as far as it is known. Missing fields are fetched and appear in the same entry. */
  get(accountId: string): UserEntry {
    const kept = this.kept.get(accountId);
    if (kept) return kept;
    const entry = this.take(accountId);
    if (this.entries.size >= CAPACITY) this.evict();
    // A Map keeps insertion order: inserting again makes the entry the most recently used.
    this.entries.set(accountId, entry);
    return entry;
  }

  /** Returns the entries of the friends, and keeps them in memory until the next call, however many they are. */
  keep(accountIds: readonly string[]): UserEntry[] {
    const left = this.kept;
    this.kept = new Map();
    for (const accountId of accountIds) {
      this.kept.set(accountId, left.get(accountId) ?? this.take(accountId));
      left.delete(accountId);
    }
    for (const [accountId, entry] of left) this.entries.set(accountId, entry);
    return [...this.kept.values()];
  }

  /** Takes in profiles that the server sent. */
  learn(users: readonly V2NIMUser[]): void {
    if (this.disposed) return;
    runInAction(() => {
      for (const user of users) {
        const { accountId, name, avatar, sign } = user;
        const entry = this.kept.get(accountId) ?? this.entries.get(accountId);
        if (!entry) continue;
        entry.profileName = name ?? '';
        entry.avatar = avatar ?? '';
        entry.sign = sign ?? '';
        entry.profile = { ...user };
      }
    });
  }

  /** The profile if it is in memory; requests nothing. */
  peek(accountId: string): UserEntry | undefined {
    return this.kept.get(accountId) ?? this.entries.get(accountId);
  }

  dispose(): void {
    this.disposed = true;
    this.entries.clear();
    this.kept.clear();
    this.aliases.clear();
    this.wanted.clear();
  }

  /** Removes an entry from the evictable entries; makes an unknown entry, whose profile is fetched. */
  private take(accountId: string): UserEntry {
    const known = this.entries.get(accountId);
    if (known) {
      this.entries.delete(accountId);
      return known;
    }
    const entry = new UserEntry(accountId);
    const alias = this.aliases.get(accountId);
    if (alias) entry.alias = alias;
    this.wanted.add(accountId);
    this.schedule();
    return entry;
  }

  private evict(): void {
    const oldest = this.entries.keys().next();
    if (!oldest.done) this.entries.delete(oldest.value);
  }

  private schedule(): void {
    if (this.fetching || this.wanted.size === 0) return;
    this.fetching = true;
    void Promise.resolve().then(() => this.fetch());
  }

  private async fetch(): Promise<void> {
    while (this.wanted.size > 0 && !this.disposed && this.connection.state.name === 'online') {
      const accountIds = [...this.wanted].slice(0, BATCH);
      for (const accountId of accountIds) this.wanted.delete(accountId);
      try {
        this.learn(await this.connection.services.user.getUserList(accountIds));
      } catch {
        // Account ids stay in place of names; the next reconnect asks again.
        for (const accountId of accountIds) this.wanted.add(accountId);
        break;
      }
    }
    this.fetching = false;
  }

  private async loadAliases(): Promise<void> {
    try {
      const friends = await this.connection.services.friend.getFriendList();
      if (!this.disposed) for (const friend of friends) this.applyAlias(friend);
    } catch {
      // Without the friend list, people are shown under their own names.
    }
  }

  private applyAlias({ accountId, alias }: V2NIMFriend): void {
    this.setAlias(accountId, alias ?? '');
  }

  private setAlias(accountId: string, alias: string): void {
    if (alias) this.aliases.set(accountId, alias);
    else this.aliases.delete(accountId);
    const entry = this.kept.get(accountId) ?? this.entries.get(accountId);
    if (entry && entry.alias !== alias) runInAction(() => (entry.alias = alias));
  }
}
