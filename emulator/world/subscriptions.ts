/** A subscription of one account to the status of another. */
interface Subscription {
  /** ms since 1970. */
  since: number;
  durationS: number;
  /** When the current status was last sent because the subscriber asked for it, ms since 1970. */
  syncedAt: number;
}

/** A second request for the current status within this time is not answered, ms (Yunxin's documents). */
const SYNC_PAUSE_MS = 30_000;
/** The largest number of accounts that an account can subscribe to, and of subscribers of an account. */
const LIMIT = 3000;

/** Lists the accounts that are told of another account's status. In memory: a new server has no subscriptions. */
export class Subscriptions {
  /** Whether the app has the service; a new Yunxin app has not. */
  isEnabled = true;
  private readonly bySubscriber = new Map<string, Map<string, Subscription>>();

  constructor(private readonly now: () => number) {}

  /**
   * Subscribes; a repeated subscription gets the new duration. Returns whether the status is sent now, or `full` when
   * one of the two accounts has too many subscriptions.
   */
  add(
    subscriberId: string,
    accountId: string,
    durationS: number,
    wantsSync: boolean,
  ): 'sync' | 'quiet' | 'full' {
    const own = this.of(subscriberId);
    const known = own.get(accountId);
    if (!known && (own.size >= LIMIT || this.subscribersOf(accountId).length >= LIMIT))
      return 'full';
    const now = this.now();
    const lastSync = known?.syncedAt ?? Number.NEGATIVE_INFINITY;
    const syncs = wantsSync && now - lastSync >= SYNC_PAUSE_MS;
    own.set(accountId, { since: now, durationS, syncedAt: syncs ? now : lastSync });
    return syncs ? 'sync' : 'quiet';
  }

  remove(subscriberId: string, accountId: string): void {
    this.bySubscriber.get(subscriberId)?.delete(accountId);
  }

  removeAll(subscriberId: string): void {
    this.bySubscriber.delete(subscriberId);
  }

  /** The accounts that an account is subscribed to. */
  of(subscriberId: string): Map<string, Subscription> {
    let own = this.bySubscriber.get(subscriberId);
    if (!own) this.bySubscriber.set(subscriberId, (own = new Map()));
    for (const [accountId, { since, durationS }] of own)
      if (since + durationS * 1000 <= this.now()) own.delete(accountId);
    return own;
  }

  /** The accounts that are told of an account's status. */
  subscribersOf(accountId: string): string[] {
    return [...this.bySubscriber.keys()].filter((subscriberId) =>
      this.of(subscriberId).has(accountId),
    );
  }
}
