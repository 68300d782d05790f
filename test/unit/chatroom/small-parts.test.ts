import { V2NIMChatroomConst } from 'nim-web-sdk-ng/dist/v2/CHATROOM_UNIAPP_SDK';
import { allReasons, ConnectionError, type ImConnection } from '@/connection';
import { memoryStorage } from '../fakes/memory-storage';
import { anonymousAccount } from '@/packages/chatroom/connection/anonymous-account';
import * as constants from '@/packages/chatroom/connection/constants';
import { checkEnterParams, checkSignIn } from '@/packages/chatroom/connection/enter-params';
import { type AskForAddresses, RoomAddresses } from '@/packages/chatroom/connection/room-addresses';
import {
  type AskProvider,
  prepareProof,
  type RoomSignIn,
} from '@/packages/chatroom/connection/room-sign-in';
import { exitCode } from '@/packages/chatroom/connection/room-state';
import { likesIn, parseCustom } from '@/packages/chatroom/stores/custom-content';
import { foldNotices, noticeOf } from '@/packages/chatroom/stores/notices';
import { may } from '@/packages/chatroom/stores/permissions';
import { notice } from './fakes/fake-room';

describe('what is said on entering', () => {
  it.each([
    ['serverExtension', 4096],
    ['notificationExtension', 2048],
  ])('%s has at most %i characters', (field, limit) => {
    expect(() => checkEnterParams('9000', { [field]: 'x'.repeat(limit) })).not.toThrow();
    expect(() => checkEnterParams('9000', { [field]: 'x'.repeat(limit + 1) })).toThrow(
      expect.objectContaining({ code: 191004, field, limit }),
    );
  });

  it.each([
    ['roomId', 'abc', {}],
    ['timeout', '9000', { timeout: 0 }],
    ['tagConfig.tags', '9000', { tagConfig: { tags: ['red', ''] } }],
    ['locationConfig.distance', '9000', { locationConfig: { distance: -1 } }],
    [
      'locationConfig.locationInfo.y',
      '9000',
      { locationConfig: { distance: 1, locationInfo: { x: 1, y: Number.NaN } } },
    ],
    ['antispamConfig.antispamBusinessId', '9000', { antispamConfig: { antispamBusinessId: '' } }],
  ])('%s is checked', (field, roomId, params) => {
    expect(() => checkEnterParams(roomId, params)).toThrow(
      expect.objectContaining({ code: 191004, field }),
    );
  });

  it('an account is needed, and a token where one is due', () => {
    expect(() => checkSignIn({ way: 'static', accountId: ' ', token: 't' })).toThrow(
      expect.objectContaining({ field: 'accountId' }),
    );
    expect(() => checkSignIn({ way: 'static', accountId: 'me', token: '' })).toThrow(
      expect.objectContaining({ field: 'token' }),
    );
    expect(() => checkSignIn({ way: 'dynamic', accountId: 'me' })).not.toThrow();
  });
});

describe('the proof of an attempt', () => {
  const ask: AskProvider = (_name, provider) => provider();
  const extension = { loginExtensionProvider: () => Promise.resolve('extension') };

  it.each([
    [{ way: 'static', accountId: 'me', token: 'token' }, 0, 'token'],
    [{ way: 'anonymous', accountId: 'guest' }, 0, ''],
    [
      {
        way: 'dynamic',
        accountId: 'me',
        tokenProvider: (id: string) => Promise.resolve(`for ${id}`),
      },
      1,
      'for 9000',
    ],
    [{ way: 'thirdParty', accountId: 'me', ...extension }, 2, ''],
  ] as const)('is what the providers give: %j', async (signIn, authType, token) => {
    const { accountId } = signIn;
    expect(await prepareProof({ ...signIn, ...extension } as RoomSignIn, '9000', ask)).toEqual({
      accountId,
      authType,
      token,
      loginExtension: 'extension',
      anonymous: signIn.way === 'anonymous',
    });
  });

  it.each([
    ['empty', ''],
    ['blank', ' '],
    ['an object', { token: 't' }],
    ['undefined', undefined],
  ])('an answer that is %s is no token and no extension', async (_what, answer) => {
    const provider = () => Promise.resolve(answer as string);
    const dynamic: RoomSignIn = { way: 'dynamic', accountId: 'me', tokenProvider: provider };
    const withExtension: RoomSignIn = {
      way: 'static',
      accountId: 'me',
      token: 't',
      loginExtensionProvider: provider,
    };
    for (const signIn of [dynamic, withExtension])
      await expect(prepareProof(signIn, '9000', ask)).rejects.toMatchObject({ code: 600106 });
  });

  it('keeps the code that a provider names', async () => {
    const failing = (error: Error) =>
      prepareProof(
        { way: 'dynamic', accountId: 'me', tokenProvider: () => Promise.reject(error) },
        '9000',
        ask,
      );
    await expect(failing(new ConnectionError(102404))).rejects.toMatchObject({ code: 102404 });
    await expect(failing(new Error('oops'))).rejects.toMatchObject({
      code: 191003,
      detail: 'oops',
    });
  });

  it('of a guest is a name that stays', () => {
    const kept = new Map<string, string>();
    const storage = memoryStorage(kept);
    const first = anonymousAccount(storage, () => 0.5);
    expect(first).toMatch(/^nimanon_[0-9a-f]{32}$/);
    expect(anonymousAccount(storage, () => 0.1)).toBe(first);
  });
});

describe('the addresses of a room', () => {
  const ask: AskForAddresses = (_whom, question) => question();
  const online = (answer: () => Promise<string[]>) =>
    ({
      state: { name: 'online' },
      services: { login: { getChatroomLinkAddress: answer } },
    }) as unknown as ImConnection;

  it('are asked for over IM when that is online, else of the app server', async () => {
    const appServer = () => Promise.resolve(['app.example']);
    const over = (im: ImConnection | null) =>
      new RoomAddresses('9000', { im: () => im, appServer });
    await expect(over(online(() => Promise.resolve(['im.example']))).next(ask)).resolves.toBe(
      'im.example',
    );
    await expect(over(null).next(ask)).resolves.toBe('app.example');
    await expect(over(online(() => Promise.reject({ code: 192004 }))).next(ask)).resolves.toBe(
      'app.example',
    );
    await expect(
      over(online(() => Promise.reject({ code: 113404 }))).next(ask),
    ).rejects.toMatchObject({ code: 113404 });
  });

  it('that worked are used again when nobody can be asked', async () => {
    let works = true;
    const addresses = new RoomAddresses('9000', {
      im: () => null,
      appServer: () => (works ? Promise.resolve(['a.example']) : Promise.reject({ code: 600104 })),
    });
    await addresses.next(ask);
    works = false;
    await expect(addresses.next(ask)).resolves.toBe('a.example');
    addresses.forget();
    await expect(addresses.next(ask)).rejects.toMatchObject({ code: 600104 });
  });

  it('that WeChat does not let be opened are left out, unless there are no others', async () => {
    const from = (list: string[]) =>
      new RoomAddresses('9000', {
        im: () => null,
        appServer: () => Promise.resolve(list),
        isLegal: (host) => host === 'listed.example',
      });
    const addresses = from(['a.example:443', 'listed.example:443']);
    expect(await addresses.next(ask)).toBe('listed.example:443');
    expect(await addresses.next(ask)).toBe('listed.example:443');
    expect(await from(['a.example:443']).next(ask)).toBe('a.example:443');
  });

  it('may be none', async () => {
    const none = new RoomAddresses('9000', {
      im: () => null,
      appServer: () => Promise.resolve([]),
    });
    await expect(none.next(ask)).rejects.toMatchObject({ code: 113304 });
  });
});

describe('what one may do to whom', () => {
  const { MemberRole } = constants;
  const who = (accountId: string, memberRole: number) =>
    ({ accountId, memberRole }) as Parameters<typeof may>[2];
  const owner = who('owner', MemberRole.CREATOR);
  const manager = who('manager', MemberRole.MANAGER);
  const another = who('another', MemberRole.MANAGER);
  const normal = who('normal', MemberRole.NORMAL);
  const guest = who('guest', MemberRole.NORMAL_GUEST);
  const anonymous = who('anonymous', MemberRole.ANONYMOUS_GUEST);

  it.each([
    ['the owner kicks a manager', owner, 'kick', manager, true],
    ['a manager kicks a member', manager, 'kick', normal, true],
    ['a manager kicks another manager', manager, 'kick', another, false],
    ['a manager kicks the owner', manager, 'kick', owner, false],
    ['somebody kicks himself', owner, 'kick', owner, false],
    ['a member kicks a guest', normal, 'kick', guest, false],
    ['the owner makes a manager', owner, 'setManager', normal, true],
    ['a manager makes a manager', manager, 'setManager', normal, false],
    ['the owner makes a guest of a manager', owner, 'setGuest', manager, true],
    ['a manager makes a member of a guest', manager, 'setNormal', guest, true],
    ['a manager makes a member of a member', manager, 'setNormal', normal, false],
    ['a manager blocks an anonymous guest', manager, 'block', anonymous, false],
    ['a manager kicks an anonymous guest', manager, 'kick', anonymous, true],
    ['nobody mutes', null, 'mute', normal, false],
  ] as const)('%s', (_what, self, action, target, allowed) => {
    expect(may(action, self, target)).toBe(allowed);
  });
});

describe('notices', () => {
  it('say whom they are about, and whether that is me', () => {
    const line = noticeOf(
      notice(8, { targetIds: ['me'], targetNicks: ['Me'], tempChatBannedDuration: 60 }),
      'me',
    );
    expect(line).toMatchObject({
      kind: 'tempMuted',
      names: ['Me'],
      operator: 'ANNA',
      aboutMe: true,
      seconds: 60,
    });
  });

  it('that have a place of their own have no line', () => {
    for (const type of [10, 11, 16, 17]) expect(noticeOf(notice(type), 'me')).toBeNull();
  });

  it('fold into one with two names and a count', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((senderId) =>
      noticeOf(notice(0, {}, { senderId }), 'me'),
    );
    if (!a || !b || !c) throw new Error('they have lines');
    expect(foldNotices(foldNotices(a, b), c)).toMatchObject({ names: ['A', 'B'], count: 3 });
  });
});

describe('custom messages', () => {
  it('are read when they are JSON with a type', () => {
    expect(parseCustom('{"type":"gift","giftId":"rose"}')).toMatchObject({ giftId: 'rose' });
    for (const raw of [undefined, '', 'text', '1', '[]', '{}', '{"type":1}'])
      expect(parseCustom(raw)).toBeNull();
  });

  it('of likes are counted, at least one each', () => {
    expect(likesIn(parseCustom('{"type":"like","count":3}'))).toBe(3);
    expect(likesIn(parseCustom('{"type":"like"}'))).toBe(1);
    expect(likesIn(parseCustom('{"type":"gift"}'))).toBe(0);
  });
});

describe('tables', () => {
  it('have the SDK’s own values', () => {
    const sdk = V2NIMChatroomConst as unknown as Record<string, Record<string, number>>;
    const pairs = [
      ['RoomStatus', 'V2NIMChatroomStatus', 'V2NIM_CHATROOM_STATUS_'],
      ['KickedReason', 'V2NIMChatroomKickedReason', 'V2NIM_CHATROOM_KICKED_REASON_'],
      ['MemberRole', 'V2NIMChatroomMemberRole', 'V2NIM_CHATROOM_MEMBER_ROLE_'],
      ['QueueLevelMode', 'V2NIMChatroomQueueLevelMode', 'V2NIM_CHATROOM_QUEUE_LEVEL_MODE_'],
      [
        'NotificationType',
        'V2NIMChatroomMessageNotificationType',
        'V2NIM_CHATROOM_MESSAGE_NOTIFICATION_TYPE_',
      ],
    ] as const;
    for (const [ours, theirs, prefix] of pairs) {
      const expected = Object.fromEntries(
        Object.keys(constants[ours]).map((name) => [name, sdk[theirs]?.[prefix + name]]),
      );
      expect([ours, constants[ours]]).toEqual([ours, expected]);
    }
  });

  it('of reasons has a row for every way out', () => {
    const rows = allReasons().map(({ code }) => code);
    const causes = [
      { kind: 'left' },
      { kind: 'kicked', reason: 2, extension: '' },
      { kind: 'kicked', reason: 3, extension: '' },
      { kind: 'closed' },
      { kind: 'blocked' },
      { kind: 'banned' },
      { kind: 'replaced' },
    ] as const;
    for (const cause of causes) expect(rows).toContain(exitCode(cause));
  });
});
