import type { CallType } from './call-state';

/** The parameters with which an RTC engine joins; from the signalling server's answer. */
export interface MediaSession {
  /** The RTC room. */
  readonly channelName: string;
  /** The number of this member in the RTC room. */
  readonly uid: number;
  /** Empty when the app has no RTC service enabled. */
  readonly token: string;
  /** Lifetime of the token in seconds; 0 when the server did not tell it. */
  readonly tokenTtl: number;
  /** Further parameters of the engine, JSON. */
  readonly params: string;
  readonly peerId: string;
  readonly type: CallType;
}

/** Events from the engine to the call. After `leave` they have no effect. */
export interface CallMediaEvents {
  /** The other side left the RTC room and did not come back. */
  onPeerLeft(): void;
  /** The engine gave up its own connection. */
  onLost(): void;
}

/** Audio and video of one call: the product's RTC engine. See docs/calls.md. */
export interface CallMedia {
  /** Resolves when the engine has joined. A rejection ends the call as `failed`. */
  join(session: MediaSession): Promise<void>;
  /**
   * Leaves the RTC room and releases microphone and camera. May be called before `join` has resolved, and
   * without `join`.
   */
  leave(): void;
  setMuted(muted: boolean): void;
  setCamera(on: boolean): void;
  setSpeaker(on: boolean): void;
}

/** Creates the engine; called once for each call, when it is answered. */
export type CallMediaFactory = (events: CallMediaEvents) => CallMedia;

/** An engine that joins at once and transmits nothing. */
const stub: CallMediaFactory = () => ({
  join: () => Promise.resolve(),
  leave: () => undefined,
  setMuted: () => undefined,
  setCamera: () => undefined,
  setSpeaker: () => undefined,
});

/** Holds the engine that a product installs. It outlives accounts; a running call keeps its engine. */
export class CallMediaPlug {
  private factory: CallMediaFactory = stub;

  use(factory: CallMediaFactory): void {
    this.factory = factory;
  }

  make(events: CallMediaEvents): CallMedia {
    return this.factory(events);
  }
}
