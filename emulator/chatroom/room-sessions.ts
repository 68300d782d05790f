import { encodePush, type Link } from '../link/link';
import { RoomKickReason } from '../protocol/room-tags';

export interface RoomLocation {
  x: number;
  y: number;
  z: number;
}

/** Nick, avatar and extension of a member. */
export interface MemberProfile {
  nick: string;
  avatar: string;
  serverExtension: string;
}

/** A client inside a room: a link, or a virtual member of a flood, which has no link. */
export interface RoomSession extends MemberProfile {
  roomId: string;
  accountId: string;
  link: Link | undefined;
  clientId: string;
  clientType: number;
  /** Client type defined by the product; 0 when the client named none. */
  customClientType: number;
  /** Empty when the client named none. */
  antispamBusinessId: string;
  enterTime: number;
  tags: string[];
  /** Tag expression: clients that are notified when this client enters or leaves. Empty = all. */
  notifyTargetTags: string;
  location: RoomLocation | undefined;
  /** The client gets no messages from farther away than this; 0 = no limit. */
  distance: number;
}

interface RoomPresence {
  sessions: Set<RoomSession>;
  /** Clients by account, oldest first. */
  byAccount: Map<string, RoomSession[]>;
}

/** A kicked client closes its socket at once; after this delay the server closes it. */
const KICK_CLOSE_DELAY_MS = 200;

/** Clients inside each room, and pushes to them. */
export class RoomSessions {
  private readonly rooms = new Map<string, RoomPresence>();
  private readonly byLink = new Map<Link, RoomSession>();
  private readonly timers = new Set<NodeJS.Timeout>();

  /** Returns all clients inside, oldest first. */
  inRoom(roomId: string): RoomSession[] {
    return [...(this.rooms.get(roomId)?.sessions ?? [])];
  }

  /** Returns the clients of an account inside, oldest first. */
  ofAccount(roomId: string, accountId: string): readonly RoomSession[] {
    return this.rooms.get(roomId)?.byAccount.get(accountId) ?? [];
  }

  /** Returns the accounts inside, in the order of entering. */
  accountsInRoom(roomId: string): string[] {
    return [...(this.rooms.get(roomId)?.byAccount.keys() ?? [])];
  }

  /** Returns the clients of an account in all rooms. */
  ofAccountInAllRooms(accountId: string): RoomSession[] {
    return [...this.byLink.values()].filter((session) => session.accountId === accountId);
  }

  ofLink(link: Link): RoomSession | undefined {
    return this.byLink.get(link);
  }

  addSession(session: RoomSession): void {
    const { roomId, accountId, link } = session;
    const inside: RoomPresence = this.rooms.get(roomId) ?? {
      sessions: new Set(),
      byAccount: new Map(),
    };
    this.rooms.set(roomId, inside);
    inside.sessions.add(session);
    inside.byAccount.set(accountId, [...this.ofAccount(roomId, accountId), session]);
    if (!link) return;
    this.byLink.set(link, session);
    link.roomId = roomId;
  }

  /** Returns whether the session was inside. */
  removeSession(session: RoomSession): boolean {
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

  /** Pushes a packet to the clients that `isFor` accepts. The packet is encoded once. */
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

  /** Kicks a client: sends `13_3`, then closes the socket. The session is removed at once. */
  kickSession(session: RoomSession, reason: number, extension = ''): void {
    this.removeSession(session);
    const { link } = session;
    if (!link) return;
    link.push('13_3', [reason, extension]);
    // The client has reconnected already, so nobody reads from the half-open link.
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
