import { Code } from './codes';
import { LoginStatus } from './constants';
import type { KitListeners } from './kit-listeners';
import type { ImServices, SdkError } from './nim-port';

/** The services under the names they have on an instance of the V2 SDK. */
const NAMES = {
  login: 'V2NIMLoginService',
  message: 'V2NIMMessageService',
  messageCreator: 'V2NIMMessageCreator',
  conversation: 'V2NIMLocalConversationService',
  conversationIdUtil: 'V2NIMConversationIdUtil',
  user: 'V2NIMUserService',
  friend: 'V2NIMFriendService',
  setting: 'V2NIMSettingService',
  notification: 'V2NIMNotificationService',
  team: 'V2NIMTeamService',
  storage: 'V2NIMStorageService',
  signalling: 'V2NIMSignallingService',
  passthrough: 'V2NIMPassthroughService',
} as const satisfies Partial<Record<keyof ImServices, string>>;

type Shared = keyof typeof NAMES;
export type KitServices = { readonly [K in Shared as (typeof NAMES)[K]]: ImServices[K] };

/** The methods of the login service that a kit may call: they read and change nothing. */
const LOGIN_QUESTIONS: readonly string[] = [
  'getLoginUser',
  'getLoginStatus',
  'getLoginClients',
  'getCurrentLoginClient',
  'getConnectStatus',
  'getDataSync',
  'getKickedOfflineDetail',
];

/** Methods of the SDK's own life cycle and of its emitter: reachable in JavaScript, not part of the API. */
const INTERNAL: readonly string[] = [
  'constructor',
  'emit',
  'reset',
  'destroy',
  'init',
  'process',
  'setOptions',
  'setListener',
  'beforeNotify',
];

export interface KitServiceOptions {
  listeners: KitListeners;
  note: (text: string) => void;
  /** Receives the link addresses of a room that the kit was given. */
  onAddresses: (addresses: readonly string[]) => void;
}

/**
 * The V2 services for a kit that uses V2: the same services, but through them a kit can neither end nor replace the
 * login, nor remove listeners of the application, nor reach the SDK's internals.
 * A service is read when the kit asks for it, because reading creates the SDK instance, which otherwise waits for
 * the first screen.
 */
export function kitServices(services: () => ImServices, options: KitServiceOptions): KitServices {
  const shared = {};
  for (const [key, name] of Object.entries(NAMES) as [Shared, string][]) {
    let service: object | undefined;
    Object.defineProperty(shared, name, {
      get: () => (service ??= serviceForKit(services(), key, name, options)),
      enumerable: true,
    });
  }
  return shared as KitServices;
}

function serviceForKit(
  services: ImServices,
  key: Shared,
  name: string,
  options: KitServiceOptions,
): object | undefined {
  const service: object | undefined = services[key];
  const own = key === 'login' ? loginForKit(services.login, options) : {};
  return service && guarded(service, name, own, options);
}

type Method = (...args: never[]) => unknown;

function guarded(
  service: object,
  name: string,
  own: Record<string, Method>,
  { listeners, note }: KitServiceOptions,
): object {
  const emitter = 'on' in service ? listeners.of(service as never, name) : {};
  const replaced = new Map<string, unknown>(Object.entries({ ...emitter, ...own }));
  const allowed = (key: string) =>
    name === NAMES.login ? LOGIN_QUESTIONS.includes(key) : !INTERNAL.includes(key);
  return new Proxy(
    {},
    {
      get: (_target, key) => {
        if (typeof key !== 'string') return undefined;
        if (replaced.has(key)) return replaced.get(key);
        const value: unknown = Reflect.get(service, key);
        return typeof value === 'function' && allowed(key) ? value.bind(service) : undefined;
      },
      set: (_target, key) => {
        note(`${name}.${String(key)} was to be replaced; it was not`);
        return true;
      },
    },
  );
}

function loginForKit(
  login: ImServices['login'],
  { note, onAddresses }: KitServiceOptions,
): Record<string, Method> {
  const held = (what: string) => () => {
    note(`${what}: the application’s login stays`);
    return Promise.resolve();
  };
  return {
    // A kit that signs in with the account that is signed in already needs nothing more.
    login: (accountId: string) => {
      if (login.getLoginStatus() === LoginStatus.LOGINED && login.getLoginUser() === accountId)
        return Promise.resolve();
      note(`login of ${accountId}: refused, the application signs in`);
      return Promise.reject({
        code: Code.misuse,
        desc: 'IM is shared: the application signs in and out, a kit does not',
      } satisfies SdkError);
    },
    logout: held('logout'),
    kickOffline: held('kickOffline'),
    setReconnectDelayProvider: held('setReconnectDelayProvider'),
    getChatroomLinkAddress: async (roomId: string) => {
      const addresses = await login.getChatroomLinkAddress(roomId, true);
      onAddresses(addresses);
      return addresses;
    },
  };
}
