import type { LegacyIm } from '@/sdk/legacy-im';
import type { SharedNimClass } from '@/sdk/shared-nim';
import { loginTo, notInitialized, requireSuccess, type TokenLogins, waysOf } from './kit-answer';
import { hasMethods, instanceFrom, type KitSource } from './kit-source';
import type { KitInstance, MeetingKit } from './meeting-kit';

interface AuthService extends TokenLogins {
  login(userUuid: string, userToken: string): Promise<unknown>;
  /** The IM account that the room server names at login (3.4 to 3.12). */
  readonly roomAccountId?: unknown;
}

/** The part of NERoom's mini-program build that is used here (docs/seed-map.md, seed 000). */
export interface NERoomSdk {
  reuseIM?(nim: SharedNimClass): SharedNimClass | undefined;
  initialize(options: { appKey: string; im: LegacyIm }): unknown;
  /** Must not be read before `initialize`: 3.12 creates the service at the first reading and keeps it. */
  readonly authService: AuthService;
  release?(): unknown;
}

/** Options of a product. */
export interface NERoomOptions {
  /** See MeetingKit. */
  socketHosts?: readonly string[];
  /** Address of a private room server; 3.12 asks it for `serverConfig`. */
  serverUrl?: string;
  /** Addresses of a private deployment, as the kit's documents describe them. */
  serverConfig?: Readonly<Record<string, unknown>>;
  /** Passed to the constructor of a class, for example `{ debug: true }`. */
  constructorOptions?: Readonly<Record<string, unknown>>;
}

const isNERoom = (value: unknown): value is NERoomSdk => hasMethods(value, 'initialize');

/**
 * Adapts NERoom.
 * @param source the export of the kit's file; the files of 3.4 and 3.12 export a class. With an instance in
 * its place, a second IM login works only until a room was joined (`release` fails after that).
 */
export function neRoom(source: KitSource<NERoomSdk>, options: NERoomOptions = {}): MeetingKit {
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
    throw notInitialized();
  };
  return {
    ...(sdk.reuseIM ? { reuseIM: (nim: SharedNimClass) => sdk.reuseIM?.(nim) } : {}),
    get ways() {
      if (!im) return ['token'] as const;
      const { login, loginByDynamicToken, loginByIM } = sdk.authService;
      return waysOf({ token: login, dynamicToken: loginByDynamicToken, im: loginByIM });
    },
    async initialize({ appKey, im: given }) {
      await requireSuccess(
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
      const { userUuid, userToken } = login;
      await loginTo(service, login, { byToken: () => service.login(userUuid, userToken), im });
    },
    logout: async () => await requireSuccess(auth().logout()),
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
