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

  /** `onThrow` hears of handlers that throw: one malformed push must not take the rest with it. */
  constructor(private readonly onThrow: (error: unknown) => void) {}

  on<K extends RoomEvent>(event: K, handler: (...args: RoomPortEvents[K]) => void): () => void {
    const listeners = (this.listeners[event] ??= new Listeners(this.onThrow) as never);
    return (listeners as Listeners<RoomPortEvents[K]>).add(handler);
  }

  /** Passes on what an instance says, until stopped. */
  follow(port: RoomPort): () => void {
    const stops = EVENTS.map((event) => this.followOne(port, event));
    return () => {
      for (const stop of stops) stop();
    };
  }

  private followOne<K extends RoomEvent>(port: RoomPort, event: K): () => void {
    return port.on(event, (...args) =>
      (this.listeners[event] as Listeners<RoomPortEvents[K]> | undefined)?.emit(...args),
    );
  }
}
