export type CallType = 'audio' | 'video';

/** How a call ended. The view has one text for each; the caller's record one status. */
export type EndCause =
  /** Either side hung up after it was answered, or the other side left. */
  | 'hungUp'
  | 'rejected'
  /** The other side was in another call. */
  | 'busy'
  /** Nobody answered in time. */
  | 'timeout'
  /** The caller gave up before it was answered. */
  | 'cancelled'
  | 'answeredElsewhere'
  | 'rejectedElsewhere'
  /** Refused by the server, or the media engine could not join; see `code`. */
  | 'failed'
  /** The channel was gone when the link came back, or this login ended. */
  | 'lost';

/** One call, from the wish or the invitation to its end. */
export interface Call {
  /** Counts up. What an older call still has under way finds itself outdated and falls silent. */
  readonly generation: number;
  /** The invitation's id, chosen by the caller. */
  readonly requestId: string;
  /** Chosen by the caller; the way to ask for the channel when its id never arrived. */
  readonly channelName: string;
  /** Empty until the server has answered the caller. */
  channelId: string;
  readonly peerId: string;
  readonly direction: 'outgoing' | 'incoming';
}

/** `idle -> calling | ringing -> connecting -> inCall -> ended -> idle`; any of them may end at once. */
export type CallState =
  | { readonly name: 'idle' }
  /** Mine: the other side is being asked. */
  | { readonly name: 'calling'; readonly call: Call }
  /** Theirs: I am being asked. */
  | { readonly name: 'ringing'; readonly call: Call }
  /** Answered; the media engine joins. */
  | { readonly name: 'connecting'; readonly call: Call }
  /** `since`: ms since 1970, by our clock. */
  | { readonly name: 'inCall'; readonly call: Call; readonly since: number }
  | {
      readonly name: 'ended';
      readonly call: Call;
      readonly cause: EndCause;
      /** Of `failed` and `lost`, a row of the reasons table; 0 otherwise. */
      readonly code: number;
      /** 0 when it was never answered. */
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

/** Whether a call may go from one state to the other; docs/calls.md draws this table. */
export function mayEnter(from: CallState, to: CallState): boolean {
  if (!ALLOWED[from.name].includes(to.name)) return false;
  // Only a beginning brings another call.
  const begins = to.name === 'idle' || to.name === 'calling' || to.name === 'ringing';
  return begins || (from.name !== 'idle' && from.call === to.call);
}

/** The call that occupies this client; null when it is free. */
export function activeCall(state: CallState): Call | null {
  return state.name === 'idle' || state.name === 'ended' ? null : state.call;
}
