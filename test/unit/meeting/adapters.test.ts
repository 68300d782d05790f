import { neMeetingKit, type NEMeetingKitSdk } from '@/packages/meeting/ne-meeting-kit';
import { neRoom, type NERoomSdk } from '@/packages/meeting/neroom';
import type { KitInstance, KitSetup } from '@/packages/meeting/meeting-kit';
import type { SharedNimClass } from '@/sdk/shared-nim';

const setup = {
  appKey: 'appkey',
  im: { name: 'im', options: { token: 'im-token' } },
} as unknown as KitSetup;
const account = { userUuid: 'room-1', userToken: 'token-1' };
const nim = { getInstance: () => undefined } as unknown as SharedNimClass;

/** A kit that records every method call; every call resolves with `answer`. */
function recorded(answer: unknown = { code: 0 }, { all = true } = {}) {
  const calls: unknown[][] = [];
  const method =
    (name: string) =>
    (...args: unknown[]) => {
      calls.push([name, ...args]);
      return Promise.resolve(answer);
    };
  const service = {
    login: method('login'),
    loginByToken: method('loginByToken'),
    logout: method('logout'),
    ...(all
      ? { loginByDynamicToken: method('loginByDynamicToken'), loginByIM: method('loginByIM') }
      : {}),
  };
  const instance = {
    initialize: method('initialize'),
    unInitialize: method('end'),
    getAccountService: () => service,
  };
  const room: NERoomSdk = {
    initialize: method('initialize'),
    release: method('end'),
    authService: service,
  };
  const meeting: NEMeetingKitSdk = { getInstance: () => instance };
  return { calls, room, meeting, instance };
}

type Parts = ReturnType<typeof recorded>;

const adapters = [
  ['NERoom', ({ room }: Parts) => neRoom(room), 'login'],
  ['NEMeetingKit', ({ meeting }: Parts) => neMeetingKit(meeting), 'loginByToken'],
] as const;

describe.each(adapters)('%s', (name, adapt, byToken) => {
  const ready = async (parts: Parts): Promise<KitInstance> => {
    const kit = adapt(parts).create();
    await kit.initialize(setup).catch(() => undefined);
    parts.calls.length = 0;
    return kit;
  };

  test('initialize receives the app key and the IM', async () => {
    const parts = recorded();
    const kit = adapt(parts);
    expect(kit.name).toBe(name);
    await kit.create().initialize(setup);
    const size = name === 'NEMeetingKit' ? { width: 0, height: 0 } : {};
    expect(parts.calls).toEqual([['initialize', { ...setup, ...size }]]);
  });

  test('signs in each way, signs out, and ends', async () => {
    const parts = recorded();
    const kit = await ready(parts);
    expect(kit.ways).toEqual(['token', 'dynamicToken', 'im']);
    await kit.login({ way: 'token', ...account });
    await kit.login({ way: 'dynamicToken', authType: '1', ...account });
    await kit.login({ way: 'im', ...account });
    await kit.logout();
    await kit.end?.();
    expect(parts.calls).toEqual([
      [byToken, 'room-1', 'token-1'],
      ['loginByDynamicToken', 'room-1', 'token-1', '1'],
      ['loginByIM', 'room-1', 'token-1', 'im-token'],
      ['logout'],
      ['end'],
    ]);
  });

  test('does not offer a way that the kit lacks, and has an error for this way', async () => {
    const kit = await ready(recorded(undefined, { all: false }));
    expect(kit.ways).toEqual(['token']);
    for (const way of ['im', 'dynamicToken'] as const)
      await expect(kit.login({ way, ...account })).rejects.toMatchObject({
        code: 600113,
        step: 'kitLogin',
      });
  });

  test('an answer with an error code is a failure', async () => {
    const answer = { code: 0 };
    const kit = await ready(recorded(answer));
    const login = () => kit.login({ way: 'token', ...account });
    answer.code = 100005;
    await expect(login()).rejects.toMatchObject({ code: 100005 });
    answer.code = 200;
    await login();
    await (await ready(recorded('success'))).login({ way: 'token', ...account });
  });

  test('has reuseIM only when the kit has reuseIM', () => {
    const parts = recorded();
    expect(adapt(parts).create().reuseIM).toBeUndefined();
    const reuseIM = jest.fn((given: SharedNimClass) => given);
    if (name === 'NERoom') parts.room.reuseIM = reuseIM;
    else parts.meeting.reuseIM = reuseIM;
    expect(adapt(parts).create().reuseIM?.(nim)).toBe(nim);
  });

  test('a login before initialize names the missing step', async () => {
    const parts = recorded();
    Object.assign(parts.instance, { getAccountService: () => undefined });
    const kit = adapt(parts).create();
    const refused = { code: 600111, step: 'initialize' };
    await expect(kit.login({ way: 'token', ...account })).rejects.toMatchObject(refused);
    await expect(kit.logout()).rejects.toMatchObject(refused);
  });
});

describe('NERoom by the exports of its file', () => {
  class Exported implements NERoomSdk {
    static made: unknown[] = [];
    readonly calls: unknown[][] = [];
    readonly authService: NERoomSdk['authService'];

    constructor(options?: unknown) {
      Exported.made.push(options);
      this.authService = { ...recorded().room.authService, roomAccountId: 'anna' };
    }

    initialize(given: { appKey: string; im: KitSetup['im'] }): unknown {
      this.calls.push([given]);
      return { code: 0 };
    }
  }
  beforeEach(() => (Exported.made = []));

  test('a class gives an instance for each login, made with the product’s options', () => {
    const kit = neRoom(Exported, { constructorOptions: { debug: true } });
    kit.create();
    kit.create();
    expect(Exported.made).toEqual([{ debug: true }, { debug: true }]);
  });

  test.each([
    ['a factory', () => neRoom(() => new Exported())],
    ['a module with a default', () => neRoom({ default: Exported })],
    ['an instance', () => neRoom(new Exported())],
  ])('accepts %s as well', async (_, adapt) => {
    const kit = adapt().create();
    await kit.initialize(setup);
    expect(kit.imAccount?.()).toBe('anna');
  });

  test('reports any other export as not a kit', () => {
    const none = {} as NERoomSdk;
    expect(() => neRoom(none).create()).toThrow('neither an instance nor a class nor a factory');
  });

  test('the account service is not read before initialize: the kit would keep a service without IM', async () => {
    const read = jest.fn(() => recorded().room.authService);
    const sdk: NERoomSdk = {
      initialize: () => ({ code: 0 }),
      get authService() {
        return read();
      },
    };
    const kit = neRoom(sdk).create();
    expect([kit.ways, kit.imAccount?.()]).toEqual([['token'], undefined]);
    await expect(kit.logout()).rejects.toMatchObject({ code: 600111 });
    expect(read).not.toHaveBeenCalled();
  });

  test('serverUrl and serverConfig are passed on', async () => {
    const parts = recorded();
    const address = { serverUrl: 'https://room.example.com', serverConfig: { a: 1 } };
    await neRoom(parts.room, address).create().initialize(setup);
    expect(parts.calls).toEqual([['initialize', { ...setup, ...address }]]);
  });
});

describe('NEMeetingKit by the exports of its file', () => {
  test('uses reuseIM of the instance', () => {
    const { meeting, instance } = recorded();
    Object.assign(instance, { reuseIM: (given: SharedNimClass) => given });
    expect(neMeetingKit(meeting).create().reuseIM?.(nim)).toBe(nim);
  });

  /** Calls a callback with `outcome`: no argument, an error, or never. */
  function actions(outcome: { error?: unknown; throws?: unknown } = {}) {
    const calls: unknown[][] = [];
    const method =
      (name: string) =>
      (...args: unknown[]) => {
        const callback = args.pop() as (error?: unknown) => void;
        calls.push([name, ...args]);
        if (outcome.throws) throw outcome.throws as Error;
        callback(outcome.error);
      };
    const kit = {
      actions: {
        reuseIM: (given: SharedNimClass) => given,
        init: method('init'),
        login: method('login'),
        logout: method('logout'),
        destroy: () => void calls.push(['destroy']),
      },
    };
    return { calls, kit };
  }

  test('drives actions with callbacks, with the product’s server', async () => {
    const { calls, kit } = actions();
    const serverUrl = 'https://meeting.example.com';
    const instance = neMeetingKit({ default: kit }, { serverUrl }).create();
    expect(instance.reuseIM?.(nim)).toBe(nim);
    expect(instance.ways).toEqual(['token']);
    await instance.initialize(setup);
    await instance.login({ way: 'token', ...account });
    await instance.logout();
    await instance.end?.();
    expect(calls).toEqual([
      ['init', 0, 0, { ...setup, meetingServerDomain: serverUrl }],
      ['login', { accountId: 'room-1', accountToken: 'token-1', loginType: 1 }],
      ['logout'],
      ['destroy'],
    ]);
  });

  test.each([
    ['a bare code', { error: 100005 }, 100005],
    ['an error with a code', { error: { code: 402 } }, { code: 402 }],
    ['an exception', { throws: new Error('not ready') }, new Error('not ready')],
  ])('an action that ends with %s is a failure', async (_, outcome, failure) => {
    const instance = neMeetingKit(actions(outcome).kit).create();
    await expect(instance.login({ way: 'token', ...account })).rejects.toEqual(failure);
  });

  test('an action that calls back with the code of success succeeds', async () => {
    const instance = neMeetingKit(actions({ error: { code: 0 } }).kit).create();
    await instance.login({ way: 'token', ...account });
    await expect(instance.login({ way: 'im', ...account })).rejects.toMatchObject({ code: 600113 });
  });
});
