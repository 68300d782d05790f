import { contain, KitListeners } from './kit-listeners';
import { type KitServices, kitServices } from './kit-services';
import {
  EMITTED,
  type LegacyCallbacks,
  type LegacyError,
  type LegacyEvents,
} from './legacy-callbacks';
import type { ImServices } from './nim-port';
import type { V2NIMProxyRequest } from './types';

/** The `im.options` that a kit reads; they include its callbacks, as in the older SDK. */
export interface LegacyOptions extends LegacyCallbacks {
  readonly appKey: string;
  readonly account: string;
  readonly token: string;
}

/** `done(error, result)`: one of the two is set. */
type Done<T> = (error: LegacyError | null, result?: T) => void;

export interface LegacyProxyRequest {
  path: string;
  zone?: string;
  /** 1 GET, 2 POST (default), 3 PUT, 4 DELETE. */
  method?: number;
  /** JSON text. */
  header?: string;
  body?: string;
  done?: Done<{ header?: string; body: string }>;
}

/**
 * The object that a kit gets as `im`: the part of the older Web SDK's API that kits of the 3.12 generation use
 * (docs/im-reuse.md), and the V2 services for newer kits.
 */
export interface LegacyIm extends KitServices {
  readonly options: LegacyOptions;
  /** H5 kits call this at their login and before each request over the link. */
  readonly protocol: { isConnected(): boolean };
  /** Sends a request over the IM link to the server of the kit. */
  httpRequestProxy(request: LegacyProxyRequest): void;
  /** Asks for the link addresses of a room. */
  getChatroomAddress(request: {
    chatroomId: string | number;
    done?: Done<{ chatroomId: string; address: string[] }>;
  }): void;
  /** Changes callbacks; account, token and app key stay the same. */
  setOptions(options: LegacyCallbacks): void;
  /** `destroy`, `disconnect` and `logout` only call `done`: with reuse the application ends the login. */
  destroy(options?: { done?: (error: null) => void }): void;
  disconnect(options?: { done?: (error: null) => void }): void;
  logout(options?: { done?: (error: null) => void }): void;
  connect(): void;
  on(event: string, listener: (argument: never) => void): void;
  once(event: string, listener: (argument: never) => void): void;
  off(event: string, listener: (argument: never) => void): void;
  removeAllListeners(event?: string): void;
}

/** The shared IM login. */
export interface LegacyHost {
  readonly services: ImServices;
  readonly appkey: string;
  readonly accountId: string;
  /** Returns the newest token; called each time a kit reads it. */
  token(): string;
  /** Whether IM is signed in and its link is up. */
  isOnline(): boolean;
  /** The application's own callbacks; they are called before the kit's. */
  readonly callbacks?: LegacyCallbacks;
  /** Writes to the journal. */
  note(text: string): void;
  /** Receives the link addresses of a room that the kit was given. */
  onAddresses(addresses: readonly string[]): void;
}

/** The application's end of a `LegacyIm`. */
export interface LegacyLine {
  readonly im: LegacyIm;
  /** Calls the application's callback, then the kit's, then listeners of `im.on`. */
  tell<K extends keyof LegacyEvents>(event: K, argument: () => LegacyEvents[K]): void;
  /** Stops all callbacks and listeners of the kit: the login is over. */
  end(): void;
}

/** @param given the callbacks that the kit added to `options`; account, token and app key come from the host */
export function createLegacyIm(host: LegacyHost, given: LegacyCallbacks): LegacyLine {
  const { note } = host;
  const emitter = ownEmitter();
  const listeners = new KitListeners(note);
  let over = false;
  const options = legacyOptions(host, given);
  const answer = <T>(what: string, done: Done<T> | undefined, ask: () => Promise<T>) => {
    const settle = (...outcome: Parameters<Done<T>>) =>
      contain(note, `${what} done`, () => done?.(...outcome));
    void Promise.resolve()
      .then(ask)
      .then(
        (result) => settle(null, result),
        (error: unknown) => settle(legacyError(error)),
      );
  };
  const stays =
    (what: string) =>
    ({ done }: { done?: (error: null) => void } = {}) => {
      note(`${what}: the application’s login stays`);
      // Asynchronous, as in the older SDK: the kit may still be initialising.
      void Promise.resolve().then(() => contain(note, `${what} done`, () => done?.(null)));
    };
  const services = kitServices(() => host.services, {
    listeners,
    note,
    onAddresses: host.onAddresses,
  });
  const im: LegacyIm = Object.assign(services, {
    ...(listeners.of(emitter, 'im') as Pick<
      LegacyIm,
      'on' | 'once' | 'off' | 'removeAllListeners'
    >),
    options,
    protocol: { isConnected: () => !over && host.isOnline() },
    httpRequestProxy: ({ done, ...request }) =>
      answer('httpRequestProxy', done, () =>
        host.services.passthrough.httpProxy(proxyRequest(request)),
      ),
    getChatroomAddress: ({ chatroomId, done }) =>
      answer('getChatroomAddress', done, async () => {
        const roomId = String(chatroomId);
        const address = await host.services.login.getChatroomLinkAddress(roomId, true);
        host.onAddresses(address);
        return { chatroomId: roomId, address };
      }),
    setOptions: (changed) => takeCallbacks(options, changed),
    destroy: stays('destroy'),
    disconnect: stays('disconnect'),
    logout: stays('logout'),
    connect: () => note('connect: the application connects'),
  } satisfies Omit<LegacyIm, keyof KitServices>);
  return {
    im,
    tell(event, argument) {
      if (over) return;
      // Each callback gets its own object, because kits are known to change their arguments.
      contain(note, `the application’s ${event}`, () => call(host.callbacks, event, argument()));
      contain(note, event, () => call(options, event, argument()));
      emitter.emit(EMITTED[event], argument);
    },
    end() {
      over = true;
      listeners.clear();
    },
  };
}

function call<K extends keyof LegacyEvents>(
  callbacks: LegacyCallbacks | undefined,
  event: K,
  argument: LegacyEvents[K],
): void {
  (callbacks?.[event] as ((argument: LegacyEvents[K]) => void) | undefined)?.(argument);
}

/** A kit may change its callbacks at any time, but not account, token or app key. */
function legacyOptions(host: LegacyHost, given: LegacyCallbacks): LegacyOptions {
  const options = takeCallbacks({}, given) as LegacyOptions;
  const fixed = {
    appKey: () => host.appkey,
    account: () => host.accountId,
    token: () => host.token(),
  };
  for (const [name, get] of Object.entries(fixed)) {
    Object.defineProperty(options, name, {
      get,
      set: () => host.note(`options.${name} was to be changed; it was not`),
      enumerable: true,
    });
  }
  return options;
}

const NAMES = Object.keys(EMITTED) as (keyof LegacyEvents)[];

function takeCallbacks<T extends LegacyCallbacks>(into: T, from: LegacyCallbacks): T {
  for (const name of NAMES) {
    if (typeof from[name] === 'function') Object.assign(into, { [name]: from[name] });
  }
  return into;
}

/** The SDK refuses a request that names a field and leaves it empty. */
function proxyRequest(request: Omit<LegacyProxyRequest, 'done'>): V2NIMProxyRequest {
  const { path, zone, method, header, body } = request;
  return Object.fromEntries(
    Object.entries({ path, zone, method, header, body }).filter(([, value]) => value !== undefined),
  ) as V2NIMProxyRequest;
}

/** Converts a rejection of the SDK to the older SDK's shape. */
export function legacyError(error: unknown): LegacyError {
  const { code, desc, message } = error as { code?: unknown; desc?: unknown; message?: unknown };
  return {
    code: typeof code === 'number' ? code : 0,
    message: typeof desc === 'string' ? desc : typeof message === 'string' ? message : '',
  };
}

type AnyListener = (...args: unknown[]) => void;

/** The emitter behind `im.on`: a kit that listens on `im` cannot reach the SDK's emitter. */
function ownEmitter() {
  const events = new Map<string, Set<AnyListener>>();
  return {
    on(event: string, listener: AnyListener): void {
      events.set(event, (events.get(event) ?? new Set()).add(listener));
    },
    off(event: string, listener: AnyListener): void {
      events.get(event)?.delete(listener);
    },
    emit(event: string, argument: () => unknown): void {
      for (const listener of [...(events.get(event) ?? [])]) listener(argument());
    },
  };
}
