import { call, type KitSocket, type KitWx, openRoomSocket } from './kit-wx';

const LOGGED_IN = 1;

interface V2Emitter {
  on(event: string, listener: (argument: never) => void): void;
  removeAllListeners(): void;
}

/** The parts of a V2 SDK instance that the kit expects. */
interface V2Im {
  protocol: { isConnected(): boolean };
  V2NIMLoginService: V2Emitter & {
    getLoginUser(): string;
    getLoginStatus(): number;
    getChatroomLinkAddress(roomId: string, miniProgram: boolean): Promise<string[]>;
    login(accountId: string, token: string): Promise<void>;
    logout(): Promise<void>;
  };
  V2NIMPassthroughService: V2Emitter & {
    httpProxy(request: { path: string; header: string; body: string }): Promise<{ body: string }>;
  };
  V2NIMMessageService: V2Emitter;
}

/**
 * NEMeetingKit in a version that speaks V2: has no `reuseIM` and finds the signed-in IM in `im`. Its H5 files
 * (3.12, 3.16 and 4.0.1 were run) call `im.protocol.isConnected()` at login and before each request, ignore a
 * second `initialize` until `unInitialize`, and reject with the bare code. These versions also end an IM that
 * they do not own.
 */
export function createV2Kit({ wx, server }: { wx: KitWx; server: string }) {
  const heard: [name: string, argument: unknown][] = [];
  const sockets: KitSocket[] = [];
  let im: V2Im | undefined;
  let user: { userUuid: string; userToken: string } | undefined;
  const current = (): V2Im => {
    if (!im) throw new Error('initialize comes first');
    return im;
  };

  const accountService = {
    async loginByToken(userUuid: string, userToken: string): Promise<unknown> {
      const login = current().V2NIMLoginService;
      if (!current().protocol.isConnected() || login.getLoginStatus() !== LOGGED_IN)
        return await Promise.reject(100004);
      let imAccid: unknown;
      try {
        ({ imAccid } = await call(wx, `${server}/login`, { userUuid, userToken }));
      } catch (error) {
        return await Promise.reject((error as { code: number }).code);
      }
      if (imAccid !== login.getLoginUser()) return await Promise.reject(100005);
      user = { userUuid, userToken };
      return { code: 0, message: 'success' };
    },
    async logout(): Promise<unknown> {
      const { V2NIMLoginService, V2NIMMessageService, V2NIMPassthroughService } = current();
      user = undefined;
      for (const socket of sockets.splice(0)) socket.close();
      for (const service of [V2NIMLoginService, V2NIMMessageService, V2NIMPassthroughService])
        service.removeAllListeners();
      await V2NIMLoginService.logout();
      return { code: 0, message: 'success' };
    },
  };
  const instance = {
    initialize(config: { im?: unknown; width: number; height: number }): Promise<unknown> {
      if (config.width !== 0 || config.height !== 0) return Promise.reject(414);
      if (im) return Promise.resolve({ code: 0, message: 'success' });
      im = config.im as V2Im;
      const { V2NIMLoginService, V2NIMMessageService, V2NIMPassthroughService } = im;
      const listen = (service: V2Emitter, event: string) =>
        service.on(event, (argument) => void heard.push([event, argument]));
      listen(V2NIMLoginService, 'onKickedOffline');
      listen(V2NIMLoginService, 'onDisconnected');
      listen(V2NIMMessageService, 'onReceiveMessages');
      listen(V2NIMPassthroughService, 'onProxyNotify');
      return Promise.resolve({ code: 0, message: 'success' });
    },
    getAccountService: () => (im ? accountService : undefined),
    unInitialize(): Promise<unknown> {
      im = undefined;
      return Promise.resolve({ code: 0, message: 'success' });
    },
  };
  return {
    getInstance: () => instance,

    async joinRoom(roomId: string): Promise<unknown> {
      const { V2NIMLoginService, V2NIMPassthroughService, protocol } = current();
      if (!protocol.isConnected()) throw new Error('IM is not connected');
      const { body } = await V2NIMPassthroughService.httpProxy({
        path: '/room-server/rooms/join',
        header: '{}',
        body: JSON.stringify({ ...user, roomId }),
      });
      const [address = ''] = await V2NIMLoginService.getChatroomLinkAddress(roomId, true);
      sockets.push(await openRoomSocket(wx, address));
      return JSON.parse(body);
    },

    /** Calls that a kit must not make on an IM that it shares. */
    signInAs: (accountId: string, token: string) =>
      current().V2NIMLoginService.login(accountId, token),

    heard,
    sockets,
    get isSignedIn() {
      return user !== undefined;
    },
  };
}
