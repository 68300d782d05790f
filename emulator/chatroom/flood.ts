import { type Random, seededRandom } from '../faults/random';
import { MemberRole } from '../protocol/room-tags';
import { avatarUrl } from '../server/pictures';
import type { RoomRecord } from '../world/room-state';
import { type Content, talk } from '../world/seed/talk';
import type { ChatroomParts } from './room-command';
import type { RoomSession } from './room-sessions';

export interface FloodOptions {
  roomId: string;
  /** Messages a second, on the average. */
  perSecond: number;
  seconds: number;
  /** Virtual members who talk, come and go; default 50. */
  members?: number;
  /** The same seed gives the same talk by the same members. */
  seed?: number;
  /** Milliseconds since the start, on the clock that sets the pace; default: the machine's. */
  elapsedMs?: () => number;
}

/** A flood that runs, or has run. */
export interface Flood {
  readonly id: string;
  readonly roomId: string;
  /** Messages so far. Their client ids are `<flood id>-<n>`, n from 0. */
  readonly sent: number;
  /** Resolves when it has ended, by itself or by `stop`. */
  readonly done: Promise<void>;
  /** Ends it; its members leave. Doing so twice is harmless. */
  stop(): void;
}

const TICK_MS = 20;
const DEFAULT_MEMBERS = 50;
/** Share of messages with which somebody comes or goes. */
const TURNOVER = 0.02;
/** Share of the members who are inside in the beginning. */
const INSIDE_AT_FIRST = 0.8;
/** Share of English in the talk. */
const ENGLISH = 0.3;

/** The virtual members of one flood. */
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
    while (this.inside.length < members * INSIDE_AT_FIRST) this.oneComes();
  }

  private pick(count: number): number {
    return Math.floor(this.random() * count);
  }

  speaker(): string | undefined {
    return this.inside[this.pick(this.inside.length)]?.accountId;
  }

  /** Somebody comes or goes; never all are gone. */
  turnOver(): void {
    if (this.outside.length && (this.inside.length < 2 || this.random() < 0.5)) this.oneComes();
    else if (this.inside.length > 1) this.oneGoes(this.pick(this.inside.length));
  }

  private oneComes(): void {
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
    people.enter(this.room, session);
    this.inside.push(session);
  }

  private oneGoes(at: number): void {
    const [session] = this.inside.splice(at, 1);
    if (!session) return;
    this.parts.people.leave(session);
    this.parts.world.rooms.removeMember(this.room, session.accountId);
    this.outside.push(session.accountId);
  }

  allGo(): void {
    while (this.inside.length) this.oneGoes(this.inside.length - 1);
  }
}

/** Messages that pour into rooms. */
export class Floods {
  private readonly running = new Map<string, Flood>();
  private nextId = 1;

  constructor(private readonly parts: ChatroomParts) {}

  list(): Flood[] {
    return [...this.running.values()];
  }

  /** Starts a flood. Refused with 113404 when there is no such room. */
  start(options: FloodOptions): Flood {
    const { perSecond, seconds, members = DEFAULT_MEMBERS, seed = 1 } = options;
    const room = this.parts.world.rooms.require(options.roomId);
    const id = `flood-${this.nextId++}`;
    const random = seededRandom(seed);
    const crowd = new Crowd(this.parts, room, random, id, members);
    const contents: Generator<Content, never> = talk(random, ENGLISH);
    const wanted = Math.round(perSecond * seconds);
    const startedAt = performance.now();
    const { elapsedMs = () => performance.now() - startedAt } = options;
    let sent = 0;
    let resolveDone: () => void = () => undefined;
    const done = new Promise<void>((resolve) => (resolveDone = resolve));

    const stop = (): void => {
      clearInterval(timer);
      if (!this.running.delete(id)) return;
      crowd.allGo();
      resolveDone();
    };
    const tick = (): void => {
      // By the time gone, not by ticks: a late tick catches up.
      const due = Math.min(wanted, Math.floor((elapsedMs() / 1000) * perSecond));
      for (; sent < due; sent += 1) {
        if (random() < TURNOVER) crowd.turnOver();
        const senderId = crowd.speaker();
        if (senderId === undefined) break;
        const messageClientId = `${id}-${sent}`;
        this.parts.talk.post(room, { ...contents.next().value, senderId, messageClientId });
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

  /** Ends one; returns whether it was running. */
  stop(id: string): boolean {
    const flood = this.running.get(id);
    flood?.stop();
    return flood !== undefined;
  }

  stopAll(): void {
    for (const flood of this.list()) flood.stop();
  }
}
