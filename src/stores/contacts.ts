import { makeObservable, observableRef, runInAction } from 'mobx';
import { ConnectionError, type ImConnection } from '@/connection';
import type { UserEntry, UserStore } from './users';

/** The friends of one account, as the SDK keeps them; who they are is in the UserStore. */
export class ContactStore {
  friends: readonly UserEntry[] = [];
  state: 'loading' | 'ready' | 'error' = 'loading';
  error: ConnectionError | null = null;
  private readonly stop: () => void;
  private disposed = false;

  constructor(
    private readonly connection: ImConnection,
    private readonly users: UserStore,
  ) {
    makeObservable(this, { friends: observableRef, state: observableRef, error: observableRef });
    connection.listen('friend', 'onFriendAdded', ({ accountId }) => this.add(accountId));
    connection.listen('friend', 'onFriendDeleted', (accountId) => this.remove(accountId));
    this.stop = connection.on('state', ({ to }) => {
      if (to.name === 'online') void this.load();
    });
  }

  /** The whole list. Loads by itself after each sync; the view calls it to try again. */
  async load(): Promise<void> {
    try {
      const friends = await this.connection.services.friend.getFriendList();
      this.set(friends.map(({ accountId }) => accountId));
    } catch (cause) {
      if (this.disposed) return;
      runInAction(() => {
        this.error = ConnectionError.from(cause);
        if (this.state === 'loading') this.state = 'error';
      });
    }
  }

  dispose(): void {
    this.disposed = true;
    this.stop();
    runInAction(() => (this.friends = []));
  }

  private set(accountIds: readonly string[]): void {
    if (this.disposed) return;
    runInAction(() => {
      this.friends = accountIds.map((accountId) => this.users.get(accountId));
      this.state = 'ready';
      this.error = null;
    });
  }

  private add(accountId: string): void {
    const known = this.friends.map((friend) => friend.accountId);
    if (!known.includes(accountId)) this.set([...known, accountId]);
  }

  private remove(accountId: string): void {
    const rest = this.friends.filter((friend) => friend.accountId !== accountId);
    this.set(rest.map((friend) => friend.accountId));
  }
}
