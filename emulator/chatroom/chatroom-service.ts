import type { Link } from '../link/link';
import type { CommandHandler, CommandResult, LinkService } from '../link/link-service';
import type { ClientRequest } from '../protocol/packet';
import { Reason, Refusal } from '../protocol/reasons';
import { RequestItems, textOf } from '../protocol/request-items';
import type { World } from '../world/world';

const ENTER = '36_2';

/** Tags of the room item of `36_2` (yunxin-wire-protocol, shape C1). */
const EnterTag = { account: 2, roomId: 5, nick: 20, anonymous: 38 } as const;

/**
 * The chatroom link, as far as its life goes: enter, heartbeat, server time, leave. What happens inside a
 * room is not here yet; everything else is answered as unimplemented.
 */
export class ChatroomService implements LinkService {
  readonly name = 'chatroom';
  readonly loginCommand = ENTER;
  private readonly inside = new Map<Link, string>();

  constructor(private readonly world: World) {}

  handler(command: string): CommandHandler | undefined {
    switch (command) {
      case ENTER:
        return (link, request) => this.enter(link, request);
      case '36_4':
        return (link) => this.leave(link);
      case '1_2':
        return () => [];
      case '6_23':
        return () => [this.world.now()];
      case '6_27':
        return () => [{ 0: '{}', 1: '86400' }];
      case '6_26':
        return () => [{ 1: '', 2: '', 3: 0, 4: '' }];
      default:
        return undefined;
    }
  }

  accountOfLogin(request: ClientRequest): string {
    return textOf(new RequestItems(request.items).property(1)[EnterTag.account]);
  }

  linkClosed(link: Link): void {
    this.inside.delete(link);
  }

  /** Who is in a room now, by account. */
  membersOf(roomId: string): number {
    return [...this.inside.values()].filter((room) => room === roomId).length;
  }

  private enter(link: Link, request: ClientRequest): CommandResult {
    const room = new RequestItems(request.items).property(1);
    const roomId = textOf(room[EnterTag.roomId]);
    const account = textOf(room[EnterTag.account]);
    const record = this.world.state.rooms[roomId];
    if (!record) throw new Refusal(Reason.chatroomNotExist, `no room ${roomId}`);
    this.inside.set(link, roomId);
    const now = this.world.now();
    return [
      { 1: roomId, 3: record.roomName, 9: 1, 100: account, 101: this.membersOf(roomId), 102: 0 },
      {
        1: roomId,
        2: account,
        3: 0,
        5: textOf(room[EnterTag.nick]) || account,
        8: 1,
        10: now,
        14: 1,
        15: now,
      },
      {},
    ];
  }

  private leave(link: Link): CommandResult {
    this.inside.delete(link);
    return [];
  }
}
