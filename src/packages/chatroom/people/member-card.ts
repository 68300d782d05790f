import { makeObservable, observableRef, runInAction } from 'mobx';
import { ConnectionError } from '@/connection';
import type { RoomMember } from '../sdk';
import type { MembersStore } from '../stores/members-store';

/** One member as the server has it now: lists are as old as their page. */
export class MemberCard {
  member: RoomMember | null = null;
  state: 'loading' | 'ready' | 'gone' = 'loading';
  /** Why it could not be fetched, or what the server said to the last action. */
  error: ConnectionError | null = null;
  /** An action is under way. */
  busy = false;
  /** When the temporary mute ends, ms since 1970; 0 when there is none. */
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

  /** What the list knows is shown until the server has answered. */
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

  /** One action at a time. True when the server took it; its refusal is in `error`. */
  async act(work: () => Promise<unknown>): Promise<boolean> {
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
    // Taken or refused, what the card believed of the member may be old.
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
