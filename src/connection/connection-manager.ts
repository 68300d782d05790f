import type { RuntimeEnv } from '@/env';
import { foreignCall, Listeners, type Platform } from '@/platform';
import type { NimDependencies, NimOptions, NimPort } from '@/sdk';
import { Code } from '@/sdk/codes';
import { ConnectionError } from './connection-error';
import { type ConnectionState, isFinal, type StateChange } from './state-machine';
import { checkCredentials, type Credentials, sameLogin } from './credentials';
import { ImConnection } from './im-connection';
import type { ImConnectionOptions } from './im-dependencies';
import type { Journal } from './journal';
import { fullJitter, type RetryPolicy } from './retry-policy';
import { RoomLeases } from './room-leases';
import type { SocketGate } from './socket-gate';
import type { SocketOwner } from './socket-ticket';

export interface ConnectionManagerDependencies {
  env: RuntimeEnv;
  platform: Platform;
  gate: SocketGate;
  journal: Journal;
  createNim: (dependencies: NimDependencies) => NimPort;
  options?: ConnectionOptions;
  retry?: RetryPolicy;
}

/** The options that a product may set (docs/seed-map.md, seeds 001 and 003). */
export type ConnectionOptions = Partial<ImConnectionOptions> & NimOptions;

/** One sign-in or sign-out, from the call until it has completed. */
interface Operation {
  cancelled: boolean;
}

/** The argument of a `beforeEnd` hook: a login that is still alive is about to end. */
export interface Ending {
  readonly connection: ImConnection;
  /** True when another sign-in follows at once. */
  readonly switching: boolean;
}

const LOGIN = 'login';
/** Module level on purpose: a closure made by an operation would keep that operation and its credentials. */
const CANCEL_NOTHING = () => undefined;
/** Maximum time that a `beforeEnd` hook (for example a meeting kit signing out) may delay the end of a login. */
const BEFORE_END_MS = 3000;

/**
 * Creates and destroys SDK instances; no other code does. Operations (sign-in, sign-out) run one at a time and the
 * newest wins: a running sign-in is aborted by a newer operation and rejects with 191002. Each promise resolves
 * when its result is real: online, or every socket closed.
 */
export class ConnectionManager {
  private im: ImConnection | null = null;
  private credentials: Credentials | null = null;
  private lastState: ConnectionState = { name: 'idle' };
  private generation = 0;
  /** Leases for the sockets of the chatroom package. */
  readonly rooms: RoomLeases;
  private options: ConnectionOptions;
  private running: Operation | null = null;
  private cancelNewest: (why: string) => void = CANCEL_NOTHING;
  private tail: Promise<void> = Promise.resolve();
  private readonly connectionListeners = new Listeners<[ImConnection | null]>();
  private readonly stateListeners = new Listeners<[StateChange]>();
  private readonly beforeEndHooks = new Set<(ending: Ending) => Promise<void>>();

  constructor(private readonly deps: ConnectionManagerDependencies) {
    this.options = { ...deps.options };
    this.rooms = new RoomLeases(deps.gate);
  }

  /**
   * Changes options. `needReconnect` and `reconnectionAttempts` apply at once, also to the current connection;
   * the options that the SDK reads when an instance is made (customTag, customClientType, isFixedDeviceId,
   * debugLevel, logSink) apply from the next sign-in.
   * @throws ConnectionError 600100 for a customClientType that is not an integer above 0 (docs/seed-map.md,
   * seed 001)
   */
  setOptions(options: ConnectionOptions): void {
    checkOptions(options);
    this.options = { ...this.options, ...options };
    this.im?.setOptions(reconnectOptions(this.options));
  }

  /** The current connection; null between accounts and when signed out. */
  get connection(): ImConnection | null {
    return this.im;
  }

  /** The current options; the chatroom SDK uses those that it has in common with the IM SDK. */
  get sdkOptions(): Readonly<ConnectionOptions> {
    return this.options;
  }

  /** The state of the current connection, or the final state of the last connection. */
  get state(): ConnectionState {
    return this.im?.state ?? this.lastState;
  }

  /**
   * Subscribes. `connection`: a new connection exists and has not connected yet, so that a subscriber misses
   * nothing; or null: the login is over and everything of its account must be dropped. `state`: the current
   * connection changed its state.
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
   * Registers a hook that runs before an operation ends a login that is still alive, so that a meeting kit that
   * shares the login signs out while IM is still up. A hook delays the end by 3 s at most; its failure is
   * recorded in the journal.
   */
  beforeEnd(hook: (ending: Ending) => Promise<void>): () => void {
    this.beforeEndHooks.add(hook);
    return () => this.beforeEndHooks.delete(hook);
  }

  /**
   * Signs in; also switches the account: the current login ends first, so that there is never more than one live
   * IM socket. Resolves when online and synchronised; at once when the same login is already online.
   * @throws ConnectionError with the server's code when it is final; 191002 when aborted or replaced; 600100
   * for options that the server would not understand.
   */
  login(
    credentials: Credentials,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<ImConnection> {
    return this.carryOut(LOGIN, signal, async (operation) => {
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
      await this.runBeforeEnd(true);
      await this.tearDown('another sign-in');
      return await this.bringUp(credentials, operation);
    });
  }

  /** Signs out. Resolves when the SDK is gone and its sockets fired `onClose`. */
  logout(): Promise<void> {
    return this.carryOut('logout', undefined, async () => {
      await this.runBeforeEnd(false);
      await this.tearDown('signed out');
    });
  }

  /** Signs out and removes every listener. The manager is not used afterwards. */
  async destroy(): Promise<void> {
    await this.logout();
    this.connectionListeners.clear();
    this.stateListeners.clear();
  }

  /** Starts the next attempt now instead of at the end of the wait. */
  retryNow(): void {
    this.im?.retryNow();
  }

  /** Queues an operation behind the running one, and aborts every older sign-in. */
  private carryOut<T>(
    name: string,
    signal: AbortSignal | undefined,
    work: (operation: Operation) => Promise<T>,
  ): Promise<T> {
    const operation: Operation = { cancelled: false };
    const cancel = (why: string) => {
      // A sign-out is never aborted: every operation that follows begins with the same steps.
      if (name !== LOGIN || operation.cancelled) return;
      operation.cancelled = true;
      // The running operation waits for its connection; closing the connection ends the wait.
      if (this.running === operation) void this.im?.close(why);
    };
    this.cancelNewest(`replaced by ${name}`);
    this.cancelNewest = cancel;

    const run = async (): Promise<T> => {
      if (signal?.aborted) cancel('aborted');
      if (operation.cancelled)
        throw ConnectionError.cancelled('replaced or aborted before it began');
      this.running = operation;
      const onAbort = () => cancel('aborted');
      signal?.addEventListener('abort', onAbort);
      try {
        return await work(operation);
      } finally {
        signal?.removeEventListener('abort', onAbort);
        this.running = null;
        // Nothing is left to abort; the closure would keep the credentials of the operation.
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

  private async bringUp(credentials: Credentials, operation: Operation): Promise<ImConnection> {
    if (operation.cancelled) throw ConnectionError.cancelled('replaced before it began');
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
      throw operation.cancelled
        ? ConnectionError.cancelled('replaced by a newer operation')
        : ConnectionError.from(error);
    }
  }

  private onState(im: ImConnection, change: StateChange): void {
    if (this.im !== im) return;
    this.lastState = change.to;
    this.stateListeners.emit(change);
    // Kicked, refused on a reconnect, lost: the instance is destroyed, and the state stays readable. Not queued as
    // an operation, because it must not abort a sign-in that already waits in the queue.
    if (isFinal(change.to)) {
      this.tail = this.tail.then(() =>
        this.im === im ? this.tearDown(change.to.name) : undefined,
      );
    }
  }

  private async runBeforeEnd(switching: boolean): Promise<void> {
    const connection = this.im;
    if (!connection || isFinal(connection.state) || this.beforeEndHooks.size === 0) return;
    const { platform, journal } = this.deps;
    const all = [...this.beforeEndHooks].map(async (hook) => {
      try {
        await foreignCall(() => hook({ connection, switching }), {
          clock: platform.clock,
          limitMs: BEFORE_END_MS,
          onLimit: () => new Error(`not done within ${BEFORE_END_MS} ms`),
        });
      } catch (error) {
        journal.record('before end', error instanceof Error ? error.message : String(error));
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
    // The token must not outlive its login.
    this.credentials = null;
    this.connectionListeners.emit(null);
    await closed;
  }
}

/** Not a method: the SDK's global adapters keep this closure, which must not reference a login. */
function openerFor(gate: SocketGate, owner: SocketOwner): NimDependencies['openSocket'] {
  return (open) => gate.withOwner(owner, open);
}

function reconnectOptions({
  needReconnect = true,
  reconnectionAttempts = Number.POSITIVE_INFINITY,
}: ConnectionOptions): ImConnectionOptions {
  return { needReconnect, reconnectionAttempts };
}

/** The SDK sends any value; the server then counts the client as a client without a type. */
function checkOptions({ customClientType }: ConnectionOptions): void {
  if (customClientType === undefined) return;
  if (Number.isInteger(customClientType) && customClientType > 0) return;
  throw new ConnectionError(
    Code.configuration,
    `customClientType is ${String(customClientType)}, but must be an integer above 0`,
  );
}
