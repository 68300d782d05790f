import { randomUUID } from 'node:crypto';
import { Reason, Refusal } from '../protocol/reasons';
import type { World } from './world';
import type { RoomAccountRecord } from './world-state';

/** The accounts of the room server (NERoom, NEMeetingKit), each bound to one IM account. */
export class RoomAccounts {
  constructor(private readonly world: World) {}

  /**
   * Makes a room account bound to an IM account, or binds an existing one anew; its token changes.
   * Refuses with 102404 or 302 when there is no such IM account or the token is not its own.
   */
  create(wish: { imAccid: string; imToken: string; userUuid?: string }): RoomAccountRecord {
    const { imAccid, imToken, userUuid = randomUUID().replaceAll('-', '') } = wish;
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

  /** The account, when the token is right; 302 when it is not. */
  authenticate(userUuid: string, userToken: string): RoomAccountRecord {
    const record = this.find(userUuid);
    if (record?.userToken !== userToken)
      throw new Refusal(Reason.invalidToken, `no room account ${userUuid} with this token`);
    return record;
  }

  find(userUuid: string): RoomAccountRecord | undefined {
    return Object.hasOwn(this.all, userUuid) ? this.all[userUuid] : undefined;
  }

  /** The newest account bound to an IM account. */
  boundTo(imAccid: string): RoomAccountRecord | undefined {
    return Object.values(this.all)
      .filter((record) => record.imAccid === imAccid)
      .sort((a, b) => b.stamp - a.stamp)[0];
  }

  /** Snapshots of earlier emulators have none. */
  private get all(): Record<string, RoomAccountRecord> {
    return (this.world.state.roomAccounts ??= {});
  }
}
