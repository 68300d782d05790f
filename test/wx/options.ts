/** The two timer functions that the fake needs; a test may pass a virtual clock. */
export interface Clock {
  setTimeout(task: () => void, delayMs: number): unknown;
  clearTimeout(handle: unknown): void;
}

/** WeChat's four domain lists. An entry is a host name (any port) or `scheme://host[:port]` (exact). */
export interface LegalHosts {
  request?: readonly string[];
  socket?: readonly string[];
  uploadFile?: readonly string[];
  downloadFile?: readonly string[];
}

/** An answer to `wx.request`. */
export interface AlteredAnswer {
  statusCode: number;
  body: string;
}

/** The effect of a connect that does not connect; see {@link WxOptions.connectFault}. */
export type ConnectFault = 'fail' | 'throw' | 'undefined' | 'silent';

/** Storage faults: `set` of a full or broken storage, and other calls of a broken storage only. */
export type StorageFault = (
  operation: 'get' | 'set' | 'remove' | 'clear' | 'info',
  key: string,
) => string | undefined;
/** The effect of a faulty call of WeChat: fails with a reason, throws at once, or never answers. */
export type CallFault = { reason: string; errno?: number } | 'throw' | 'silent';

/** What happens to the download of a sub-package. */
export type PackageFault = 'fail' | 'silent' | Promise<void>;

export interface WxOptions {
  /** Asynchronous functions of `wx` that fail, by name. */
  callFaults?: Readonly<Record<string, CallFault>>;
  /**
   * Sub-packages that `require.async` does not load, by root: WeChat rejects with `{ mod, errMsg }`, or never
   * answers, or answers when the promise is resolved. Package roots that were loaded before stay loaded.
   */
  packageFaults?: Readonly<Record<string, PackageFault>>;
  /** Milliseconds from `SocketTask.close()` until the TCP connection is closed and `onClose` fires. Default 0. */
  closeDelayMs?: number;
  /** `onClose` never fires after `close()`; the socket stays open and counted. */
  closeNeverFires?: boolean | ((url: string) => boolean);
  /** The effect of `close()` while CONNECTING: carried out, ignored, or refused with `fail`. Default `honour`. */
  closeWhileConnecting?: 'honour' | 'ignore' | 'fail';
  /** A failed connect fires `onError` and never `onClose`, as some base libraries do. */
  errorWithoutClose?: boolean;
  /** WeChat's socket limits; a connect beyond a limit calls `fail`. `false` counts without refusing. */
  limits?: { total: number; perHost: number } | false;
  /** Legal domains. Without this option every host is legal (DevTools with `urlCheck: false`). */
  legalHosts?: LegalHosts;
  /** Maps an address that the app asks for to the address to open. Limits and domain lists see the former. */
  resolve?: (url: string) => string;
  /** Replaces a received text frame by these frames, as a server that lies would send; bytes are a binary frame. */
  alterFrame?: (frame: string) => readonly (string | Uint8Array)[];
  /** Replaces the answer of a server to `wx.request`, as a server that lies would send it. */
  alterAnswer?: (url: string, answer: AlteredAnswer) => AlteredAnswer;
  /** Replaces what a function of `wx` returns, or gives to `success`, as a faulty base library would. */
  alterResult?: (name: string, result: Fields) => Fields;
  /** `wx.connectSocket` is not writable, but configurable. */
  connectReadOnly?: boolean;
  /** Each `SocketTask.onX` keeps only its last listener, as some base libraries do. */
  singleListener?: boolean;
  /** Called at every connect: `fail` calls back fail and returns a task, `silent` never answers. */
  connectFault?: (url: string, index: number) => ConnectFault | undefined;
  /** Timers for close delays and time-outs. Default: real ones. */
  clock?: Clock;
  networkType?: string;
  platform?: string;
  systemInfo?: Record<string, unknown>;
  /** Whether the user has a screen reader on; default false. */
  screenReader?: boolean;
  loginCode?: string | (() => string);
  theme?: 'light' | 'dark';
  language?: string;
  /** Path, query and scene of the launch. */
  launch?: { path?: string; query?: Record<string, string>; scene?: number };
  /** Called at every access to the storage: returns the reason for a refusal, or undefined. */
  storageFault?: StorageFault | undefined;
  /** Storage kept from an earlier run, to play a restart. */
  storage?: Map<string, unknown>;
  /** Files kept from an earlier run. */
  files?: Map<string, Buffer>;
  /** CA certificate to trust for https and wss. */
  ca?: string | Buffer;
  /** `wx.canIUse(schema)`; by default a schema is usable when its API exists here. */
  canIUse?: (schema: string) => boolean | undefined;
}

/** The promise and callback convention of asynchronous wx functions. */
export interface Callbacks {
  success?: (result: Record<string, unknown>) => void;
  fail?: (error: { errMsg: string; errno?: number }) => void;
  complete?: (result: Record<string, unknown>) => void;
}

export type Fields = Record<string, unknown>;
