import { call, type KitSocket, type KitWx, openRoomSocket } from './kit-wx';

const LOGGED_IN = 1;

interface V2Emitter {
  on(event: string, listener: (argument: never) => void): void;
  removeAllListeners(): void;
}

/** What it expects of an instance of the V2 SDK. */
interface V2Im {
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
 * A room kit as NEMeetingKit behaves once it speaks V2: no `reuseIM`, it finds the signed-in IM in `im`.
 * It, too, ends what is not its own.
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
  const failure = (code: number, message: string) => ({ code, msg: message });

  const accountService = {
    async loginByToken(userUuid: string, userToken: string): Promise<unknown> {
      const login = current().V2NIMLoginService;
      if (login.getLoginStatus() !== LOGGED_IN) throw failure(100004, 'IM is not signed in');
      const { imAccid } = await call(wx, `${server}/login`, { userUuid, userToken });
      if (imAccid !== login.getLoginUser()) throw failure(100005, 'another IM account');
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
      if (config.width !== 0 || config.height !== 0) throw failure(414, 'width and height');
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
  };
  return {
    getInstance: () => instance,

    async joinRoom(roomId: string): Promise<unknown> {
      const { V2NIMLoginService, V2NIMPassthroughService } = current();
      const { body } = await V2NIMPassthroughService.httpProxy({
        path: '/room-server/rooms/join',
        header: '{}',
        body: JSON.stringify({ ...user, roomId }),
      });
      const [address = ''] = await V2NIMLoginService.getChatroomLinkAddress(roomId, true);
      sockets.push(await openRoomSocket(wx, address));
      return JSON.parse(body);
    },

    /** What no kit may do with an IM it shares. */
    signInAs: (accountId: string, token: string) =>
      current().V2NIMLoginService.login(accountId, token),
    joinAnonymously: () => Promise.reject(failure(112001, 'IM reuse is on')),

    heard,
    sockets,
    get isSignedIn() {
      return user !== undefined;
    },
  };
}

export type V2Kit = ReturnType<typeof createV2Kit>;
