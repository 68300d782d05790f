import { makeObservable, observableRef, runInAction } from 'mobx';
import { answered, type ImConnection } from '@/connection';
import type { Clock } from '@/platform';
import type { V2NIMTeamJoinActionInfo } from '@/sdk/types';

/** V2NIMTeamJoinActionType of an application of an account to a team. */
export const APPLICATION = 0;
/** V2NIMTeamJoinActionType of an invitation of the own account. */
const INVITATION = 2;
/** V2NIMTeamJoinActionStatus of a request that nobody has answered. */
const PENDING = 0;
/** The newest requests are read. */
export const MOST_REQUESTS = 100;

/** Whether a request waits for an answer of the account. */
export function isOpen({ actionType, actionStatus }: V2NIMTeamJoinActionInfo): boolean {
  const type = actionType as number;
  return (actionStatus as number) === PENDING && (type === APPLICATION || type === INVITATION);
}

/**
 * Counts the applications to teams of the account and the invitations of the account that wait for an answer and were
 * not shown. The contacts show the number, so it is there before a page of teams is; the SDK has the requests in memory
 * until the app ends, as `seen` is.
 */
export class TeamAsks {
  unread = 0;
  /** The time of the newest request that was on the screen, in milliseconds. */
  private seen = 0;
  private newest = 0;
  private isCounting = false;
  private isStale = false;
  private disposed = false;

  constructor(
    private readonly connection: ImConnection,
    private readonly clock: Clock,
  ) {
    makeObservable(this, { unread: observableRef });
    const count = () => void this.count();
    connection.listen('team', 'onReceiveTeamJoinActionInfo', count);
    connection.on('state', ({ to }) => {
      if (to.name === 'online') count();
    });
  }

  /** The list was on the screen: its requests are read. */
  markSeen(): void {
    this.seen = this.newest;
    runInAction(() => (this.unread = 0));
  }

  /** Reads the requests from the SDK's memory. Requests that come meanwhile are counted by one more reading. */
  async count(): Promise<void> {
    this.isStale = true;
    if (this.isCounting) return;
    this.isCounting = true;
    try {
      while (this.isStale && !this.disposed) {
        this.isStale = false;
        const { infos } = await answered(this.clock, () =>
          this.connection.services.team.getTeamJoinActionInfoList({
            offset: 0,
            limit: MOST_REQUESTS,
          }),
        );
        if (this.disposed) return;
        this.newest = Math.max(this.newest, ...infos.map(({ timestamp }) => timestamp));
        const isNew = (info: V2NIMTeamJoinActionInfo) => isOpen(info) && info.timestamp > this.seen;
        runInAction(() => (this.unread = infos.filter(isNew).length));
      }
    } catch {
      // The number stays; the next request or sync counts again.
    } finally {
      this.isCounting = false;
    }
  }

  dispose(): void {
    this.disposed = true;
    runInAction(() => (this.unread = 0));
  }
}
