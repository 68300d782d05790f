import { neMeetingKit, type NEMeetingKitSdk } from '@/packages/meeting/ne-meeting-kit';
import { neRoom, type NERoomSdk } from '@/packages/meeting/neroom';
import type { KitSetup, RoomKit } from '@/packages/meeting/room-kit';
import type { SharedNimClass } from '@/sdk/shared-nim';

const setup = { appKey: 'appkey', im: { name: 'im' } } as unknown as KitSetup;
const account = { userUuid: 'room-1', userToken: 'token-1' };

/** A kit whose every method is recorded; `answer` is what they resolve with. */
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
    getAccountService: () => service,
  };
  const room: NERoomSdk = { initialize: method('initialize'), authService: service };
  const meeting: NEMeetingKitSdk = { getInstance: () => instance };
  return { calls, room, meeting, instance };
}

const adapters = [
  ['NERoom', (parts: ReturnType<typeof recorded>): RoomKit => neRoom(parts.room), 'login'],
  [
    'NEMeetingKit',
    (parts: ReturnType<typeof recorded>): RoomKit => neMeetingKit(parts.meeting),
    'loginByToken',
  ],
] as const;

describe.each(adapters)('%s', (name, adapt, byToken) => {
  test('initialize gets the app key and the IM', async () => {
    const parts = recorded();
    const kit = adapt(parts);
    expect(kit.name).toBe(name);
    await kit.initialize(setup);
    const size = name === 'NEMeetingKit' ? { width: 0, height: 0 } : {};
    expect(parts.calls).toEqual([['initialize', { ...setup, ...size }]]);
  });

  test('every way to sign in, and out', async () => {
    const parts = recorded();
    const kit = adapt(parts);
    expect(kit.ways).toEqual(['token', 'dynamicToken', 'im']);
    await kit.login({ way: 'token', ...account });
    await kit.login({ way: 'dynamicToken', authType: '1', ...account });
    await kit.login({ way: 'im' });
    await kit.logout();
    expect(parts.calls).toEqual([
      [byToken, 'room-1', 'token-1'],
      ['loginByDynamicToken', 'room-1', 'token-1', '1'],
      ['loginByIM'],
      ['logout'],
    ]);
  });

  test('a way the kit does not have is not offered, and is an error of its own', async () => {
    const kit = adapt(recorded(undefined, { all: false }));
    expect(kit.ways).toEqual(['token']);
    await expect(kit.login({ way: 'im' })).rejects.toMatchObject({ code: 600113 });
    await expect(kit.login({ way: 'dynamicToken', ...account })).rejects.toMatchObject({
      code: 600113,
      step: 'kitLogin',
    });
  });

  test('an answer with a code that is no success is a failure', async () => {
    const failed = adapt(recorded({ code: 100005, message: 'other account' }));
    await expect(failed.login({ way: 'token', ...account })).rejects.toMatchObject({
      code: 100005,
    });
    await adapt(recorded({ code: 200 })).login({ way: 'token', ...account });
    await adapt(recorded('success')).login({ way: 'token', ...account });
  });

  test('has reuseIM when the kit has it, and only then', () => {
    const parts = recorded();
    expect(adapt(parts).reuseIM).toBeUndefined();
    const nim = { getInstance: () => undefined } as unknown as SharedNimClass;
    const reuseIM = jest.fn((given: SharedNimClass) => given);
    if (name === 'NERoom') parts.room.reuseIM = reuseIM;
    else parts.meeting.reuseIM = reuseIM;
    expect(adapt(parts).reuseIM?.(nim)).toBe(nim);
  });
});

test('a NEMeetingKit whose instance has reuseIM', () => {
  const { meeting, instance } = recorded();
  const nim = { getInstance: () => undefined } as unknown as SharedNimClass;
  Object.assign(instance, { reuseIM: (given: SharedNimClass) => given });
  expect(neMeetingKit(meeting).reuseIM?.(nim)).toBe(nim);
});

test('a NEMeetingKit without its account service names the step', async () => {
  const { meeting, instance } = recorded();
  Object.assign(instance, { getAccountService: () => undefined });
  await expect(neMeetingKit(meeting).logout()).rejects.toMatchObject({
    code: 600111,
    step: 'initialize',
  });
});
