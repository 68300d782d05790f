import { type Random, seededRandom } from '../faults/random';
import { MemberRole } from '../protocol/room-tags';
import { avatarUrl } from '../server/pictures';
import type { RoomRecord } from '../world/room-state';
import { type Content, sampleMessages } from '../world/seed/sample-messages';
import type { ChatroomParts } from './room-command';
import type { RoomSession } from './room-sessions';

export interface FloodOptions {
  roomId: string;
  /** Average number of messages per second. */
  perSecond: number;
  seconds: number;
  /** Number of virtual members that send messages, enter and leave; default 50. */
  members?: number;
  /** The same seed gives the same messages from the same members. */
  seed?: number;
  /** Milliseconds since the start on the clock that sets the pace; default: the machine's clock. */
  elapsedMs?: () => number;
}

/** A running or finished flood. */
export interface Flood {
  readonly id: string;
  readonly roomId: string;
  /** Number of messages sent so far. The client ids of the messages are `<flood id>-<n>`, n from 0. */
  readonly sent: number;
  /** Resolves when the flood has ended or was stopped. */
  readonly done: Promise<void>;
  /** Ends the flood; its members leave. Calling `stop` twice is harmless. */
  stop(): void;
}

const TICK_MS = 20;
const DEFAULT_MEMBERS = 50;
/** Share of messages before which a member enters or leaves. */
const TURNOVER = 0.02;
/** Share of the members inside at the start. */
const INSIDE_AT_FIRST = 0.8;
/** Share of English messages. */
const ENGLISH = 0.3;

/** Virtual members of a flood. */
class Crowd {
  private readonly inside: RoomSession[] = [];
  private readonly outside: string[];

  constructor(
    private readonly parts: ChatroomParts,
    private readonly room: RoomRecord,
    private readonly random: Random,
    prefix: string,
    members: number,
  ) {
    this.outside = Array.from({ length: members }, (_, at) => `${prefix}-member-${at}`);
    while (this.inside.length < members * INSIDE_AT_FIRST) this.enterMember();
  }

  private pick(count: number): number {
    return Math.floor(this.random() * count);
  }

  speaker(): string | undefined {
    return this.inside[this.pick(this.inside.length)]?.accountId;
  }

  /** Lets a member enter or leave. The last member never leaves. */
  turnOver(): void {
    if (this.outside.length && (this.inside.length < 2 || this.random() < 0.5)) this.enterMember();
    else if (this.inside.length > 1) this.removeMember(this.pick(this.inside.length));
  }

  private enterMember(): void {
    const [accountId = ''] = this.outside.splice(this.pick(this.outside.length), 1);
    const { world, people } = this.parts;
    const nick = `观众${accountId.replace(/^.*-/, '')}`;
    const avatar = avatarUrl(nick);
    world.rooms.changeMember(this.room, accountId, { role: MemberRole.virtual, nick, avatar });
    const session: RoomSession = {
      roomId: this.room.roomId,
      accountId,
      link: undefined,
      clientId: accountId,
      clientType: 0,
      customClientType: 0,
      antispamBusinessId: '',
      enterTime: world.now(),
      nick,
      avatar,
      serverExtension: '',
      tags: [],
      notifyTargetTags: '',
      location: undefined,
      distance: 0,
    };
    people.enterRoom(this.room, session);
    this.inside.push(session);
  }

  private removeMember(at: number): void {
    const [session] = this.inside.splice(at, 1);
    if (!session) return;
    this.parts.people.leaveRoom(session);
    this.parts.world.rooms.removeMember(this.room, session.accountId);
    this.outside.push(session.accountId);
  }

  removeAll(): void {
    while (this.inside.length) this.removeMember(this.inside.length - 1);
  }
}

/** Starts and stops floods of messages in rooms. */
export class Floods {
  private readonly running = new Map<string, Flood>();
  private nextId = 1;

  constructor(private readonly parts: ChatroomParts) {}

  list(): Flood[] {
    return [...this.running.values()];
  }

  /** Starts a flood. Refused with 113404 when the room does not exist. */
  start(options: FloodOptions): Flood {
    const { perSecond, seconds, members = DEFAULT_MEMBERS, seed = 1 } = options;
    const room = this.parts.world.rooms.require(options.roomId);
    const id = `flood-${this.nextId++}`;
    const random = seededRandom(seed);
    const crowd = new Crowd(this.parts, room, random, id, members);
    const contents: Generator<Content, never> = sampleMessages(random, ENGLISH);
    const wanted = Math.round(perSecond * seconds);
    const startedAt = performance.now();
    const { elapsedMs = () => performance.now() - startedAt } = options;
    let sent = 0;
    let resolveDone: () => void = () => undefined;
    const done = new Promise<void>((resolve) => (resolveDone = resolve));

    const stop = (): void => {
      clearInterval(timer);
      if (!this.running.delete(id)) return;
      crowd.removeAll();
      resolveDone();
    };
    const tick = (): void => {
      // The elapsed time sets the number of messages, so a late tick catches up.
      const due = Math.min(wanted, Math.floor((elapsedMs() / 1000) * perSecond));
      for (; sent < due; sent += 1) {
        if (random() < TURNOVER) crowd.turnOver();
        const senderId = crowd.speaker();
        if (senderId === undefined) break;
        const messageClientId = `${id}-${sent}`;
        this.parts.broadcast.postMessage(room, {
          ...contents.next().value,
          senderId,
          messageClientId,
        });
      }
      if (sent >= wanted || !room.valid) stop();
    };
    const timer = setInterval(tick, TICK_MS);
    const flood: Flood = {
      id,
      roomId: room.roomId,
      get sent() {
        return sent;
      },
      done,
      stop,
    };
    this.running.set(id, flood);
    return flood;
  }

  /** Stops a flood. Returns whether the flood was running. */
  stop(id: string): boolean {
    const flood = this.running.get(id);
    flood?.stop();
    return flood !== undefined;
  }

  stopAll(): void {
    for (const flood of this.list()) flood.stop();
  }
}
