import type { Property } from '../protocol/packet';
import { Reason, Refusal } from '../protocol/reasons';
import { withOrigin } from '../server/pictures';
import type { AccountRecord, FriendRecord, RelationRecord } from './world-state';
import type { WorldCore } from './world-core';

/** Friends, block lists and mute lists. Each side of a friendship has its own record. */
export class Relations {
  constructor(private readonly world: WorldCore) {}

  friend(owner: string, accountId: string): FriendRecord | undefined {
    return this.world.mailbox(owner).friends.find((friend) => friend.accountId === accountId);
  }

  /** Makes two accounts friends, on both sides. */
  befriend(a: string, b: string): void {
    if (a === b) throw new Refusal(Reason.selfFriendOperationNotAllowed);
    for (const [owner, accountId] of [
      [a, b],
      [b, a],
    ] as const) {
      if (this.friend(owner, accountId)) continue;
      const now = this.world.now();
      this.world.mailbox(owner).friends.push({
        accountId,
        alias: '',
        serverExtension: '',
        createTime: now,
        updateTime: now,
        stamp: this.world.stamp(),
      });
    }
  }

  /** Ends a friendship on both sides. Refused with 104404 when the accounts are not friends. */
  unfriend(a: string, b: string): void {
    if (!this.friend(a, b)) throw new Refusal(Reason.friendNotExist);
    for (const [owner, accountId] of [
      [a, b],
      [b, a],
    ] as const) {
      const mailbox = this.world.mailbox(owner);
      mailbox.friends = mailbox.friends.filter((friend) => friend.accountId !== accountId);
    }
    this.world.stamp();
  }

  updateFriend(owner: string, accountId: string, change: Partial<FriendRecord>): FriendRecord {
    const friend = this.friend(owner, accountId);
    if (!friend) throw new Refusal(Reason.friendNotExist);
    Object.assign(friend, change, { updateTime: this.world.now(), stamp: this.world.stamp() });
    return friend;
  }

  /** Returns the friends changed after `stamp`. */
  friendsSince(owner: string, stamp: number): FriendRecord[] {
    return this.world.mailbox(owner).friends.filter((friend) => friend.stamp > stamp);
  }

  relation(owner: string, accountId: string): RelationRecord {
    const mailbox = this.world.mailbox(owner);
    const existing = mailbox.relations.find((relation) => relation.accountId === accountId);
    if (existing) return existing;
    const record: RelationRecord = { accountId, muted: false, blocked: false, stamp: 0 };
    mailbox.relations.push(record);
    return record;
  }

  /** Changes whether `owner` blocks or mutes `accountId`. */
  setRelation(
    owner: string,
    accountId: string,
    change: { muted?: boolean; blocked?: boolean },
  ): void {
    Object.assign(this.relation(owner, accountId), change, { stamp: this.world.stamp() });
  }

  isBlocked(owner: string, accountId: string): boolean {
    return this.world
      .mailbox(owner)
      .relations.some((relation) => relation.accountId === accountId && relation.blocked);
  }

  readonly friendToWire = (friend: FriendRecord): Property => {
    return {
      4: friend.accountId,
      7: 0,
      8: friend.alias,
      10: friend.serverExtension,
      11: friend.createTime,
      12: friend.updateTime,
      13: '',
    };
  };

  /** Converts a profile (docs/yunxin-protocol.md, section 8.7). */
  userToWire(account: AccountRecord): Property {
    const { profile } = account;
    return {
      1: account.accountId,
      3: profile.name,
      4: withOrigin(profile.avatar, this.world.origin),
      5: profile.sign,
      6: profile.gender,
      7: profile.email,
      8: profile.birthday,
      9: profile.mobile,
      10: profile.serverExtension,
      12: profile.createTime,
      13: profile.updateTime,
    };
  }
}
