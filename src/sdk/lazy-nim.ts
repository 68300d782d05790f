import { type Clock, foreignCall } from '@/platform';
import { Code } from './codes';
import type { NimDependencies } from './nim';
import type { ImServiceEvents, LoginAttempt, NimEvents, NimPort, SdkError } from './nim-port';
import type { ReasonRow } from './service-rows';

type CreateNim = (dependencies: NimDependencies) => NimPort;

interface Subscription {
  subscribe: (nim: NimPort) => () => void;
  stop?: () => void;
}

/** WeChat's `require` of this file, with which a file of a sub-package is loaded. */
declare const __non_webpack_require__: { async?: (path: string) => Promise<unknown> };

/** Longest wait for the sub-package, ms. ImConnection ends an attempt after 30 s. */
const LOAD_MS = 20_000;

let loading: Promise<CreateNim> | undefined;
let loaded: CreateNim | undefined;
let rows: readonly ReasonRow[] = [];
let tellLoaded: () => void = () => undefined;
const whenLoaded = new Promise<void>((resolve) => (tellLoaded = resolve));

/** The file of the SDK in this run of the app. */
export interface SdkFile {
  isLoaded(): boolean;
  /** Resolves when the SDK has been loaded; never rejects. */
  readonly whenLoaded: Promise<void>;
}

export const sdkFile: SdkFile = { isLoaded: () => loaded !== undefined, whenLoaded };

/** The rows of the table of reasons that the file of the SDK has; none before the file is loaded. */
export const serviceRows = (): readonly ReasonRow[] => rows;

/**
 * Loads and evaluates the SDK: 500 KB that the first screen does not need (docs/decisions/006). In the mini-program
 * the module is a file of its own sub-package, built by config/sdk-file. A load under way is shared; a failed load is
 * repeated by the next call, as WeChat does not keep the failure.
 * @throws SdkError 600114 when WeChat refuses, has no `require.async`, or does not answer within 20 s
 */
export async function loadSdk(
  clock: Clock,
  load: () => Promise<CreateNim> = requireSdk,
): Promise<CreateNim> {
  const current = (loading ??= foreignCall(load, {
    clock,
    limitMs: LOAD_MS,
    onLimit: () => new Error(`not loaded within ${LOAD_MS} ms`),
  }));
  try {
    loaded = await current;
    tellLoaded();
    return loaded;
  } catch (cause) {
    if (loading === current) loading = undefined;
    throw { code: Code.sdkNotLoaded, desc: describe(cause) } satisfies SdkError;
  }
}

async function requireSdk(): Promise<CreateNim> {
  if (process.env.TARO_ENV !== 'weapp') return (await import('./nim')).createNim;
  if (!__non_webpack_require__.async) throw new Error('no require.async');
  // DevTools look for this call with a literal path, relative to app.js; the build writes it (config/index.ts).
  const file = await __non_webpack_require__.async(process.env.APP_SDK_FILE ?? '');
  const { createNim, SERVICE_ROWS } = file as typeof import('./nim');
  rows = SERVICE_ROWS;
  return createNim;
}

/** WeChat rejects with `{ mod, errMsg }`. */
function describe(cause: unknown): string {
  const { errMsg, message } = (cause ?? {}) as { errMsg?: string; message?: string };
  return String(errMsg ?? message ?? cause);
}

/**
 * A NimPort that loads the SDK and creates its instance at the first login, and not before the first screen is
 * painted. Subscriptions made earlier wait. Code that reads a service before the login gets the service when the SDK
 * has been loaded before: the instance is then created at once.
 */
export class LazyNim implements NimPort {
  private real: NimPort | undefined;
  private readonly subscriptions = new Set<Subscription>();
  private destroyed = false;
  /** Counts logins and logouts: an attempt that was cancelled before the SDK is there does not begin. */
  private turn = 0;

  /** @param painted resolves when the first screen is painted */
  constructor(
    private readonly deps: NimDependencies,
    private readonly painted: Promise<void>,
    private readonly load: (clock: Clock) => Promise<CreateNim> = loadSdk,
  ) {}

  /** @throws SdkError before the SDK has been loaded */
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
    const create = await this.load(this.deps.clock);
    if (this.destroyed || turn !== this.turn)
      throw { code: Code.illegalState, desc: 'ended before it began' } satisfies SdkError;
    this.create(create);
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

  private create(create: CreateNim): void {
    if (this.real) return;
    this.real = create(this.deps);
    for (const each of this.subscriptions) each.stop = each.subscribe(this.real);
  }

  private get nim(): NimPort {
    if (loaded) this.create(loaded);
    if (!this.real)
      throw { code: Code.illegalState, desc: 'the SDK is not loaded yet' } satisfies SdkError;
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
