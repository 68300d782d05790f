/** Duration and target of a fault. */
export interface FaultScope {
  /** Number of times that the fault applies. Default: until removed. */
  times?: number;
  /** Number of matching requests that the fault lets pass first; for example, the first part of an upload. */
  skip?: number;
  /** Limits the fault to links and commands of this account. Not for faults before login. */
  accountId?: string;
  /** Limits the fault to links and commands of `im` or `chatroom`. Not for faults before login. */
  service?: string;
}

/** Delays, drops or refuses a command. */
export interface CommandFault extends FaultScope {
  kind: 'command';
  /** `sid_cid`, or `*` for every command but the heartbeat. */
  command: string;
  /** Delay of the answer; the command runs at once. */
  delayMs?: number;
  /** `request`: the command neither runs nor gets an answer. `reply`: the command runs, its answer is lost. */
  drop?: 'request' | 'reply';
  /** Public code of the answer; the command does not run. */
  code?: number;
}

/** Refuses the HTTP handshake or never answers it. */
export interface HandshakeFault extends FaultScope {
  kind: 'handshake';
  /** HTTP status of the answer. */
  status?: number;
  /** The handshake gets no answer. */
  hang?: boolean;
}

/** Refuses, drops, blocks or delays the WebSocket upgrade. */
export interface UpgradeFault extends FaultScope {
  kind: 'upgrade';
  how: 'status' | 'drop' | 'hang' | 'delay';
  /** HTTP status for `status`; default 503. */
  status?: number;
  /** Delay for `delay`. */
  delayMs?: number;
}

/** Opens the socket but never sends `1::`. */
export interface NoConnectFrameFault extends FaultScope {
  kind: 'noConnectFrame';
}

/** Delays the server's answer to a client's close (and `0::`). */
export interface SlowCloseFault extends FaultScope {
  kind: 'slowClose';
  delayMs: number;
}

/** Duplicates or reorders pushes of messages. */
export interface PushFault extends FaultScope {
  kind: 'push';
  /** Probability in [0, 1] that a push is sent twice. */
  duplicate?: number;
  /** Time in ms over which pushes are collected; they are then sent shuffled. */
  reorderWindowMs?: number;
  /** Affected pushes; default: those that carry messages. */
  commands?: string[];
  seed?: number;
}

/** Makes LBS fail or answer with unusual content. */
export interface LbsFault extends FaultScope {
  kind: 'lbs';
  how: 'status' | 'hang' | 'html' | 'json' | 'links' | 'uploadHosts';
  /** HTTP status for `status`; default 500. */
  status?: number;
  /** For `json`: the body of the answer; `{}` is the empty answer. */
  body?: unknown;
  /** For `links`: addresses listed before (or instead of) the emulator's own. */
  links?: string[];
  /** For `links`: omits the emulator's own address. For `uploadHosts`, whose default is true: the same. */
  onlyThese?: boolean;
  /** For `uploadHosts`: origins of upload hosts. Default: an address without a listener. */
  uploadHosts?: string[];
}

/** Cuts, slows, refuses or never answers a request to the upload host. `accountId` and `service` do not apply. */
export interface UploadFault extends FaultScope {
  kind: 'upload';
  /** `lostAnswer`: the object is stored, then the connection is cut. */
  how: 'cut' | 'slow' | 'status' | 'hang' | 'lostAnswer';
  /** For `cut`: share of the body after which the connection is cut, in percent; default 50. */
  percent?: number;
  /** Speed of reading, for `slow` (default 200,000) and `cut`. */
  bytesPerSecond?: number;
  /** HTTP status for `status`; default 503. */
  status?: number;
}

/** Refuses, slows or never answers a download. `accountId` and `service` do not apply. */
export interface DownloadFault extends FaultScope {
  kind: 'download';
  how: 'slow' | 'status' | 'hang';
  /** Limits the fault to an object. */
  objectName?: string;
  /** Speed of sending for `slow`; default 200,000. */
  bytesPerSecond?: number;
  /** HTTP status for `status`; default 503. */
  status?: number;
}

export type Fault =
  | CommandFault
  | HandshakeFault
  | UpgradeFault
  | NoConnectFrameFault
  | SlowCloseFault
  | PushFault
  | LbsFault
  | UploadFault
  | DownloadFault;

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
  'upload',
  'download',
];
