import type { LegacyIm } from '@/sdk/legacy-im';
import type { SharedNimClass } from '@/sdk/shared-nim';
import { calledBack, methodOf, succeeded, waysOf } from './kit-answer';
import { hasMethods } from './kit-source';
import type { KitInstance, RoomKit } from './room-kit';
import { RoomKitError } from './room-kit-error';

type Wrap = (nim: SharedNimClass) => SharedNimClass | undefined;

interface AccountService {
  loginByToken(userUuid: string, token: string): Promise<unknown>;
  loginByDynamicToken?(userUuid: string, token: string, authType?: string): Promise<unknown>;
  loginByIM?(userUuid: string, dynamicToken: string, imToken: string): Promise<unknown>;
  logout(): Promise<unknown>;
}

interface MeetingConfig {
  appKey: string;
  im: LegacyIm;
  serverUrl?: string;
}

interface MeetingKit {
  /** Later builds have it here, the seed on the class. */
  reuseIM?: Wrap;
  /** `width` and `height` 0: as large as its container. */
  initialize(config: MeetingConfig & { width: number; height: number }): unknown;
  /** Undefined before `initialize`. */
  getAccountService(): AccountService | undefined;
  unInitialize?(): unknown;
  destroy?(): unknown;
}

/** NEMeetingKit as seed 002 describes it. */
export interface NEMeetingKitSdk {
  reuseIM?: Wrap;
  getInstance(): MeetingKit;
}

type Callback = (error?: unknown) => void;

/** NEMeetingKit's H5 files of 3.x and 4.0: one object `actions`, outcomes by callback. */
export interface NEMeetingKitActions {
  readonly actions: {
    reuseIM?: Wrap;
    /** A second `init` without `destroy` before it never calls back. */
    init(width: number, height: number, config: MeetingActionsConfig, callback: Callback): unknown;
    login(
      options: { accountId: string; accountToken: string; loginType: number },
      callback: Callback,
    ): unknown;
    logout(callback: Callback): unknown;
    destroy?(): unknown;
  };
}

interface MeetingActionsConfig {
  appKey: string;
  im: LegacyIm;
  meetingServerDomain?: string;
}

type Exported = NEMeetingKitSdk | NEMeetingKitActions;

/** What a product may add. */
export interface NEMeetingKitOptions {
  /** See RoomKit. */
  socketHosts?: readonly string[];
  /** Address of a meeting server of one's own. */
  serverUrl?: string;
}

const WRONG_ORDER = 600111;
/** `loginType` of an account with its token. */
const BY_TOKEN = 1;

/** NEMeetingKit behind the one interface, in either of its forms, also as a module's default. */
export function neMeetingKit(
  source: Exported | { readonly default: Exported },
  options: NEMeetingKitOptions = {},
): RoomKit {
  const sdk = exported(source);
  return {
    name: 'NEMeetingKit',
    socketHosts: options.socketHosts ?? [],
    create: () => (isClass(sdk) ? byServices(sdk, options) : byActions(sdk, options)),
  };
}

function exported(source: Exported | { readonly default: Exported }): Exported {
  return 'default' in source ? source.default : source;
}

function isClass(sdk: Exported): sdk is NEMeetingKitSdk {
  return 'getInstance' in sdk;
}

function byServices(sdk: NEMeetingKitSdk, { serverUrl }: NEMeetingKitOptions): KitInstance {
  const kit = sdk.getInstance();
  const reuseIM = sdk.reuseIM?.bind(sdk) ?? kit.reuseIM?.bind(kit);
  let im: LegacyIm | undefined;
  const account = (): AccountService => {
    const service = kit.getAccountService();
    if (service) return service;
    throw new RoomKitError(WRONG_ORDER, 'initialize', 'the kit has no account service before it');
  };
  return {
    ...(reuseIM ? { reuseIM } : {}),
    get ways() {
      const service = kit.getAccountService();
      return waysOf({
        token: true,
        dynamicToken: service?.loginByDynamicToken,
        im: service?.loginByIM,
      });
    },
    async initialize({ appKey, im: given }) {
      const address = serverUrl === undefined ? {} : { serverUrl };
      await succeeded(kit.initialize({ appKey, im: given, width: 0, height: 0, ...address }));
      im = given;
    },
    async login(login) {
      const service = account();
      const { userUuid, userToken, way } = login;
      if (way === 'token') return await succeeded(service.loginByToken(userUuid, userToken));
      if (way === 'dynamicToken') {
        const method = methodOf(service.loginByDynamicToken, way);
        return await succeeded(method.call(service, userUuid, userToken, login.authType));
      }
      const method = methodOf(service.loginByIM, way);
      return await succeeded(method.call(service, userUuid, userToken, im?.options.token ?? ''));
    },
    logout: async () => await succeeded(account().logout()),
    end: () => (hasMethods(kit, 'unInitialize') ? kit.unInitialize?.() : kit.destroy?.()),
  };
}

function byActions({ actions }: NEMeetingKitActions, options: NEMeetingKitOptions): KitInstance {
  const { serverUrl } = options;
  return {
    ...(actions.reuseIM ? { reuseIM: (nim: SharedNimClass) => actions.reuseIM?.(nim) } : {}),
    ways: ['token'],
    initialize: ({ appKey, im }) => {
      const address = serverUrl === undefined ? {} : { meetingServerDomain: serverUrl };
      return calledBack((callback) => actions.init(0, 0, { appKey, im, ...address }, callback));
    },
    async login({ way, userUuid, userToken }) {
      methodOf(way === 'token' ? actions.login : undefined, way);
      const login = { accountId: userUuid, accountToken: userToken, loginType: BY_TOKEN };
      await calledBack((callback) => actions.login(login, callback));
    },
    logout: () => calledBack((callback) => actions.logout(callback)),
    end: () => actions.destroy?.(),
  };
}
