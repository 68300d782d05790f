import { makeObservable, observableRef, runInAction } from 'mobx';
import { ConnectionError } from '@/connection';
import type { RoomMember } from '../sdk-types';
import type { MembersStore } from '../stores/members-store';

/** The current state of a member on the server: lists are as old as their page. */
export class MemberCard {
  member: RoomMember | null = null;
  state: 'loading' | 'ready' | 'gone' = 'loading';
  /** The failure of fetching, or of the last action. */
  error: ConnectionError | null = null;
  /** Whether an action is running. */
  busy = false;
  /** End of the temporary mute in ms since 1970; 0 when there is none. */
  mutedUntil = 0;

  constructor(
    readonly accountId: string,
    private readonly members: Pick<MembersStore, 'rows' | 'byIds'>,
    private readonly now: () => number = Date.now,
  ) {
    makeObservable(this, {
      member: observableRef,
      state: observableRef,
      error: observableRef,
      busy: observableRef,
      mutedUntil: observableRef,
    });
    const listed = members.rows.find((row) => row.accountId === accountId);
    if (!listed) return;
    this.member = listed;
    this.state = 'ready';
  }

  /** Fetches the member. The list's state is shown until the server has answered. */
  async load(): Promise<void> {
    try {
      const [member = null] = await this.members.byIds([this.accountId]);
      runInAction(() => {
        this.error = null;
        this.show(member);
      });
    } catch (cause) {
      runInAction(() => {
        this.error = ConnectionError.from(cause);
        if (this.state === 'loading') this.state = 'ready';
      });
    }
  }

  /** Runs an action if no other is running. Returns whether the server accepted it; its refusal is in `error`. */
  async runAction(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    runInAction(() => {
      this.busy = true;
      this.error = null;
    });
    let error: ConnectionError | null = null;
    try {
      await work();
    } catch (cause) {
      error = ConnectionError.from(cause);
    }
    // Whether accepted or refused, the card's state of the member may be outdated.
    await this.load();
    runInAction(() => {
      this.error = error ?? this.error;
      this.busy = false;
    });
    return error === null;
  }

  private show(member: RoomMember | null): void {
    this.member = member;
    this.state = member ? 'ready' : 'gone';
    this.mutedUntil = member?.tempChatBanned
      ? this.now() + member.tempChatBannedDuration * 1000
      : 0;
  }
}
