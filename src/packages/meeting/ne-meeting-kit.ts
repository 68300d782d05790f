import type { LegacyIm } from '@/sdk/legacy-im';
import type { SharedNimClass } from '@/sdk/shared-nim';
import { methodOf, succeeded, waysOf } from './kit-answer';
import type { RoomKit } from './room-kit';
import { RoomKitError } from './room-kit-error';

type Wrap = (nim: SharedNimClass) => SharedNimClass | undefined;

interface AccountService {
  loginByToken(userUuid: string, token: string): Promise<unknown>;
  loginByDynamicToken?(userUuid: string, token: string, authType?: string): Promise<unknown>;
  loginByIM?(): Promise<unknown>;
  logout(): Promise<unknown>;
}

interface MeetingKit {
  /** Later builds have it here, the seed on the class. */
  reuseIM?: Wrap;
  initialize(config: {
    appKey: string;
    im: LegacyIm;
    /** 0: as large as its container. */
    width: number;
    height: number;
  }): unknown;
  /** Undefined before `initialize`. */
  getAccountService(): AccountService | undefined;
}

/** The part of NEMeetingKit that is used here (seed 002). */
export interface NEMeetingKitSdk {
  reuseIM?: Wrap;
  getInstance(): MeetingKit;
}

const WRONG_ORDER = 600111;

/** NEMeetingKit behind the one interface. `socketHosts`: see RoomKit. */
export function neMeetingKit(sdk: NEMeetingKitSdk, socketHosts: readonly string[] = []): RoomKit {
  const reuseIM = sdk.reuseIM?.bind(sdk) ?? onInstance(sdk);
  const account = (): AccountService => {
    const service = sdk.getInstance().getAccountService();
    if (service) return service;
    throw new RoomKitError(WRONG_ORDER, 'initialize', 'the kit has no account service before it');
  };
  return {
    name: 'NEMeetingKit',
    socketHosts,
    ...(reuseIM ? { reuseIM } : {}),
    get ways() {
      const service = sdk.getInstance().getAccountService();
      return waysOf({
        token: true,
        dynamicToken: service?.loginByDynamicToken,
        im: service?.loginByIM,
      });
    },
    initialize: async ({ appKey, im }) =>
      await succeeded(sdk.getInstance().initialize({ appKey, im, width: 0, height: 0 })),
    async login(login) {
      const service = account();
      switch (login.way) {
        case 'token':
          return await succeeded(service.loginByToken(login.userUuid, login.userToken));
        case 'dynamicToken':
          return await succeeded(
            methodOf(service.loginByDynamicToken, login.way).call(
              service,
              login.userUuid,
              login.userToken,
              login.authType,
            ),
          );
        case 'im':
          return await succeeded(methodOf(service.loginByIM, login.way).call(service));
      }
    },
    logout: async () => await succeeded(account().logout()),
  };
}

function onInstance(sdk: NEMeetingKitSdk): Wrap | undefined {
  const kit = sdk.getInstance();
  return kit.reuseIM?.bind(kit);
}
