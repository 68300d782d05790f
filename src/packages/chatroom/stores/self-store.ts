import { computed, makeObservable, observableRef, runInAction } from 'mobx';
import { ConnectionError } from '@/connection';
import type { Clock, TimerHandle } from '@/platform';
import { Code } from '@/sdk/codes';
import type { ChatroomConnection } from '../connection/chatroom-connection';
import type { EnterParams } from '../connection/enter-params';
import type { RoomInfo, RoomMember } from '../sdk-types';
import { isManager } from './permissions';

/** Whether the composer may send, and the reason if not. */
export type ComposerState =
  | { readonly kind: 'open' }
  /** Not in the room, or no longer in the room. */
  | { readonly kind: 'outside' }
  /** Entered without an account: receives only. */
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'muted' }
  | { readonly kind: 'tempMuted'; readonly secondsLeft: number }
  /** Everybody but the owner and managers is muted. */
  | { readonly kind: 'roomMuted' };

/** A client of the own account in a room. */
export interface OwnClient {
  /** The SDK's V2NIMLoginClientType: 1 Android, 2 iOS, 4 PC, 16 Web and mini-programs, 64 Mac. */
  readonly type: number;
  /** Time of the entering, ms since 1970. */
  readonly since: number;
}

/** The own member in the room, and whether it may write. */
export class SelfStore {
  member: RoomMember | null = null;
  /** The current tags. */
  tags: readonly string[] = [];
  /** The own location, and the largest distance of messages to receive; undefined until it was set. */
  location: EnterParams['locationConfig'];
  /** End of a temporary mute, ms since 1970; 0 without one. */
  private tempMutedUntil = 0;
  private now: number;
  private ticking: TimerHandle | null = null;
  private readonly stop: (() => void)[];

  constructor(
    private readonly connection: ChatroomConnection,
    private readonly clock: Clock,
    private readonly info: () => RoomInfo | null,
    /** Whether the room is entered, or being entered again. */
    private readonly isIn: () => boolean,
    { tagConfig, locationConfig }: EnterParams = {},
  ) {
    this.now = clock.now();
    this.tags = tagConfig?.tags ?? [];
    this.location = locationConfig;
    makeObservable<this, 'tempMutedUntil' | 'now'>(this, {
      member: observableRef,
      tags: observableRef,
      location: observableRef,
      tempMutedUntil: observableRef,
      now: observableRef,
      composer: computed,
    });
    this.stop = [
      connection.on('state', ({ to }) => {
        const { entered } = connection;
        if (to.name === 'inside' && entered) this.set(entered.selfMember);
      }),
      connection.listen('memberChanged', (member) => this.merge(member)),
      connection.listen('roleChanged', (_previous, member) => this.merge(member)),
      connection.listen('selfMuted', (chatBanned) => this.patch({ chatBanned })),
      connection.listen('selfTempMuted', (muted, seconds) => this.muteFor(muted ? seconds : 0)),
      connection.listen('tagsChanged', (tags) => runInAction(() => (this.tags = tags))),
    ];
  }

  get composer(): ComposerState {
    const { member } = this;
    if (!this.isIn() || !member) return { kind: 'outside' };
    if (this.connection.anonymous) return { kind: 'anonymous' };
    if (member.chatBanned) return { kind: 'muted' };
    const secondsLeft = Math.ceil((this.tempMutedUntil - this.now) / 1000);
    if (secondsLeft > 0) return { kind: 'tempMuted', secondsLeft };
    if (this.info()?.chatBanned && !isManager(member)) return { kind: 'roomMuted' };
    return { kind: 'open' };
  }

  /** The server refused a message: the known state of the own member was out of date. */
  async onRefused(code: number): Promise<void> {
    if (code !== Code.chatroomMemberChatBanned && code !== Code.allChatroomMemberChatBanned) return;
    try {
      const member = await this.fetchMember();
      if (member) this.set(member);
    } catch {
      // The message's row shows the refusal itself.
    }
  }

  /**
   * Returns the other clients of the account: the member lists every client with its own entering.
   * @throws ConnectionError
   */
  async otherClients(): Promise<readonly OwnClient[]> {
    const { entered } = this.connection;
    const member = await this.fetchMember();
    const clients = (member?.multiEnterInfo ?? []).map(({ clientType, enterTime }) => ({
      type: clientType as number,
      since: enterTime,
    }));
    const mine = clients.findIndex(({ since }) => since === entered?.selfMember.enterTime);
    return clients.filter((_, index) => index !== (mine < 0 ? clients.length - 1 : mine));
  }

  dispose(): void {
    for (const stop of this.stop) stop();
    this.clock.clearTimeout(this.ticking);
  }

  private async fetchMember(): Promise<RoomMember | undefined> {
    const { accountId } = this.connection;
    const members: unknown = await this.connection.call(({ room }) =>
      room.getMemberByIds([accountId]),
    );
    // The SDK passes on what the server answers.
    if (!Array.isArray(members))
      throw new ConnectionError(Code.unexpectedAnswer, 'the answer has no list of members');
    return members[0] as RoomMember | undefined;
  }

  private set(member: RoomMember): void {
    runInAction(() => (this.member = member));
    this.muteFor(member.tempChatBanned ? member.tempChatBannedDuration : 0);
  }

  private merge(member: RoomMember): void {
    if (member.accountId !== this.connection.accountId || !this.member) return;
    const { member: known } = this;
    runInAction(() => (this.member = { ...known, ...member }));
  }

  /** Applies a change of the own member that the server has accepted. */
  patch(fields: Partial<RoomMember>): void {
    const { member } = this;
    if (member) runInAction(() => (this.member = { ...member, ...fields }));
  }

  private muteFor(seconds: number): void {
    this.clock.clearTimeout(this.ticking);
    runInAction(() => {
      this.now = this.clock.now();
      this.tempMutedUntil = seconds > 0 ? this.now + seconds * 1000 : 0;
    });
    this.tick();
  }

  /** Timer of one second while the remaining seconds are shown. */
  private tick(): void {
    const rest = this.tempMutedUntil - this.clock.now();
    if (rest <= 0) return;
    this.ticking = this.clock.setTimeout(
      () => {
        runInAction(() => (this.now = this.clock.now()));
        this.tick();
      },
      rest % 1000 || 1000,
    );
  }
}
