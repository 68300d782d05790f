import type { LegacyIm } from '@/sdk/legacy-im';
import type { SharedNimClass } from '@/sdk/shared-nim';
import {
  fromCallback,
  loginTo,
  methodOf,
  notInitialized,
  requireSuccess,
  type TokenLogins,
  waysOf,
} from './kit-answer';
import { hasMethods } from './kit-source';
import type { KitInstance, MeetingKit } from './meeting-kit';

type Wrap = (nim: SharedNimClass) => SharedNimClass | undefined;

interface AccountService extends TokenLogins {
  loginByToken(userUuid: string, token: string): Promise<unknown>;
}

interface MeetingConfig {
  appKey: string;
  im: LegacyIm;
  serverUrl?: string;
}

interface KitSingleton {
  /** Later builds have `reuseIM` here; docs/seed-map.md, seed 002, has it on the class. */
  reuseIM?: Wrap;
  /** With `width` and `height` 0 the kit is as large as its container. */
  initialize(config: MeetingConfig & { width: number; height: number }): unknown;
  /** Undefined before `initialize`. */
  getAccountService(): AccountService | undefined;
  unInitialize?(): unknown;
  destroy?(): unknown;
}

/** NEMeetingKit in the form of its document (docs/seed-map.md, seed 002). */
export interface NEMeetingKitSdk {
  reuseIM?: Wrap;
  getInstance(): KitSingleton;
}

type Callback = (error?: unknown) => void;

/** NEMeetingKit's H5 files of 3.x and 4.0: an object `actions` whose methods take a callback. */
export interface NEMeetingKitActions {
  readonly actions: {
    reuseIM?: Wrap;
    /** A second `init` without a `destroy` before it never calls back. */
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

/** Options of a product. */
export interface NEMeetingKitOptions {
  /** See MeetingKit. */
  socketHosts?: readonly string[];
  /** Address of a private meeting server. */
  serverUrl?: string;
}

/** `loginType` of an account with its token. */
const BY_TOKEN = 1;

/** Adapts NEMeetingKit, in either of its forms, also as a module's default. */
export function neMeetingKit(
  source: Exported | { readonly default: Exported },
  options: NEMeetingKitOptions = {},
): MeetingKit {
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
    throw notInitialized();
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
      await requireSuccess(kit.initialize({ appKey, im: given, width: 0, height: 0, ...address }));
      im = given;
    },
    async login(login) {
      const service = account();
      const { userUuid, userToken } = login;
      await loginTo(service, login, {
        byToken: () => service.loginByToken(userUuid, userToken),
        im,
      });
    },
    logout: async () => await requireSuccess(account().logout()),
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
      return fromCallback((callback) => actions.init(0, 0, { appKey, im, ...address }, callback));
    },
    async login({ way, userUuid, userToken }) {
      methodOf(way === 'token' ? actions.login : undefined, way);
      const login = { accountId: userUuid, accountToken: userToken, loginType: BY_TOKEN };
      await fromCallback((callback) => actions.login(login, callback));
    },
    logout: () => fromCallback((callback) => actions.logout(callback)),
    end: () => actions.destroy?.(),
  };
}
