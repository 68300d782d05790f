import { call, type KitSocket, type KitWx, openRoomSocket } from './kit-wx';

/** The five callbacks that a kit of this generation adds to `options`. */
const CALLBACKS = ['onwillreconnect', 'ondisconnect', 'onerror', 'onmsgs', 'onProxyMsg'] as const;

type Callback = (argument: unknown) => void;
type Options = Record<string, unknown>;

interface Done<T> {
  (error: unknown, result?: T): void;
}

/** The parts of the older Web SDK's instance that the kit expects. */
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
  /** Name of the callback that throws at every call. */
  throwsIn?: (typeof CALLBACKS)[number];
  /** Makes `im.on` receive the callback as well. */
  listensTo?: readonly string[];
}

const SUCCESS = { code: 0, message: 'success', data: null };

/**
 * The class that the file of NERoom for mini-programs exports (3.4.2 and 3.12.0 were read and run).
 * - `reuseIM` wraps `getInstance`; the kit knows only the older SDK and opens its room socket itself.
 * - A second `initialize` succeeds and does nothing: the instance keeps its first `im`.
 * - `authService` is created at its first reading, with the `im` of that moment, and kept.
 * - Its login raises neither 100004 nor 100005: the login accepts the room account of any IM account.
 * - It rejects with the bare code of the server.
 * - `logout` ends an IM that the kit does not own; `release` fails after a room was joined.
 */
export function createLegacyKit({ wx, server, throwsIn, listensTo = [] }: LegacyKitOptions) {
  /** Every callback in order, with its arguments. */
  const heard: [name: string, argument: unknown][] = [];
  /** Callbacks that followed the kit's end of the IM. */
  const ended: string[] = [];
  const instances: NERoom[] = [];

  const hear = (name: (typeof CALLBACKS)[number], argument: unknown) => {
    heard.push([name, argument]);
    // Such kits parse the arguments in place.
    if (name === 'onProxyMsg') {
      const message = argument as { body: unknown };
      message.body = JSON.parse(String(message.body));
    }
    if (name === throwsIn) throw new Error(`the kit threw in ${name}`);
  };

  class AuthService {
    roomAccountId = '';
    user: { userUuid: string; userToken: string } | undefined;

    constructor(
      private readonly im: OldIm | undefined,
      private readonly sockets: KitSocket[],
    ) {}

    async login(userUuid: string, userToken: string): Promise<unknown> {
      return await this.enter({ userUuid, userToken });
    }

    /** The third argument is the token of the IM login. */
    async loginByIM(userUuid: string, dynamicToken: string, imToken: string): Promise<unknown> {
      if (!userUuid || !dynamicToken || imToken !== this.im?.options.token)
        return await Promise.reject(1027);
      return await this.enter({ userUuid, userToken: dynamicToken });
    }

    async logout(): Promise<unknown> {
      if (!this.im) return await Promise.reject(new TypeError("reading 'disconnect' of undefined"));
      this.user = undefined;
      for (const socket of this.sockets.splice(0)) socket.close();
      // The kit would do the same with its own IM.
      this.im.removeAllListeners();
      this.im.disconnect();
      this.im.destroy({ done: () => ended.push('destroy') });
      return SUCCESS;
    }

    private async enter(user: { userUuid: string; userToken: string }): Promise<unknown> {
      let answer: Record<string, unknown>;
      try {
        answer = await call(wx, `${server}/login`, user);
      } catch (error) {
        return await Promise.reject((error as { code: number }).code);
      }
      this.roomAccountId = String(answer['imAccid']);
      this.user = user;
      return SUCCESS;
    }
  }

  class NERoom {
    readonly sockets: KitSocket[] = [];
    wrapped = 0;
    im: OldIm | undefined;
    private service: AuthService | undefined;
    private isInitialized = false;
    private joined = false;

    constructor() {
      instances.push(this);
    }

    get authService(): AuthService {
      return (this.service ??= new AuthService(this.im, this.sockets));
    }

    reuseIM<T>(given: T): T {
      const nim = given as OldNim;
      this.wrapped += 1;
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
    }

    async initialize(options: { appKey: string; im?: unknown }): Promise<unknown> {
      if (this.isInitialized) return await Promise.resolve(SUCCESS);
      if (!options.im) throw new Error('without reuse this kit would sign in to IM itself');
      this.isInitialized = true;
      this.im = options.im as OldIm;
      for (const event of listensTo) this.im.on(event, (argument) => heard.push([event, argument]));
      return SUCCESS;
    }

    release(): unknown {
      if (this.joined) return { code: -1, message: 'failure' };
      this.isInitialized = false;
      return SUCCESS;
    }

    /** Asks its server over the IM link, takes the room's address from IM and opens its own socket. */
    async joinRoom(roomId: string): Promise<unknown> {
      const { im } = this;
      if (!im) throw new Error('initialize comes first');
      this.joined = true;
      const answer = await new Promise<{ body: string }>((resolve, reject) =>
        im.httpRequestProxy({
          path: '/room-server/rooms/join',
          header: JSON.stringify({ 'content-type': 'application/json' }),
          body: JSON.stringify({ ...this.authService.user, roomId }),
          done: (error, result) => (result ? resolve(result) : reject(error as Error)),
        }),
      );
      const { address } = await new Promise<{ address: string[] }>((resolve, reject) =>
        im.getChatroomAddress({
          chatroomId: roomId,
          done: (error, result) => (result ? resolve(result) : reject(error as Error)),
        }),
      );
      this.sockets.push(await openRoomSocket(wx, address[0] ?? ''));
      return JSON.parse(answer.body);
    }
  }

  const latest = (): NERoom => {
    const instance = instances.filter(({ im }) => im).pop();
    if (!instance) throw new Error('initialize comes first');
    return instance;
  };
  return {
    NERoom,
    instances,
    heard,
    ended,
    joinRoom: (roomId: string) => latest().joinRoom(roomId),
    get im() {
      return latest().im as OldIm;
    },
    get isSignedIn() {
      return instances.some((one) => one.im !== undefined && one.authService.user !== undefined);
    },
  };
}
