import type { RuntimeEnv } from '@/env';
import { foreignCall, Listeners, type Platform } from '@/platform';
import type { NimDependencies, NimOptions, NimPort } from '@/sdk';
import { ConnectionError } from './connection-error';
import { type ConnectionState, isFinal, type StateChange } from './state-machine';
import { checkCredentials, type Credentials, sameLogin } from './credentials';
import { ImConnection } from './im-connection';
import type { ImConnectionOptions } from './im-dependencies';
import type { Journal } from './journal';
import { fullJitter, type RetryPolicy } from './retry-policy';
import { RoomLeases } from './room-leases';
import type { SocketGate, SocketOwner } from './socket-gate';

export interface ConnectionManagerDependencies {
  env: RuntimeEnv;
  platform: Platform;
  gate: SocketGate;
  journal: Journal;
  createNim: (dependencies: NimDependencies) => NimPort;
  options?: ConnectionOptions;
  retry?: RetryPolicy;
}

/** What a product may set: the options of seeds 001 and 003. */
export type ConnectionOptions = Partial<ImConnectionOptions> & NimOptions;

/** A wish of the user, from the call until it is carried out. */
interface Wish {
  cancelled: boolean;
}

/** A login that is still alive is about to end. */
export interface Ending {
  readonly connection: ImConnection;
  /** Another sign-in follows at once. */
  readonly switching: boolean;
}

const LOGIN = 'login';
/** A function of the module: one that is made by a wish would keep the wish and its credentials. */
const CANCEL_NOTHING = () => undefined;
/** What rides on the login may hold its end up this long. */
const FAREWELL_MS = 3000;
const CONFIGURATION = 600100;

/**
 * Alone creates and destroys SDK instances. Wishes are carried out one at a time and the newest wins: an
 * older one that is still running is cut short and rejects with 191002. Every promise resolves when the
 * thing is true: online, or every socket closed.
 */
export class ConnectionManager {
  private im: ImConnection | null = null;
  private credentials: Credentials | null = null;
  private lastState: ConnectionState = { name: 'idle' };
  private generation = 0;
  /** Places for the sockets of the chatroom package. */
  readonly rooms: RoomLeases;
  private options: ConnectionOptions;
  private running: Wish | null = null;
  private cancelNewest: (why: string) => void = CANCEL_NOTHING;
  private tail: Promise<void> = Promise.resolve();
  private readonly connectionListeners = new Listeners<[ImConnection | null]>();
  private readonly stateListeners = new Listeners<[StateChange]>();
  private readonly farewells = new Set<(ending: Ending) => Promise<void>>();

  constructor(private readonly deps: ConnectionManagerDependencies) {
    this.options = { ...deps.options };
    this.rooms = new RoomLeases(deps.gate);
  }

  /**
   * Changes options. `needReconnect` and `reconnectionAttempts` hold at once, also for the connection in
   * force; what the SDK reads when an instance is made (customTag, customClientType, isFixedDeviceId,
   * debugLevel, logSink) holds from the next sign-in.
   * @throws ConnectionError 600100 for a customClientType that is not an integer above 0 (seed 001)
   */
  setOptions(options: ConnectionOptions): void {
    checkOptions(options);
    this.options = { ...this.options, ...options };
    this.im?.setOptions(reconnectOptions(this.options));
  }

  /** The connection in force; null between accounts and when signed out. */
  get connection(): ImConnection | null {
    return this.im;
  }

  /** The options as they are now; the chatroom's SDK takes those that it has too. */
  get sdkOptions(): Readonly<ConnectionOptions> {
    return this.options;
  }

  /** The state of the connection in force, or how the last one ended. */
  get state(): ConnectionState {
    return this.im?.state ?? this.lastState;
  }

  /**
   * `connection`: a new connection exists and has not connected yet (subscribe now and miss nothing), or
   * null: it is over, forget everything of its account. `state`: the connection in force changed state.
   */
  on(event: 'connection', handler: (connection: ImConnection | null) => void): () => void;
  on(event: 'state', handler: (change: StateChange) => void): () => void;
  on(
    event: 'connection' | 'state',
    handler: ((connection: ImConnection | null) => void) | ((change: StateChange) => void),
  ): () => void {
    return event === 'connection'
      ? this.connectionListeners.add(handler as (connection: ImConnection | null) => void)
      : this.stateListeners.add(handler as (change: StateChange) => void);
  }

  /**
   * Runs before a living login ends by a wish (sign-out, another sign-in): what rides on it, a room kit,
   * signs out first, while IM is still up. Waited for, but no longer than 3 s; a failure is noted.
   */
  beforeEnd(farewell: (ending: Ending) => Promise<void>): () => void {
    this.farewells.add(farewell);
    return () => this.farewells.delete(farewell);
  }

  /**
   * Signs in; first ends whatever login there is. Resolves when online and synchronised; at once when the
   * same login is already online.
   * @throws ConnectionError with the server's code when it is final; 191002 when aborted or replaced; 600100
   * for options that the server would not understand.
   */
  login(
    credentials: Credentials,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<ImConnection> {
    return this.carryOut(LOGIN, signal, async (wish) => {
      checkCredentials(credentials);
      checkOptions(this.options);
      if (
        this.im &&
        this.im.state.name === 'online' &&
        this.credentials &&
        sameLogin(this.credentials, credentials)
      ) {
        return this.im;
      }
      await this.sayFarewell(true);
      await this.tearDown('another sign-in');
      return await this.bringUp(credentials, wish);
    });
  }

  /** Ends this account's login and starts the other's, with never more than one live IM socket. */
  switchAccount(
    credentials: Credentials,
    options: { signal?: AbortSignal } = {},
  ): Promise<ImConnection> {
    return this.login(credentials, options);
  }

  /** Signs out. Resolves when the SDK is gone and its sockets fired `onClose`. */
  logout(): Promise<void> {
    return this.carryOut('logout', undefined, async () => {
      await this.sayFarewell(false);
      await this.tearDown('signed out');
    });
  }

  /** Signs out and lets go of every listener. The manager is not used afterwards. */
  async destroy(): Promise<void> {
    await this.logout();
    this.connectionListeners.clear();
    this.stateListeners.clear();
  }

  /** Tries again now instead of at the end of the wait. */
  retryNow(): void {
    this.im?.retryNow();
  }

  /** Queues a wish behind what runs, and cuts every older login short. */
  private carryOut<T>(
    name: string,
    signal: AbortSignal | undefined,
    work: (wish: Wish) => Promise<T>,
  ): Promise<T> {
    const wish: Wish = { cancelled: false };
    const cancel = (why: string) => {
      // Ending a login is never cut short: whatever comes next begins with the same.
      if (name !== LOGIN || wish.cancelled) return;
      wish.cancelled = true;
      // What runs is waiting for its connection: ending that ends the wait.
      if (this.running === wish) void this.im?.close(why);
    };
    this.cancelNewest(`replaced by ${name}`);
    this.cancelNewest = cancel;

    const run = async (): Promise<T> => {
      if (signal?.aborted) cancel('aborted');
      if (wish.cancelled) throw ConnectionError.cancelled('replaced or aborted before it began');
      this.running = wish;
      const onAbort = () => cancel('aborted');
      signal?.addEventListener('abort', onAbort);
      try {
        return await work(wish);
      } finally {
        signal?.removeEventListener('abort', onAbort);
        this.running = null;
        // Nothing is left to cut short; what the wish was made with goes.
        if (this.cancelNewest === cancel) this.cancelNewest = CANCEL_NOTHING;
      }
    };
    const result = this.tail.then(run);
    this.tail = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  private async bringUp(credentials: Credentials, wish: Wish): Promise<ImConnection> {
    if (wish.cancelled) throw ConnectionError.cancelled('replaced before it began');
    const { env, platform, gate, journal, createNim, retry } = this.deps;
    const generation = ++this.generation;
    const owner = `im#${generation}`;
    const nim = createNim({
      env,
      clock: platform.clock,
      openSocket: openerFor(gate, owner),
      options: this.options,
    });
    const im = new ImConnection({
      nim,
      credentials,
      generation,
      owner,
      gate,
      clock: platform.clock,
      network: platform.network,
      lifecycle: platform.lifecycle,
      retry: retry ?? fullJitter(() => platform.random()),
      journal,
      options: reconnectOptions(this.options),
    });
    this.im = im;
    this.credentials = credentials;
    im.on('state', (change) => this.onState(im, change));
    this.connectionListeners.emit(im);
    try {
      await im.open();
      return im;
    } catch (error) {
      await this.tearDown('sign-in failed');
      throw wish.cancelled
        ? ConnectionError.cancelled('replaced by a newer wish')
        : ConnectionError.from(error);
    }
  }

  private onState(im: ImConnection, change: StateChange): void {
    if (this.im !== im) return;
    this.lastState = change.to;
    this.stateListeners.emit(change);
    // Kicked, refused on a reconnect, lost: the instance is of no more use, but the state stays readable.
    // Not a wish: it must not cut short a sign-in that is already waiting its turn.
    if (isFinal(change.to)) {
      this.tail = this.tail.then(() =>
        this.im === im ? this.tearDown(change.to.name) : undefined,
      );
    }
  }

  private async sayFarewell(switching: boolean): Promise<void> {
    const connection = this.im;
    if (!connection || isFinal(connection.state) || this.farewells.size === 0) return;
    const { platform, journal } = this.deps;
    const all = [...this.farewells].map(async (farewell) => {
      try {
        await foreignCall(() => farewell({ connection, switching }), {
          clock: platform.clock,
          limitMs: FAREWELL_MS,
          onLimit: () => new Error(`not done within ${FAREWELL_MS} ms`),
        });
      } catch (error) {
        journal.record('farewell', error instanceof Error ? error.message : String(error));
      }
    });
    await Promise.all(all);
  }

  private async tearDown(reason: string): Promise<void> {
    const { im } = this;
    if (!im) return;
    const closed = im.close(reason);
    this.lastState = im.state;
    this.im = null;
    // The token goes with the login that it was for.
    this.credentials = null;
    this.connectionListeners.emit(null);
    await closed;
  }
}

/** Outside of the manager: the SDK's adapters are global and keep this, and must not keep a login with it. */
function openerFor(gate: SocketGate, owner: SocketOwner): NimDependencies['openSocket'] {
  return (open) => gate.withOwner(owner, open);
}

function reconnectOptions({
  needReconnect = true,
  reconnectionAttempts = Number.POSITIVE_INFINITY,
}: ConnectionOptions): ImConnectionOptions {
  return { needReconnect, reconnectionAttempts };
}

/** The SDK sends what it is given; the server then counts the client as one of no type. */
function checkOptions({ customClientType }: ConnectionOptions): void {
  if (customClientType === undefined) return;
  if (Number.isInteger(customClientType) && customClientType > 0) return;
  throw new ConnectionError(
    CONFIGURATION,
    `customClientType is ${String(customClientType)}, but must be an integer above 0`,
  );
}
