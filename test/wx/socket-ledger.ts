import { hostName } from './domains';

/** The parts of a task that the ledger needs. */
export interface LedgerTask {
  readonly id: number;
  readonly url: string;
  readonly readyState: number;
  cut(code: number, reason: string): void;
  drop(errMsg: string): void;
  abandon(): void;
  networkChanged(): void;
}

export interface SocketEvent {
  /** Milliseconds since the fake was made. */
  atMs: number;
  id: number;
  host: string;
  url: string;
  event: 'connect' | 'refused' | 'open' | 'send' | 'closing' | 'closed';
  detail: string;
  /** Sockets alive after this event. */
  live: number;
}

/** Counts sockets as WeChat does: from `connectSocket` until `onClose`, including closing sockets. */
export class SocketLedger {
  /** All events, in order. */
  readonly log: SocketEvent[] = [];
  /** Every address that the app asked for, including refused addresses, as the app wrote it. */
  readonly connects: string[] = [];
  /** Sockets alive now, by host name. */
  readonly perHost = new Map<string, number>();
  /** Maximum number of sockets alive at once, by host name. */
  readonly maxPerHost = new Map<string, number>();
  maxLive = 0;
  /** Refused connects: over a limit, illegal host, or refused by the test. */
  refused = 0;
  private readonly born = Date.now();
  private readonly tasks = new Set<LedgerTask>();
  private emptyWaiters: (() => void)[] = [];

  /** Sockets alive now. */
  get live(): number {
    return this.tasks.size;
  }

  /** The highest figure of {@link maxPerHost}. */
  get maxOfAnyHost(): number {
    return Math.max(0, ...this.maxPerHost.values());
  }

  /** Addresses of the sockets alive now. */
  get liveUrls(): string[] {
    return [...this.tasks].map((task) => task.url);
  }

  /**
   * The host cuts every live socket, as WeChat does some seconds after the app is hidden. Returns the number
   * of sockets.
   */
  cutAll(code = 1000, reason = 'interrupted'): number {
    const victims = [...this.tasks];
    victims.forEach((task) => task.cut(code, reason));
    return victims.length;
  }

  /**
   * The host closes every live socket without an event, as WeChat does in the background; `close()` then
   * fails with `errMsg`. Returns the number of sockets.
   */
  dropAll(errMsg: string): number {
    const victims = [...this.tasks];
    victims.forEach((task) => task.drop(errMsg));
    return victims.length;
  }

  /** Cuts the live sockets whose address `matches`. Returns the number of sockets. */
  cutWhere(matches: (url: string) => boolean, code = 1006, reason = 'abnormal closure'): number {
    const victims = [...this.tasks].filter((task) => matches(task.url));
    victims.forEach((task) => task.cut(code, reason));
    return victims.length;
  }

  /** Resolves when no socket is alive. */
  whenEmpty(): Promise<void> {
    if (this.live === 0) return Promise.resolve();
    return new Promise((resolve) => this.emptyWaiters.push(resolve));
  }

  /** Restarts the maxima from the sockets that are alive now. */
  resetMaxima(): void {
    this.maxLive = this.live;
    this.maxPerHost.clear();
    this.perHost.forEach((count, host) => this.maxPerHost.set(host, count));
  }

  take(task: LedgerTask): void {
    const host = hostName(task.url);
    this.tasks.add(task);
    this.connects.push(task.url);
    const onHost = (this.perHost.get(host) ?? 0) + 1;
    this.perHost.set(host, onHost);
    this.maxPerHost.set(host, Math.max(onHost, this.maxPerHost.get(host) ?? 0));
    this.maxLive = Math.max(this.maxLive, this.live);
    this.note(task, 'connect');
  }

  refuse(task: LedgerTask, reason: string): void {
    this.connects.push(task.url);
    this.refused += 1;
    this.note(task, 'refused', reason);
  }

  free(task: LedgerTask, detail: string): void {
    if (!this.tasks.delete(task)) return;
    const host = hostName(task.url);
    const left = (this.perHost.get(host) ?? 1) - 1;
    if (left > 0) this.perHost.set(host, left);
    else this.perHost.delete(host);
    this.note(task, 'closed', detail);
    if (this.live === 0) this.emptyWaiters.splice(0).forEach((wake) => wake());
  }

  note(task: LedgerTask, event: SocketEvent['event'], detail = ''): void {
    const host = hostName(task.url);
    const atMs = Date.now() - this.born;
    this.log.push({ atMs, id: task.id, host, url: task.url, event, detail, live: this.live });
  }

  networkChanged(): void {
    this.tasks.forEach((task) => task.networkChanged());
  }

  abandonAll(): void {
    this.tasks.forEach((task) => task.abandon());
    this.tasks.clear();
    this.emptyWaiters.splice(0).forEach((wake) => wake());
  }
}
