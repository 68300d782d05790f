/** How long a fault lasts and whom it strikes. */
export interface FaultScope {
  /** Strikes this many times, then is gone. Default: until removed. */
  times?: number;
  /** Only links (and commands) of this account. Not for faults before login. */
  accountId?: string;
  /** Only links (and commands) used for this: `im`, `chatroom`. Not for faults before login. */
  service?: string;
}

/** One command misbehaves. */
export interface CommandFault extends FaultScope {
  kind: 'command';
  /** `sid_cid`, or `*` for every command but the heartbeat. */
  command: string;
  /** The command is carried out, its answer leaves this much later. */
  delayMs?: number;
  /** `request`: never carried out, never answered. `reply`: carried out, the answer is lost. */
  drop?: 'request' | 'reply';
  /** Not carried out, answered with this public code. */
  code?: number;
}

/** The HTTP handshake misbehaves. */
export interface HandshakeFault extends FaultScope {
  kind: 'handshake';
  /** Answer with this HTTP status … */
  status?: number;
  /** … or never. */
  hang?: boolean;
}

/** The WebSocket upgrade is refused, dropped, held or comes late. */
export interface UpgradeFault extends FaultScope {
  kind: 'upgrade';
  how: 'status' | 'drop' | 'hang' | 'delay';
  /** For `status`; default 503. */
  status?: number;
  /** For `delay`. */
  delayMs?: number;
}

/** The socket opens but `1::` never comes. */
export interface NoConnectFrameFault extends FaultScope {
  kind: 'noConnectFrame';
}

/** The server answers a client's close (and `0::`) this much later. */
export interface SlowCloseFault extends FaultScope {
  kind: 'slowClose';
  delayMs: number;
}

/** Pushes of messages are doubled or come in another order. */
export interface PushFault extends FaultScope {
  kind: 'push';
  /** Chance in [0, 1] that a push is sent twice. */
  duplicate?: number;
  /** Pushes are held for this many ms and leave shuffled. */
  reorderWindowMs?: number;
  /** Pushes concerned; default those that carry messages. */
  commands?: string[];
  seed?: number;
}

/** LBS misbehaves, or answers something odd. */
export interface LbsFault extends FaultScope {
  kind: 'lbs';
  how: 'status' | 'hang' | 'html' | 'json' | 'links';
  /** For `status`; default 500. */
  status?: number;
  /** For `json`: the body instead of the usual one. `{}` is the empty answer. */
  body?: unknown;
  /** For `links`: addresses put before (or instead of) the emulator's own. */
  links?: string[];
  /** For `links`: leave the emulator's own address out. */
  onlyThese?: boolean;
}

export type Fault =
  | CommandFault
  | HandshakeFault
  | UpgradeFault
  | NoConnectFrameFault
  | SlowCloseFault
  | PushFault
  | LbsFault;

export type FaultKind = Fault['kind'];
export type FaultOf<Kind extends FaultKind> = Extract<Fault, { kind: Kind }>;

export const FAULT_KINDS: readonly FaultKind[] = [
  'command',
  'handshake',
  'upgrade',
  'noConnectFrame',
  'slowClose',
  'push',
  'lbs',
];
