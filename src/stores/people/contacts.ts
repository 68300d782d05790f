import { makeObservable, observableRef, runInAction } from 'mobx';
import { ConnectionError, type ImConnection } from '@/connection';
import type { FriendRequests } from './friend-requests';
import type { UserEntry, UserStore } from './users';

/** The friends of one account, as the SDK keeps them; their profiles are in the UserStore. */
export class ContactStore {
  friends: readonly UserEntry[] = [];
  state: 'loading' | 'ready' | 'error' = 'loading';
  error: ConnectionError | null = null;
  private readonly stop: () => void;
  private disposed = false;

  constructor(
    private readonly connection: ImConnection,
    private readonly users: UserStore,
    private readonly requests: FriendRequests,
  ) {
    makeObservable(this, { friends: observableRef, state: observableRef, error: observableRef });
    connection.listen('friend', 'onFriendAdded', ({ accountId }) => this.addFriend(accountId));
    connection.listen('friend', 'onFriendDeleted', (accountId) => this.removeFriend(accountId));
    this.stop = connection.on('state', ({ to }) => {
      if (to.name === 'online') void this.load();
    });
  }

  /** Loads the whole list. Runs after each sync; the view calls it to retry. */
  async load(): Promise<void> {
    try {
      const friends = await this.connection.services.friend.getFriendList();
      this.setFriends(friends.map(({ accountId }) => accountId));
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

  private setFriends(accountIds: readonly string[]): void {
    if (this.disposed) return;
    this.requests.setFriends(accountIds);
    runInAction(() => {
      this.friends = this.users.keep(accountIds);
      this.state = 'ready';
      this.error = null;
    });
  }

  private addFriend(accountId: string): void {
    const known = this.friends.map((friend) => friend.accountId);
    if (!known.includes(accountId)) this.setFriends([...known, accountId]);
  }

  private removeFriend(accountId: string): void {
    const rest = this.friends.filter((friend) => friend.accountId !== accountId);
    this.setFriends(rest.map((friend) => friend.accountId));
  }
}
