import { Listeners } from '@/platform';
import type { RoomPort, RoomPortEvents } from './room-port';

/** What the connection itself turns into something else. */
type OwnEvent = 'status' | 'exited' | 'kicked' | 'message';

/** Events of a room that are passed on as they are, whatever instance they come from. */
export type RoomEvent = Exclude<keyof RoomPortEvents, OwnEvent>;

const EVENTS: readonly RoomEvent[] = [
  'sending',
  'revoked',
  'memberEntered',
  'memberLeft',
  'memberChanged',
  'roleChanged',
  'selfMuted',
  'selfTempMuted',
  'roomChanged',
  'roomMuted',
  'tagsChanged',
  'queueOffered',
  'queueTaken',
  'queueCleared',
];

/** One place to listen to a room, while SDK instances come and go. */
export class RoomEvents {
  private readonly listeners: { [K in RoomEvent]?: Listeners<RoomPortEvents[K]> } = {};
  /** Events of an instance that has signed in and is not inside yet; null while there is none. */
  private held: (() => void)[] | null = null;

  /** `onThrow` hears of handlers that throw: one malformed push must not take the rest with it. */
  constructor(private readonly onThrow: (error: unknown) => void) {}

  on<K extends RoomEvent>(event: K, handler: (...args: RoomPortEvents[K]) => void): () => void {
    const listeners = (this.listeners[event] ??= new Listeners(this.onThrow) as never);
    return (listeners as Listeners<RoomPortEvents[K]>).add(handler);
  }

  /**
   * Passes on what an instance says from `release` on, until stopped. The server pushes from the login on,
   * and the SDK's `enter` resolves some round trips later with the state of the login: what is said between
   * is held, or that older state would replace it.
   */
  follow(port: RoomPort): () => void {
    this.held = [];
    const stops = EVENTS.map((event) => this.followOne(port, event));
    return () => {
      this.held = null;
      for (const stop of stops) stop();
    };
  }

  /** The instance is inside, and what the server said on entering is applied. */
  release(): void {
    const held = this.held ?? [];
    this.held = null;
    for (const tell of held) tell();
  }

  private followOne<K extends RoomEvent>(port: RoomPort, event: K): () => void {
    return port.on(event, (...args) => {
      const tell = () =>
        (this.listeners[event] as Listeners<RoomPortEvents[K]> | undefined)?.emit(...args);
      if (this.held) this.held.push(tell);
      else tell();
    });
  }
}
