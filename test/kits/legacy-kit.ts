import { call, type KitSocket, type KitWx, openRoomSocket } from './kit-wx';

/** The five callbacks that a kit of this generation adds to `options`. */
const CALLBACKS = ['onwillreconnect', 'ondisconnect', 'onerror', 'onmsgs', 'onProxyMsg'] as const;

type Callback = (argument: unknown) => void;
type Options = Record<string, unknown>;

interface Done<T> {
  (error: unknown, result?: T): void;
}

/** What it expects of the older Web SDK's instance. */
interface OldIm {
  options: { account?: string; token?: string };
  httpRequestProxy(request: {
    path: string;
    header: string;
    body: string;
    done: Done<{ body: string }>;
  }): void;
  getChatroomAddress(request: { chatroomId: string; done: Done<{ address: string[] }> }): void;
  destroy(options: { done: (error: unknown) => void }): void;
  disconnect(): void;
  removeAllListeners(): void;
  on(event: string, listener: Callback): void;
}

interface OldNim {
  getInstance(options: Options): unknown;
}

export interface LegacyKitOptions {
  wx: KitWx;
  /** The room server. */
  server: string;
  /** The callback that throws whenever it is called. */
  throwsIn?: (typeof CALLBACKS)[number];
  /** Lets `im.on` take it as well. */
  listensTo?: readonly string[];
}

/**
 * A room kit as NERoom's mini-program build of the 3.12 generation behaves (docs/im-reuse.md), written from
 * the documents: it wraps `getInstance`, knows the older SDK only, opens its room socket itself, and ends
 * an IM that is not its own.
 */
export function createLegacyKit({ wx, server, throwsIn, listensTo = [] }: LegacyKitOptions) {
  /** Every callback, in order, with what it was given. */
  const heard: [name: string, argument: unknown][] = [];
  /** What ending the IM called back. */
  const ended: string[] = [];
  const sockets: KitSocket[] = [];
  let wrapped = 0;
  let im: OldIm | undefined;
  let user: { userUuid: string; userToken: string } | undefined;

  const hear = (name: (typeof CALLBACKS)[number], argument: unknown) => {
    heard.push([name, argument]);
    // Such kits parse in place what they are given.
    if (name === 'onProxyMsg') {
      const message = argument as { body: unknown };
      message.body = JSON.parse(String(message.body));
    }
    if (name === throwsIn) throw new Error(`the kit threw in ${name}`);
  };
  const current = (): OldIm => {
    if (!im) throw new Error('initialize comes first');
    return im;
  };
  const failure = (code: number, message: string) => ({ code, message, data: null });

  const kit = {
    reuseIM<T>(given: T): T {
      const nim = given as OldNim;
      wrapped += 1;
      const original = nim.getInstance;
      nim.getInstance = (options) => {
        for (const name of CALLBACKS) {
          const before = options[name] as Callback | undefined;
          options[name] = (argument: unknown) => {
            before?.(argument);
            hear(name, argument);
          };
        }
        return original.call(nim, options);
      };
      return given;
    },

    initialize(options: { appKey: string; im?: unknown }): void {
      if (!options.im) throw new Error('without reuse this kit would sign in to IM itself');
      im = options.im as OldIm;
      for (const event of listensTo) im.on(event, (argument) => heard.push([event, argument]));
    },

    authService: {
      async login(userUuid: string, userToken: string): Promise<unknown> {
        const { account } = current().options;
        if (!account) throw failure(100004, 'IM is not signed in');
        const { imAccid } = await call(wx, `${server}/login`, { userUuid, userToken });
        if (imAccid !== account) throw failure(100005, 'another IM account');
        user = { userUuid, userToken };
        return { code: 0, message: 'success', data: null };
      },
      async logout(): Promise<unknown> {
        const left = current();
        user = undefined;
        for (const socket of sockets.splice(0)) socket.close();
        // What it would do with an IM of its own.
        left.removeAllListeners();
        left.disconnect();
        left.destroy({ done: () => ended.push('destroy') });
        return { code: 0, message: 'success', data: null };
      },
    },

    /** Asks its server over the IM link, takes the room's address from IM, opens a socket of its own. */
    async joinRoom(roomId: string): Promise<unknown> {
      const answer = await new Promise<{ body: string }>((resolve, reject) =>
        current().httpRequestProxy({
          path: '/room-server/rooms/join',
          header: JSON.stringify({ 'content-type': 'application/json' }),
          body: JSON.stringify({ ...user, roomId }),
          done: (error, result) => (result ? resolve(result) : reject(error as Error)),
        }),
      );
      const { address } = await new Promise<{ address: string[] }>((resolve, reject) =>
        current().getChatroomAddress({
          chatroomId: roomId,
          done: (error, result) => (result ? resolve(result) : reject(error as Error)),
        }),
      );
      sockets.push(await openRoomSocket(wx, address[0] ?? ''));
      return JSON.parse(answer.body);
    },

    joinAnonymously(): Promise<unknown> {
      return Promise.reject(failure(112001, 'IM reuse is on'));
    },

    heard,
    ended,
    sockets,
    get wrapped() {
      return wrapped;
    },
    get im() {
      return current();
    },
    get isSignedIn() {
      return user !== undefined;
    },
  };
  return kit;
}

export type LegacyKit = ReturnType<typeof createLegacyKit>;
