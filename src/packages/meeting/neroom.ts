import type { LegacyIm } from '@/sdk/legacy-im';
import type { SharedNimClass } from '@/sdk/shared-nim';
import { methodOf, succeeded, waysOf } from './kit-answer';
import { hasMethods, instanceFrom, type KitSource } from './kit-source';
import type { KitInstance, RoomKit } from './room-kit';
import { RoomKitError } from './room-kit-error';

interface AuthService {
  login(userUuid: string, userToken: string): Promise<unknown>;
  loginByDynamicToken?(userUuid: string, token: string, authType?: string): Promise<unknown>;
  loginByIM?(userUuid: string, dynamicToken: string, imToken: string): Promise<unknown>;
  logout(): Promise<unknown>;
  /** The IM account that the room server named at login (3.4 to 3.12). */
  readonly roomAccountId?: unknown;
}

/** The part of NERoom's mini-program build that is used here (seed 000). */
export interface NERoomSdk {
  reuseIM?(nim: SharedNimClass): SharedNimClass | undefined;
  initialize(options: { appKey: string; im: LegacyIm }): unknown;
  /** Must not be read before `initialize`: 3.12 makes the service at the first reading and keeps it. */
  readonly authService: AuthService;
  release?(): unknown;
}

/** What a product may add. */
export interface NERoomOptions {
  /** See RoomKit. */
  socketHosts?: readonly string[];
  /** Address of a room server of one's own; 3.12 asks it for `serverConfig`. */
  serverUrl?: string;
  /** Addresses of a private deployment, as the kit's documents describe them. */
  serverConfig?: Readonly<Record<string, unknown>>;
  /** Given to the constructor of a class, for example `{ debug: true }`. */
  constructorOptions?: Readonly<Record<string, unknown>>;
}

const WRONG_ORDER = 600111;

const isNERoom = (value: unknown): value is NERoomSdk => hasMethods(value, 'initialize');

/**
 * NERoom behind the one interface.
 * @param source what the kit's file exports; the files of 3.4 and 3.12 export a class. With an instance
 * in its place, a second IM login works only until a room was joined (`release` fails after that).
 */
export function neRoom(source: KitSource<NERoomSdk>, options: NERoomOptions = {}): RoomKit {
  const { socketHosts = [], constructorOptions } = options;
  return {
    name: 'NERoom',
    socketHosts,
    create: () => neRoomInstance(instanceFrom(source, isNERoom, constructorOptions), options),
  };
}

function neRoomInstance(sdk: NERoomSdk, options: NERoomOptions): KitInstance {
  const { serverUrl, serverConfig } = options;
  let im: LegacyIm | undefined;
  const auth = (): AuthService => {
    if (im) return sdk.authService;
    throw new RoomKitError(WRONG_ORDER, 'initialize', 'the kit has no account service before it');
  };
  return {
    ...(sdk.reuseIM ? { reuseIM: (nim: SharedNimClass) => sdk.reuseIM?.(nim) } : {}),
    get ways() {
      if (!im) return ['token'] as const;
      const { login, loginByDynamicToken, loginByIM } = sdk.authService;
      return waysOf({ token: login, dynamicToken: loginByDynamicToken, im: loginByIM });
    },
    async initialize({ appKey, im: given }) {
      await succeeded(
        sdk.initialize({
          appKey,
          im: given,
          ...(serverUrl === undefined ? {} : { serverUrl }),
          ...(serverConfig === undefined ? {} : { serverConfig }),
        }),
      );
      im = given;
    },
    async login(login) {
      const service = auth();
      const { userUuid, userToken, way } = login;
      if (way === 'token') return await succeeded(service.login(userUuid, userToken));
      if (way === 'dynamicToken') {
        const method = methodOf(service.loginByDynamicToken, way);
        return await succeeded(method.call(service, userUuid, userToken, login.authType));
      }
      const method = methodOf(service.loginByIM, way);
      return await succeeded(method.call(service, userUuid, userToken, im?.options.token ?? ''));
    },
    logout: async () => await succeeded(auth().logout()),
    imAccount: () => {
      const account = im && sdk.authService.roomAccountId;
      return typeof account === 'string' && account !== '' ? account : undefined;
    },
    end: () => {
      im = undefined;
      return sdk.release?.();
    },
  };
}
