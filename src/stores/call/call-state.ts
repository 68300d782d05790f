export type CallType = 'audio' | 'video';

/** The reason why a call ended. The view has one text for each; the caller's record one status. */
export type EndCause =
  /** Either side hung up after it was answered, or the other side left. */
  | 'hungUp'
  | 'rejected'
  /** The other side was in another call. */
  | 'busy'
  /** Nobody answered before the timeout. */
  | 'timeout'
  /** The caller cancelled before it was answered. */
  | 'cancelled'
  | 'answeredElsewhere'
  | 'rejectedElsewhere'
  /** The server refused, or the media engine could not join; see `code`. */
  | 'failed'
  /** The channel did not exist any more after a reconnect, or this login ended. */
  | 'lost';

/** One call, from the first request or invitation to its end. */
export interface Call {
  /** Increases with each call. Pending work of an older call compares it and stops. */
  readonly generation: number;
  /** The invitation's id, chosen by the caller. */
  readonly requestId: string;
  /** Chosen by the caller. Serves to look up the channel when its id never arrived. */
  readonly channelName: string;
  /** Empty until the server has answered the caller. */
  channelId: string;
  readonly peerId: string;
  readonly direction: 'outgoing' | 'incoming';
}

/**
 * `idle -> calling | ringing -> connecting -> inCall -> ended -> idle`; every state of a call may also go to
 * `ended`.
 */
export type CallState =
  | { readonly name: 'idle' }
  /** An outgoing call that is not answered yet. */
  | { readonly name: 'calling'; readonly call: Call }
  /** An incoming call that is not answered yet. */
  | { readonly name: 'ringing'; readonly call: Call }
  /** The call is answered; the media engine joins. */
  | { readonly name: 'connecting'; readonly call: Call }
  /** `since`: milliseconds since 1970, by this device's clock. */
  | { readonly name: 'inCall'; readonly call: Call; readonly since: number }
  | {
      readonly name: 'ended';
      readonly call: Call;
      readonly cause: EndCause;
      /** A row of the reasons table for `failed` and `lost`; otherwise 0. */
      readonly code: number;
      /** 0 when the call was never answered. */
      readonly durationMs: number;
    };

type Name = CallState['name'];

const ALLOWED: Readonly<Record<Name, readonly Name[]>> = {
  idle: ['calling', 'ringing'],
  calling: ['connecting', 'ended'],
  ringing: ['connecting', 'ended'],
  connecting: ['inCall', 'ended'],
  inCall: ['ended'],
  ended: ['idle', 'calling', 'ringing'],
};

/** Whether this transition is allowed; docs/calls.md draws the table. */
export function mayEnter(from: CallState, to: CallState): boolean {
  if (!ALLOWED[from.name].includes(to.name)) return false;
  // Only the first state of a call may bring a new call.
  const begins = to.name === 'idle' || to.name === 'calling' || to.name === 'ringing';
  return begins || (from.name !== 'idle' && from.call === to.call);
}

/** The call that occupies this client; null when there is none. */
export function activeCall(state: CallState): Call | null {
  return state.name === 'idle' || state.name === 'ended' ? null : state.call;
}

/** Whether the channel of a call with this end belongs to another client: this client must not close it. */
export function isOtherClients(cause: EndCause): boolean {
  return cause === 'answeredElsewhere' || cause === 'rejectedElsewhere';
}
