import { computed, makeObservable, observableRef, runInAction } from 'mobx';
import type { Clock, TimerHandle } from '@/platform';
import type { ChatroomConnection } from '../connection/chatroom-connection';
import type { EnterParams } from '../connection/enter-params';
import type { RoomInfo, RoomMember } from '../sdk';
import { isManager } from './permissions';

/** What the composer may do, and if nothing, why. */
export type ComposerState =
  | { readonly kind: 'open' }
  /** Not in the room, or not any more. */
  | { readonly kind: 'outside' }
  /** Entered without an account: receives only. */
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'muted' }
  | { readonly kind: 'tempMuted'; readonly secondsLeft: number }
  /** Everybody but the owner and managers. */
  | { readonly kind: 'roomMuted' };

/** A client of mine in a room. */
export interface OwnClient {
  /** The SDK's V2NIMLoginClientType: 1 Android, 2 iOS, 4 PC, 16 Web and mini-programs, 64 Mac. */
  readonly type: number;
  /** When it entered, ms since 1970. */
  readonly since: number;
}

const MUTED = 114421;
const ROOM_MUTED = 113423;

/** Me in the room: my member, and whether I may talk. */
export class SelfStore {
  member: RoomMember | null = null;
  /** Tags I have now. */
  tags: readonly string[] = [];
  /** Where I am, and how far away a message may come from; undefined until it was said. */
  location: EnterParams['locationConfig'];
  /** Until when I am muted, ms since 1970; 0: not for a time. */
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

  /** A message was refused: what we believed of ourselves was old. */
  async onRefused(code: number): Promise<void> {
    if (code !== MUTED && code !== ROOM_MUTED) return;
    try {
      const { accountId } = this.connection;
      const [member] = await this.connection.call(({ room }) => room.getMemberByIds([accountId]));
      if (member) this.set(member);
    } catch {
      // The refusal itself is on the message's row.
    }
  }

  /** The member lists every client of the account with its own entering; without this one. @throws ConnectionError */
  async otherClients(): Promise<readonly OwnClient[]> {
    const { accountId, entered } = this.connection;
    const [member] = await this.connection.call(({ room }) => room.getMemberByIds([accountId]));
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

  private set(member: RoomMember): void {
    runInAction(() => (this.member = member));
    this.muteFor(member.tempChatBanned ? member.tempChatBannedDuration : 0);
  }

  private merge(member: RoomMember): void {
    if (member.accountId !== this.connection.accountId || !this.member) return;
    const { member: known } = this;
    runInAction(() => (this.member = { ...known, ...member }));
  }

  /** What I changed of myself, when the server has taken it. */
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

  /** Wakes once a second, when the number on the screen changes. */
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
