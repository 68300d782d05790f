import { Listeners } from '@/platform';
import type { RoomPort, RoomPortEvents } from './room-port';

/** Events that the connection converts. */
type OwnEvent = 'status' | 'exited' | 'kicked' | 'message' | 'unreadable';

/** Events of a room that are passed on unchanged, from whichever instance. */
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

/** The single place to listen to a room, while SDK instances change. */
export class RoomEvents {
  private readonly listeners: { [K in RoomEvent]?: Listeners<RoomPortEvents[K]> } = {};
  /** Events of an instance that has logged in and is not inside yet; null while there is none. */
  private held: (() => void)[] | null = null;

  /** `onThrow` receives exceptions of handlers: a malformed push must not stop the other handlers. */
  constructor(private readonly onThrow: (error: unknown) => void) {}

  on<K extends RoomEvent>(event: K, handler: (...args: RoomPortEvents[K]) => void): () => void {
    const listeners = (this.listeners[event] ??= new Listeners(this.onThrow) as never);
    return (listeners as Listeners<RoomPortEvents[K]>).add(handler);
  }

  /**
   * Passes on the events of an instance until stopped, held until `release`. The server pushes from the login
   * on, and the SDK's `enter` resolves some round trips later with the state at the login: without the delay
   * the older state would replace newer events.
   */
  follow(port: RoomPort): () => void {
    this.held = [];
    const stops = EVENTS.map((event) => this.followOne(port, event));
    return () => {
      this.held = null;
      for (const stop of stops) stop();
    };
  }

  /** The instance is inside, and the state of the entering is applied. */
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
