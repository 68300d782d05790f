import { randomUUID } from 'node:crypto';
import { Reason, Refusal } from '../protocol/reasons';
import type { WorldCore } from './world-core';
import type { RoomAccountRecord } from './world-state';

/** Accounts of the kits' server (NERoom, NEMeetingKit), each bound to one IM account. */
export class RoomAccounts {
  constructor(private readonly world: WorldCore) {}

  /**
   * Creates a room account bound to an IM account, or binds an existing room account again with a new token.
   * Refuses an unknown IM account with 102404 and a wrong IM token with 302.
   */
  createAccount(binding: {
    imAccid: string;
    imToken: string;
    userUuid?: string;
  }): RoomAccountRecord {
    const { imAccid, imToken, userUuid = randomUUID().replaceAll('-', '') } = binding;
    if (this.world.requireAccount(imAccid).token !== imToken)
      throw new Refusal(Reason.invalidToken, `not the token of ${imAccid}`);
    const record = {
      userUuid,
      userToken: randomUUID(),
      imAccid,
      stamp: this.world.stamp(),
    };
    this.all[userUuid] = record;
    return record;
  }

  /** Returns the room account. Refuses a wrong token with 302. */
  authenticate(userUuid: string, userToken: string): RoomAccountRecord {
    const record = this.find(userUuid);
    if (record?.userToken !== userToken)
      throw new Refusal(Reason.invalidToken, `no room account ${userUuid} with this token`);
    return record;
  }

  find(userUuid: string): RoomAccountRecord | undefined {
    return Object.hasOwn(this.all, userUuid) ? this.all[userUuid] : undefined;
  }

  /** Returns the newest room account bound to an IM account. */
  accountBoundTo(imAccid: string): RoomAccountRecord | undefined {
    return Object.values(this.all)
      .filter((record) => record.imAccid === imAccid)
      .sort((a, b) => b.stamp - a.stamp)[0];
  }

  /** Room accounts by id. Snapshots of earlier emulators have no such field. */
  private get all(): Record<string, RoomAccountRecord> {
    return (this.world.state.roomAccounts ??= {});
  }
}
