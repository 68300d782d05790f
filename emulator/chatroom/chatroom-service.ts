import type { AuthenticationConfig } from '../im/authentication';
import { type StorageHost, storageHandlers } from '../im/storage';
import type { EmulatorLog } from '../link/emulator-log';
import type { Link } from '../link/link';
import type { CommandHandler, CommandResult, LinkService } from '../link/link-service';
import type { ClientRequest } from '../protocol/packet';
import { Reason, Refusal } from '../protocol/reasons';
import { RequestItems, textOf } from '../protocol/request-items';
import { EnterTag } from '../protocol/room-tags';
import { antispamVocabulary } from './antispam';
import { enter } from './enter';
import { infoHandlers } from './info-commands';
import { memberHandlers } from './member-commands';
import { messageHandlers } from './message-commands';
import { queueHandlers } from './queue-commands';
import type { ChatroomParts, RoomCall, RoomHandlers } from './room-command';

const ENTER = '36_2';
const HEARTBEAT = '1_2';

export interface ChatroomServiceOptions {
  parts: ChatroomParts;
  log: EmulatorLog;
  authentication: AuthenticationConfig;
  host: () => StorageHost;
}

/** Service of the chatroom link: entering, and the commands of clients inside a room. */
export class ChatroomService implements LinkService {
  readonly name = 'chatroom';
  readonly loginCommand = ENTER;
  private readonly handlers: RoomHandlers = {
    ...infoHandlers,
    ...memberHandlers,
    ...messageHandlers,
    ...queueHandlers,
    '36_4': ({ people, session }) => {
      people.leaveRoom(session);
      return [];
    },
    '6_23': ({ world }) => [world.now()],
    '29_17': ({ world }) => [{ 1: 1, 2: '', 3: '', 4: antispamVocabulary(world) }],
  };

  constructor(private readonly options: ChatroomServiceOptions) {}

  handler(command: string): CommandHandler | undefined {
    if (command === ENTER) return (link, request) => enter(this.options, link, request);
    if (command === HEARTBEAT) return () => [];
    if (Object.hasOwn(storageHandlers, command)) {
      return (_link, request) =>
        storageHandlers[command]?.({
          items: new RequestItems(request.items),
          host: this.options.host(),
        });
    }
    if (!Object.hasOwn(this.handlers, command)) return undefined;
    return (link, request) => this.handle(link, request);
  }

  private handle(link: Link, request: ClientRequest): CommandResult {
    return this.handlers[request.command]?.(this.callOf(link, request));
  }

  private callOf(link: Link, request: ClientRequest): RoomCall {
    const { parts } = this.options;
    const session = parts.sessions.ofLink(link);
    if (!session) throw new Refusal(Reason.forbidden, 'not inside a room');
    const room = parts.world.rooms.require(session.roomId);
    return {
      ...parts,
      session,
      accountId: session.accountId,
      room,
      member: parts.world.rooms.ensureMember(room, session.accountId),
      items: new RequestItems(request.items),
    };
  }

  accountOfLogin(request: ClientRequest): string {
    return textOf(new RequestItems(request.items).property(1)[EnterTag.account]);
  }

  linkClosed(link: Link): void {
    const session = this.options.parts.sessions.ofLink(link);
    if (session) this.options.parts.people.leaveRoom(session);
  }
}
