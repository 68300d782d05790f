import type { LegacyIm } from '@/sdk/legacy-im';
import type { SharedNimClass } from '@/sdk/shared-nim';
import { methodOf, succeeded, waysOf } from './kit-answer';
import type { RoomKit } from './room-kit';

/** The part of NERoom's mini-program build that is used here (seed 000). */
export interface NERoomSdk {
  reuseIM?(nim: SharedNimClass): SharedNimClass | undefined;
  initialize(options: { appKey: string; im: LegacyIm }): unknown;
  authService: {
    login(userUuid: string, userToken: string): Promise<unknown>;
    loginByDynamicToken?(userUuid: string, token: string, authType?: string): Promise<unknown>;
    loginByIM?(): Promise<unknown>;
    logout(): Promise<unknown>;
  };
}

/** NERoom behind the one interface. `socketHosts`: see RoomKit. */
export function neRoom(sdk: NERoomSdk, socketHosts: readonly string[] = []): RoomKit {
  const { reuseIM } = sdk;
  return {
    name: 'NERoom',
    socketHosts,
    ...(reuseIM ? { reuseIM: (nim: SharedNimClass) => reuseIM.call(sdk, nim) } : {}),
    get ways() {
      const { login, loginByDynamicToken, loginByIM } = sdk.authService;
      return waysOf({ token: login, dynamicToken: loginByDynamicToken, im: loginByIM });
    },
    initialize: ({ appKey, im }) => succeeded(sdk.initialize({ appKey, im })),
    async login(login) {
      const { authService } = sdk;
      switch (login.way) {
        case 'token':
          return await succeeded(authService.login(login.userUuid, login.userToken));
        case 'dynamicToken':
          return await succeeded(
            methodOf(authService.loginByDynamicToken, login.way).call(
              authService,
              login.userUuid,
              login.userToken,
              login.authType,
            ),
          );
        case 'im':
          return await succeeded(methodOf(authService.loginByIM, login.way).call(authService));
      }
    },
    logout: async () => await succeeded(sdk.authService.logout()),
  };
}
