import { computed, makeObservable, observableRef, runInAction } from 'mobx';
import type { ImConnection } from '@/connection';
import type { V2NIMFriend, V2NIMUser } from '@/sdk/types';

/** What is shown of one person. One observer-sized object each: a new name re-renders its rows only. */
export class UserEntry {
  profileName = '';
  alias = '';
  avatar = '';
  sign = '';
  /** The profile has arrived. */
  known = false;

  constructor(readonly accountId: string) {
    makeObservable(this, {
      profileName: observableRef,
      alias: observableRef,
      avatar: observableRef,
      sign: observableRef,
      known: observableRef,
      name: computed,
    });
  }

  /** Friend's alias, else profile name, else account id. */
  get name(): string {
    return this.alias || this.profileName || this.accountId;
  }
}

/** The SDK's limit for one request. */
const BATCH = 150;
/** Profiles kept in memory; the least recently used goes first. */
const CAPACITY = 1000;

/** Profiles of everyone who is on the screen, fetched in batches and kept up to date. */
export class UserStore {
  private readonly entries = new Map<string, UserEntry>();
  private readonly aliases = new Map<string, string>();
  private readonly wanted = new Set<string>();
  private fetching = false;
  private disposed = false;

  constructor(private readonly connection: ImConnection) {
    connection.listen('user', 'onUserProfileChanged', (users) => this.apply(users));
    connection.listen('friend', 'onFriendAdded', (friend) => this.applyAlias(friend));
    connection.listen('friend', 'onFriendInfoChanged', (friend) => this.applyAlias(friend));
    connection.listen('friend', 'onFriendDeleted', (accountId) => this.setAlias(accountId, ''));
    connection.on('state', ({ to }) => {
      if (to.name !== 'online') return;
      void this.loadAliases();
      // The SDK is silent about profiles that a sync brought. What it has in memory costs no request.
      for (const accountId of this.entries.keys()) this.wanted.add(accountId);
      this.schedule();
    });
  }

  /** The account that is signed in. */
  get self(): UserEntry {
    return this.get(this.connection.accountId);
  }

  /** What is known of an account, at once; the rest is fetched and appears in the same entry. */
  get(accountId: string): UserEntry {
    let entry = this.entries.get(accountId);
    if (entry) {
      // A Map remembers insertion order: inserting again makes it the most recently used.
      this.entries.delete(accountId);
    } else {
      entry = new UserEntry(accountId);
      const alias = this.aliases.get(accountId);
      if (alias) entry.alias = alias;
      this.wanted.add(accountId);
      this.schedule();
      if (this.entries.size >= CAPACITY) this.evict();
    }
    this.entries.set(accountId, entry);
    return entry;
  }

  dispose(): void {
    this.disposed = true;
    this.entries.clear();
    this.aliases.clear();
    this.wanted.clear();
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
        this.apply(await this.connection.services.user.getUserList(accountIds));
      } catch {
        // Names stay account ids for now; asked for again after the next reconnect.
        for (const accountId of accountIds) this.wanted.add(accountId);
        break;
      }
    }
    this.fetching = false;
  }

  private apply(users: readonly V2NIMUser[]): void {
    if (this.disposed) return;
    runInAction(() => {
      for (const { accountId, name, avatar, sign } of users) {
        const entry = this.entries.get(accountId);
        if (!entry) continue;
        entry.profileName = name ?? '';
        entry.avatar = avatar ?? '';
        entry.sign = sign ?? '';
        entry.known = true;
      }
    });
  }

  private async loadAliases(): Promise<void> {
    try {
      const friends = await this.connection.services.friend.getFriendList();
      if (!this.disposed) for (const friend of friends) this.applyAlias(friend);
    } catch {
      // Without the friend list people are shown under their own names.
    }
  }

  private applyAlias({ accountId, alias }: V2NIMFriend): void {
    this.setAlias(accountId, alias ?? '');
  }

  private setAlias(accountId: string, alias: string): void {
    if (alias) this.aliases.set(accountId, alias);
    else this.aliases.delete(accountId);
    const entry = this.entries.get(accountId);
    if (entry && entry.alias !== alias) runInAction(() => (entry.alias = alias));
  }
}
