import { call, type KitSocket, type KitWx, openRoomSocket } from './kit-wx';

type Callback = (error?: unknown) => void;

interface Im {
  options: { account?: string };
  protocol: { isConnected(): boolean };
  httpRequestProxy(request: {
    path: string;
    header: string;
    body: string;
    done: (error: unknown, result?: { body: string }) => void;
  }): void;
  getChatroomAddress(request: {
    chatroomId: string;
    done: (error: unknown, result?: { address: string[] }) => void;
  }): void;
  logout(): void;
}

/**
 * The exports of the H5 files of NEMeetingKit 3.x and 4.0: `actions` alone. Results arrive by callback; a
 * second `init` before `destroy` never calls back; a refusal is a bare code.
 */
export function createActionsKit({ wx, server }: { wx: KitWx; server: string }) {
  const heard: [name: string, argument: unknown][] = [];
  const sockets: KitSocket[] = [];
  let im: Im | undefined;
  let user: { accountId: string; accountToken: string } | undefined;
  const current = (): Im => {
    if (!im) throw new Error('init comes first');
    return im;
  };

  const actions = {
    reuseIM<T>(given: T): T {
      const nim = given as { getInstance(options: Record<string, unknown>): unknown };
      const original = nim.getInstance;
      nim.getInstance = (options) => {
        const before = options['onmsgs'] as ((argument: unknown) => void) | undefined;
        options['onmsgs'] = (argument: unknown) => {
          before?.(argument);
          heard.push(['onmsgs', argument]);
        };
        return original.call(nim, options);
      };
      return given;
    },
    init(_width: number, _height: number, config: { im?: unknown }, callback: Callback): void {
      if (im) return;
      im = config.im as Im;
      void Promise.resolve().then(() => callback());
    },
    login(options: { accountId: string; accountToken: string }, callback: Callback): void {
      void (async () => {
        try {
          if (!current().protocol.isConnected()) return callback(100004);
          const { accountId: userUuid, accountToken: userToken } = options;
          const { imAccid } = await call(wx, `${server}/login`, { userUuid, userToken });
          if (imAccid !== current().options.account) return callback(100005);
          user = options;
          callback();
        } catch (error) {
          callback((error as { code?: number }).code ?? error);
        }
      })();
    },
    logout(callback: Callback): void {
      user = undefined;
      for (const socket of sockets.splice(0)) socket.close();
      current().logout();
      void Promise.resolve().then(() => callback());
    },
    destroy(): void {
      im = undefined;
    },
  };

  return {
    actions,
    async joinRoom(roomId: string): Promise<unknown> {
      const { body } = await new Promise<{ body: string }>((resolve, reject) =>
        current().httpRequestProxy({
          path: '/room-server/rooms/join',
          header: '{}',
          body: JSON.stringify({
            userUuid: user?.accountId,
            userToken: user?.accountToken,
            roomId,
          }),
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
      return JSON.parse(body);
    },
    heard,
    get isSignedIn() {
      return user !== undefined;
    },
  };
}
