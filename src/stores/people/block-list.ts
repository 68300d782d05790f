import { makeObservable, observableRef, runInAction } from 'mobx';
import { answered, type ImConnection } from '@/connection';
import { systemClock } from '@/platform';

/**
 * The accounts that this account blocks, as the SDK knows them. Made by a page and disposed with it. The SDK adds the
 * accounts of a sync to its list but removes none: an account that another client unblocked while this client had no
 * link stays on the list until the next sign-in.
 */
export class BlockList {
  accountIds: readonly string[] = [];
  state: 'loading' | 'ready' = 'loading';
  private readonly stops: (() => void)[];

  constructor(private readonly connection: ImConnection) {
    makeObservable(this, { accountIds: observableRef, state: observableRef });
    const refresh = () => void this.load();
    this.stops = [
      connection.listen('user', 'onBlockListAdded', refresh),
      connection.listen('user', 'onBlockListRemoved', refresh),
      connection.on('state', ({ to }) => {
        if (to.name === 'online') refresh();
      }),
    ];
    refresh();
  }

  /**
   * Blocks an account, or ends the block. The SDK announces the change, here as on other clients.
   * @throws ConnectionError
   */
  async setBlocked(accountId: string, isBlocked: boolean): Promise<void> {
    const { user } = this.connection.services;
    await answered(systemClock, () =>
      isBlocked ? user.addUserToBlockList(accountId) : user.removeUserFromBlockList(accountId),
    );
    await this.load();
  }

  dispose(): void {
    for (const stop of this.stops) stop();
  }

  private async load(): Promise<void> {
    try {
      // A copy: the answer is the SDK's own list, which changes.
      const accountIds = [
        ...(await answered(systemClock, () => this.connection.services.user.getBlockList())),
      ];
      runInAction(() => {
        this.accountIds = accountIds;
        this.state = 'ready';
      });
    } catch {
      // The SDK answers from its memory; after an end of the login there is nothing to show.
    }
  }
}
