import type { CallType } from './call-state';

/** What an RTC engine needs to join; from the signalling server's answer. */
export interface MediaSession {
  /** The RTC room. */
  readonly channelName: string;
  /** This member's number in it. */
  readonly uid: number;
  /** Empty when the app has no RTC service enabled. */
  readonly token: string;
  /** Seconds the token is good for; 0 when the server did not say. */
  readonly tokenTtl: number;
  /** Further parameters of the engine, JSON. */
  readonly params: string;
  readonly peerId: string;
  readonly type: CallType;
}

/** What an engine tells the call. Told after `leave`, it changes nothing. */
export interface CallMediaEvents {
  /** The other side left the RTC room and did not come back. */
  onPeerLeft(): void;
  /** The engine gave up on its own connection. */
  onLost(): void;
}

/** Sound and picture of one call: the product's choice of RTC engine. See docs/calls.md. */
export interface CallMedia {
  /** Resolves when the engine is in the room. A rejection ends the call as `failed`. */
  join(session: MediaSession): Promise<void>;
  /** Lets go of room, microphone and camera. May come before `join` has resolved, and without `join`. */
  leave(): void;
  setMuted(muted: boolean): void;
  setCamera(on: boolean): void;
  setSpeaker(on: boolean): void;
}

/** Called once for each call, when it is answered. */
export type CallMediaFactory = (events: CallMediaEvents) => CallMedia;

/** An engine that joins at once and is silent. */
const stub: CallMediaFactory = () => ({
  join: () => Promise.resolve(),
  leave: () => undefined,
  setMuted: () => undefined,
  setCamera: () => undefined,
  setSpeaker: () => undefined,
});

/** Where a product plugs its engine in. It outlives accounts; a call under way keeps the engine it has. */
export class CallMediaPlug {
  private factory: CallMediaFactory = stub;

  use(factory: CallMediaFactory): void {
    this.factory = factory;
  }

  make(events: CallMediaEvents): CallMedia {
    return this.factory(events);
  }
}
