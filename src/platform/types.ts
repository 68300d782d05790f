/** A running timer; opaque, because WeChat and browsers give numbers and Node gives objects. */
export type TimerHandle = { readonly timer: unknown };

/** Time, injected everywhere so that tests of time are exact and take no time. Milliseconds. */
export interface Clock {
  now(): number;
  setTimeout(handler: () => void, delayMs: number): TimerHandle;
  clearTimeout(handle: TimerHandle | null): void;
}

/** What the host's storage refused. */
export interface StorageFailure {
  readonly operation: 'get' | 'set' | 'remove' | 'keys';
  readonly key: string;
  /** The host's own text. */
  readonly errMsg: string;
}

/**
 * Small synchronous key-value storage (WeChat: 1 MB a key, 10 MB in all). Values are strings. Never throws:
 * what the host refuses is held in memory until the app ends.
 */
export interface KeyValueStorage {
  /** undefined when there is none; an empty value counts as none. */
  get(key: string): string | undefined;
  /** @returns whether the host has kept it; if not, the next start does not find it. */
  set(key: string, value: string): boolean;
  /** @returns whether it is gone; if not, it is tried again with the next change. */
  remove(key: string): boolean;
  keys(): string[];
  /** Tells of each kind of failure once, those before this call included. */
  onFailure(handler: (failure: StorageFailure) => void): () => void;
}

export interface NetworkStatus {
  isConnected: boolean;
  /** WeChat's networkType: wifi, 2g, 3g, 4g, 5g, none, unknown. */
  networkType: string;
}

export interface Network {
  /** The last status heard of; optimistic until the first answer of the host. */
  current(): NetworkStatus;
  onChange(handler: (status: NetworkStatus) => void): () => void;
}

/** The mini-program going to the background and coming back (wx.onAppHide, wx.onAppShow). */
export interface AppLifecycle {
  onHide(handler: () => void): () => void;
  onShow(handler: () => void): () => void;
  /** The app is ended for good. WeChat does not tell; a browser does when the page goes. */
  onEnd?(handler: () => void): () => void;
}

/** A newer version of the app that the host has fetched by itself. */
export interface AppUpdates {
  /** The new version is there; it starts with the next cold start, or at once with `restart`. */
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

/** A request that never got an HTTP answer. `errMsg` is the host's own text. */
export class HttpFailure extends Error {
  constructor(
    readonly errMsg: string,
    readonly timedOut: boolean,
  ) {
    super(errMsg);
    this.name = 'HttpFailure';
  }
}

/** What the app needs of its host: WeChat, or a browser. */
export interface Platform {
  readonly name: 'weapp' | 'h5';
  readonly clock: Clock;
  readonly storage: KeyValueStorage;
  readonly network: Network;
  readonly lifecycle: AppLifecycle;
  readonly updates: AppUpdates;
  /** Uniform in [0, 1). */
  random(): number;
  /** `wx.login`: a code the app server exchanges for an account. Rejects with HttpFailure. */
  loginCode(): Promise<string>;
  /** JSON over http(s). Resolves for every HTTP status; rejects with HttpFailure when there was none. */
  request(request: HttpRequest): Promise<HttpResponse>;
  /** The host's language, e.g. `zh_CN` or `en-US`. */
  language(): string;
}
