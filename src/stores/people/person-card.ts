import { makeObservable, observableRef, runInAction } from 'mobx';
import { answered, ConnectionError } from '@/connection';
import { systemClock } from '@/platform';
import type { AccountStores } from '../session/account';
import { BlockList } from './block-list';
import type { UserEntry } from './users';

/** The server's limit of a remark, characters. */
export const REMARK_LENGTH = 128;

/** What a page shows about one person, and what the user can do with the person. Disposed with the page. */
export class PersonCard {
  /** `missing`: the server has no such account. */
  state: 'loading' | 'ready' | 'missing' | 'error' = 'loading';
  error: ConnectionError | null = null;
  isMuted = false;
  readonly blocks: BlockList;
  private readonly stops: (() => void)[];

  constructor(
    private readonly account: AccountStores,
    readonly accountId: string,
  ) {
    makeObservable(this, { state: observableRef, error: observableRef, isMuted: observableRef });
    const { connection } = account;
    this.blocks = new BlockList(connection);
    this.stops = [
      connection.listen('setting', 'onP2PMessageMuteModeChanged', (changed, mode) => {
        if (changed === accountId) this.setIsMuted((mode as number) === 1);
      }),
      connection.on('state', ({ to }) => {
        if (to.name === 'online') void this.load();
      }),
      () => this.blocks.dispose(),
    ];
    // A page that opens with the app waits for the link; without a link the user is told and can retry.
    if (['online', 'waiting'].includes(connection.state.name)) void this.load();
  }

  get user(): UserEntry {
    return this.account.users.get(this.accountId);
  }

  get isMe(): boolean {
    return this.accountId === this.account.accountId;
  }

  get isFriend(): boolean {
    return this.account.contacts.friends.some(({ accountId }) => accountId === this.accountId);
  }

  get isBlocked(): boolean {
    return this.blocks.accountIds.includes(this.accountId);
  }

  /**
   * Reads the profile from the server: the server does not announce changes of another account's profile. Also
   * runs after each reconnect.
   */
  async load(): Promise<void> {
    const { user, setting } = this.account.connection.services;
    try {
      const [found] = await answered(systemClock, () =>
        user.getUserListFromCloud([this.accountId]),
      );
      this.account.users.get(this.accountId);
      this.account.users.learn(found ? [found] : []);
      const mode = this.isMe ? 0 : await setting.getP2PMessageMuteMode(this.accountId);
      this.setIsMuted((mode as number) === 1);
      this.setState(found ? 'ready' : 'missing', null);
    } catch (cause) {
      this.setState(this.state === 'loading' ? 'error' : this.state, ConnectionError.from(cause));
    }
  }

  /** @throws ConnectionError */
  async setRemark(alias: string): Promise<void> {
    const { friend } = this.account.connection.services;
    await answered(systemClock, () => friend.setFriendInfo(this.accountId, { alias }));
  }

  /** Also ends the end of a timed mute. @throws ConnectionError */
  async setMuted(isMuted: boolean): Promise<void> {
    const { acts, conversations } = this.account;
    await acts.setMuted(conversations.conversationIdWith(this.accountId), isMuted);
    this.setIsMuted(isMuted);
  }

  /** @throws ConnectionError */
  async setBlocked(isBlocked: boolean): Promise<void> {
    await this.blocks.setBlocked(this.accountId, isBlocked);
  }

  /** Ends the friendship for both. @throws ConnectionError */
  async unfriend(): Promise<void> {
    const { friend } = this.account.connection.services;
    await answered(systemClock, () => friend.deleteFriend(this.accountId, { deleteAlias: true }));
  }

  dispose(): void {
    for (const stop of this.stops) stop();
  }

  private setState(state: PersonCard['state'], error: ConnectionError | null): void {
    runInAction(() => {
      this.state = state;
      this.error = error;
    });
  }

  private setIsMuted(isMuted: boolean): void {
    runInAction(() => (this.isMuted = isMuted));
  }
}
