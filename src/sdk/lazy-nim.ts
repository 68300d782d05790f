import { Code } from './codes';
import type { NimDependencies } from './nim';
import type { ImServiceEvents, LoginAttempt, NimEvents, NimPort, SdkError } from './nim-port';

type CreateNim = (dependencies: NimDependencies) => NimPort;

interface Subscription {
  subscribe: (nim: NimPort) => () => void;
  stop?: () => void;
}

/**
 * Evaluates the SDK: 300 KB of modules that the first screen does not need. The `require` is inside a function, so
 * that the bundler runs the module here and not when the app starts.
 */
export function loadSdk(): CreateNim {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require('./nim') as typeof import('./nim')).createNim;
}

/**
 * A NimPort that creates its SDK instance at the first login, and not before the first screen is painted.
 * Code that reads a service earlier gets it: the instance is then created at once.
 */
export class LazyNim implements NimPort {
  private real: NimPort | undefined;
  private readonly subscriptions = new Set<Subscription>();
  private destroyed = false;
  /** Counts logins and logouts: an attempt that was cancelled before the first screen does not begin. */
  private turn = 0;

  /** @param painted resolves when the first screen is painted */
  constructor(
    private readonly deps: NimDependencies,
    private readonly painted: Promise<void>,
    private readonly load: () => CreateNim = loadSdk,
  ) {}

  get services(): NimPort['services'] {
    return this.nim.services;
  }

  on<K extends keyof NimEvents>(event: K, handler: (...args: NimEvents[K]) => void): () => void {
    return this.subscribe((nim) => nim.on(event, handler));
  }

  listen(
    service: keyof ImServiceEvents,
    event: string,
    handler: (...args: unknown[]) => void,
  ): () => void {
    return this.subscribe((nim) => nim.listen(service, event, handler));
  }

  connectStatus(): number {
    return this.real?.connectStatus() ?? 0;
  }

  loginStatus(): number {
    return this.real?.loginStatus() ?? 0;
  }

  async login(attempt: LoginAttempt): Promise<void> {
    const turn = ++this.turn;
    await this.painted;
    if (this.destroyed || turn !== this.turn)
      throw { code: Code.illegalState, desc: 'ended before it began' } satisfies SdkError;
    await this.nim.login(attempt);
  }

  renew(attempt: LoginAttempt): void {
    this.real?.renew(attempt);
  }

  async logout(): Promise<void> {
    this.turn++;
    await this.real?.logout();
  }

  reconnect(): void {
    this.real?.reconnect();
  }

  dropLink(): void {
    this.real?.dropLink();
  }

  closeSocket(): void {
    this.real?.closeSocket();
  }

  async probe(): Promise<void> {
    await this.nim.probe();
  }

  async destroy(): Promise<void> {
    this.destroyed = true;
    await this.real?.destroy();
  }

  private get nim(): NimPort {
    if (!this.real) {
      this.real = this.load()(this.deps);
      for (const each of this.subscriptions) each.stop = each.subscribe(this.real);
    }
    return this.real;
  }

  private subscribe(subscribe: Subscription['subscribe']): () => void {
    const subscription: Subscription = { subscribe };
    if (this.real) subscription.stop = subscribe(this.real);
    this.subscriptions.add(subscription);
    return () => {
      this.subscriptions.delete(subscription);
      subscription.stop?.();
    };
  }
}
