/** A running timer; opaque, because WeChat and browsers return numbers and Node returns objects. */
export type TimerHandle = { readonly timer: unknown };

/** Time in milliseconds, injected everywhere so that tests of time are exact and fast. */
export interface Clock {
  now(): number;
  setTimeout(handler: () => void, delayMs: number): TimerHandle;
  clearTimeout(handle: TimerHandle | null): void;
}

/** An operation that the host's storage refused. */
export interface StorageFailure {
  readonly operation: 'get' | 'set' | 'remove' | 'keys';
  readonly key: string;
  /** The host's own error text. */
  readonly errMsg: string;
}

/**
 * Small synchronous key-value storage (WeChat: 1 MB for a key, 10 MB in all). Values are strings. Never throws:
 * a value that the host refuses is held in memory until the app ends.
 */
export interface KeyValueStorage {
  /** @returns undefined when there is no value; an empty value counts as none */
  get(key: string): string | undefined;
  /** @returns whether the host has stored the value; if not, the next start does not find it */
  set(key: string, value: string): boolean;
  /** @returns whether the key is removed; if not, the next change retries the removal */
  remove(key: string): boolean;
  keys(): string[];
  /** Reports each kind of failure once, also failures before this call. */
  onFailure(handler: (failure: StorageFailure) => void): () => void;
}

export interface NetworkStatus {
  isConnected: boolean;
  /** WeChat's networkType: wifi, 2g, 3g, 4g, 5g, none, unknown. */
  networkType: string;
}

export interface Network {
  /** The last known status; `isConnected` is true until the first answer of the host. */
  current(): NetworkStatus;
  onChange(handler: (status: NetworkStatus) => void): () => void;
}

/** The events when the mini-program goes to the background and returns (wx.onAppHide, wx.onAppShow). */
export interface AppLifecycle {
  onHide(handler: () => void): () => void;
  onShow(handler: () => void): () => void;
  /** The app ends for good. WeChat has no such event; a browser fires it when the page is unloaded. */
  onEnd?(handler: () => void): () => void;
}

/** Updates of the app that the host downloads by itself. */
export interface AppUpdates {
  /** The new version is downloaded; it starts with the next cold start, or at once with `restart`. */
  onReady(handler: () => void): () => void;
  restart(): void;
}

export interface HttpRequest {
  url: string;
  method?: 'GET' | 'POST';
  body?: unknown;
  headers?: Record<string, string>;
  timeoutMs?: number;
}

export interface HttpResponse {
  status: number;
  body: unknown;
}

/** A request that got no HTTP response. `errMsg` is the host's own text. */
export class HttpFailure extends Error {
  constructor(
    readonly errMsg: string,
    readonly timedOut: boolean,
  ) {
    super(errMsg);
    this.name = 'HttpFailure';
  }
}

export interface KeptFile {
  /** For the SDK: a path in a mini-program, the File in a browser. */
  readonly file: string | File;
  /** For a picture on the screen. */
  readonly address: string;
}

/**
 * Copies of files that stay on the device until they are removed (WeChat: 200 MB in all). A method may reject, and
 * WeChat may never answer.
 */
export interface KeptFiles {
  /** Copies a file: a path in a mini-program, a File in a browser. `name` has the extension of the file. */
  keep(name: string, file: string | File): Promise<void>;
  /** A copy. Rejects when there is none. */
  open(name: string): Promise<KeptFile>;
  remove(name: string): Promise<void>;
  names(): Promise<string[]>;
}

/** The functions that the app needs of its host: WeChat or a browser. */
export interface Platform {
  readonly name: 'weapp' | 'h5';
  readonly clock: Clock;
  readonly storage: KeyValueStorage;
  readonly network: Network;
  readonly lifecycle: AppLifecycle;
  readonly updates: AppUpdates;
  readonly files: KeptFiles;
  /** Uniform in [0, 1). */
  random(): number;
  /** `wx.login`: a code that the app server exchanges for an account. Rejects with HttpFailure. */
  loginCode(): Promise<string>;
  /** JSON over http(s). Resolves for every HTTP status; rejects with HttpFailure when there was no response. */
  request(request: HttpRequest): Promise<HttpResponse>;
  /** The host's language, e.g. `zh_CN` or `en-US`. */
  language(): string;
}
