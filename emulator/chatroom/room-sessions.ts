import { encodePush, type Link } from '../link/link';
import { RoomKickReason } from '../protocol/room-tags';

export interface RoomLocation {
  x: number;
  y: number;
  z: number;
}

/** How a member looks to others. */
export interface RoomLook {
  nick: string;
  avatar: string;
  serverExtension: string;
}

/** One client inside a room: a link, or (in a flood) a member that exists only on paper. */
export interface RoomSession extends RoomLook {
  roomId: string;
  accountId: string;
  link: Link | undefined;
  clientId: string;
  clientType: number;
  /** The product's own kind of client; 0 when it named none. */
  customClientType: number;
  /** Empty when it named none. */
  antispamBusinessId: string;
  enterTime: number;
  tags: string[];
  /** Tag expression: who is told of this client's coming and going. Empty = all. */
  notifyTargetTags: string;
  location: RoomLocation | undefined;
  /** Messages with a location farther away than this are not for this client; 0 = all are. */
  distance: number;
}

interface Inside {
  sessions: Set<RoomSession>;
  /** The clients of each account, oldest first. */
  byAccount: Map<string, RoomSession[]>;
}

/** The client closes at once when it is put out; the server does so a little later, should it not. */
const KICK_CLOSE_DELAY_MS = 200;

/** Who is inside which room, and pushes to them. */
export class RoomSessions {
  private readonly rooms = new Map<string, Inside>();
  private readonly byLink = new Map<Link, RoomSession>();
  private readonly timers = new Set<NodeJS.Timeout>();

  /** All clients inside, oldest first. */
  inRoom(roomId: string): RoomSession[] {
    return [...(this.rooms.get(roomId)?.sessions ?? [])];
  }

  /** The clients of one account inside, oldest first. */
  ofAccount(roomId: string, accountId: string): readonly RoomSession[] {
    return this.rooms.get(roomId)?.byAccount.get(accountId) ?? [];
  }

  /** Accounts inside, in the order they entered. */
  accounts(roomId: string): string[] {
    return [...(this.rooms.get(roomId)?.byAccount.keys() ?? [])];
  }

  /** Clients of an account in all rooms. */
  everywhere(accountId: string): RoomSession[] {
    return [...this.byLink.values()].filter((session) => session.accountId === accountId);
  }

  ofLink(link: Link): RoomSession | undefined {
    return this.byLink.get(link);
  }

  add(session: RoomSession): void {
    const { roomId, accountId, link } = session;
    const inside: Inside = this.rooms.get(roomId) ?? { sessions: new Set(), byAccount: new Map() };
    this.rooms.set(roomId, inside);
    inside.sessions.add(session);
    inside.byAccount.set(accountId, [...this.ofAccount(roomId, accountId), session]);
    if (!link) return;
    this.byLink.set(link, session);
    link.roomId = roomId;
  }

  /** Returns whether it was inside. */
  remove(session: RoomSession): boolean {
    const { roomId, accountId, link } = session;
    const inside = this.rooms.get(roomId);
    if (!inside?.sessions.delete(session)) return false;
    const rest = this.ofAccount(roomId, accountId).filter((other) => other !== session);
    if (rest.length) inside.byAccount.set(accountId, rest);
    else inside.byAccount.delete(accountId);
    if (!inside.sessions.size) this.rooms.delete(roomId);
    if (link) {
      this.byLink.delete(link);
      link.roomId = undefined;
    }
    return true;
  }

  /** Pushes one packet to everyone inside for whom it is; it is encoded once. */
  broadcast(
    roomId: string,
    command: string,
    r: unknown[],
    isFor?: (session: RoomSession) => boolean,
  ): void {
    const inside = this.rooms.get(roomId);
    if (!inside) return;
    const push = encodePush(command, r);
    for (const session of inside.sessions) {
      if (session.link && (!isFor || isFor(session))) session.link.pushEncoded(push);
    }
  }

  /** Puts a client out: `13_3` first, then the socket. Its session is gone at once. */
  putOut(session: RoomSession, reason: number, extension = ''): void {
    this.remove(session);
    const { link } = session;
    if (!link) return;
    link.push('13_3', [reason, extension]);
    // A dead link whose client is already back: nobody will read it.
    if (link.halfOpen && reason === RoomKickReason.quietly) link.terminate();
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      link.close();
    }, KICK_CLOSE_DELAY_MS);
    this.timers.add(timer);
  }

  dispose(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.rooms.clear();
    this.byLink.clear();
  }
}
