import { issueDynamicToken } from '../../emulator';
import { loginExtensionOf } from '../../emulator/app-server/app-server';
import { waitFor } from '../harness/wait-for';
import { errorOf } from './support/stage';
import { emitted, notified, receives, ROOM, useRooms } from './support/rooms';

const ENTERED = 0;
const EXITED = 1;
const GUEST = 3;

describe('entering a chatroom', () => {
  const stage = useRooms();

  const codeOf = async (how: object): Promise<number> => {
    const entering = stage
      .client()
      .enter({ roomId: ROOM, accountId: 'ben', token: 'token-ben', ...how });
    return (await errorOf(entering)).code;
  };

  test('returns the room and the own member as the SDK models them', async () => {
    const { world } = stage.emulator;
    world.addRoom({
      roomId: '9002',
      roomName: 'Talk',
      announcement: 'Be kind',
      liveUrl: 'http://127.0.0.1/live',
      serverExtension: '{"a":1}',
      creatorAccountId: 'anna',
      queueLevelMode: 1,
      chatBanned: true,
    });
    const client = stage.client();
    const { chatroom, selfMember } = await client.enter({
      roomId: '9002',
      accountId: 'ben',
      token: 'token-ben',
      roomNick: 'Benny',
      roomAvatar: 'http://127.0.0.1/ben.png',
      serverExtension: '{"level":3}',
      tagConfig: { tags: ['red', 'blue'], notifyTargetTags: '{"tag":"red"}' },
    });
    expect(chatroom).toEqual({
      roomId: '9002',
      roomName: 'Talk',
      announcement: 'Be kind',
      liveUrl: 'http://127.0.0.1/live',
      isValidRoom: true,
      serverExtension: '{"a":1}',
      queueLevelMode: 1,
      creatorAccountId: 'anna',
      onlineUserCount: 1,
      chatBanned: true,
    });
    expect(selfMember).toMatchObject({
      roomId: '9002',
      accountId: 'ben',
      memberRole: GUEST,
      memberLevel: 0,
      roomNick: 'Benny',
      roomAvatar: 'http://127.0.0.1/ben.png',
      serverExtension: '{"level":3}',
      isOnline: true,
      blocked: false,
      chatBanned: false,
      tempChatBanned: false,
      tempChatBannedDuration: 0,
      tags: ['red', 'blue'],
      notifyTargetTags: '{"tag":"red"}',
      valid: true,
      multiEnterInfo: [{ roomNick: 'Benny', clientType: 16 }],
    });
    expect(selfMember.enterTime).toBe(selfMember.multiEnterInfo[0]?.enterTime);
    expect(client.client.getChatroomInfo()).toEqual(chatroom);
  });

  test('takes missing nick and avatar from the profile and gives the creator its role', async () => {
    stage.emulator.world.updateProfile('anna', { name: 'Anna', avatar: 'http://127.0.0.1/a.png' });
    stage.emulator.rooms.addRoom({ roomId: '9002', creatorAccountId: 'anna' });
    const { selfMember } = await stage
      .client()
      .enter({ roomId: '9002', accountId: 'anna', token: 'token-anna' });
    expect(selfMember).toMatchObject({
      memberRole: 1,
      roomNick: 'Anna',
      roomAvatar: 'http://127.0.0.1/a.png',
    });
  });

  describe('the identity', () => {
    test('is proved by a dynamic token, requested with app key, room and account', async () => {
      const { emulator } = stage;
      const asked: string[][] = [];
      await stage.client().enter({
        roomId: ROOM,
        accountId: 'ben',
        tokenProvider: (appkey, roomId, accountId) => {
          asked.push([appkey, roomId, accountId]);
          return Promise.resolve(issueDynamicToken(emulator, accountId, Date.now(), 60));
        },
      });
      expect(asked).toEqual([[emulator.appkey, ROOM, 'ben']]);
      expect(emulator.log.enters).toMatchObject([
        { accountId: 'ben', roomId: ROOM, authType: 1, appLogin: 1, code: 200 },
      ]);
    });

    test('is proved by the third-party callback', async () => {
      const account = stage.emulator.world.requireAccount('ben');
      const loginExtension = loginExtensionOf(account);
      await stage.client().enter({ roomId: ROOM, accountId: 'ben', loginExtension });
      expect(await codeOf({ token: undefined, loginExtension: 'wrong' })).toBe(302);
    });

    test('is not needed by an anonymous member', async () => {
      const { selfMember } = await stage.client().enter({ roomId: ROOM, anonymous: true });
      expect(selfMember.memberRole).toBe(4);
      expect(selfMember.accountId).toMatch(/^nimanon_/);
      expect(selfMember.roomNick).toBe(selfMember.accountId);
    });
  });

  describe('is refused', () => {
    test.each([
      ['a room that does not exist', { roomId: '404' }, 113404],
      ['a wrong static token', { token: 'wrong' }, 302],
      ['an invalid dynamic token', { tokenProvider: () => Promise.resolve('e30=') }, 302],
      ['an account that does not exist', { accountId: 'nobody' }, 102404],
      ['an extension of more than 4096', { serverExtension: 'x'.repeat(4097) }, 414],
      [
        'a notification extension of more than 2048',
        { notificationExtension: 'x'.repeat(2049) },
        414,
      ],
      ['an anonymous client with the id of a registered account', { anonymous: true }, 403],
    ])('for %s', async (_what, how, code) => {
      expect(await codeOf(how)).toBe(code);
      expect(stage.emulator.rooms.membersOnline(ROOM)).toEqual([]);
    });

    test('when the room is closed', async () => {
      stage.emulator.rooms.closeRoom(ROOM);
      expect(await codeOf({})).toBe(113406);
    });

    test('for a blocked account, a banned account, and an anonymous account where not allowed', async () => {
      const { rooms, world } = stage.emulator;
      rooms.block(ROOM, 'ben');
      expect(await codeOf({})).toBe(114426);
      world.ban('ben');
      expect(await codeOf({})).toBe(102422);
      rooms.addRoom({ roomId: '9002', anonymousAllowed: false });
      expect(await codeOf({ roomId: '9002', accountId: undefined, anonymous: true })).toBe(114303);
    });

    test('when the console has disabled it', async () => {
      const { settings } = stage.emulator.world.rooms;
      settings.authTypes = [1];
      expect(await codeOf({})).toBe(403);
      settings.antispamWords = ['spam'];
      settings.authTypes = [0];
      expect(await codeOf({ roomNick: 'mr spam' })).toBe(114451);
      settings.enabled = false;
      expect(await codeOf({})).toBe(113410);
    });
  });

  describe('is notified', () => {
    test('to the members inside, with the member and the extension; so is leaving', async () => {
      const anna = await stage.inside('anna');
      const ben = await stage.inside('ben', { notificationExtension: 'hello', roomNick: 'Benny' });
      const came = await notified(anna, ENTERED, ({ senderId }) => senderId === 'ben');
      expect(came.attachment).toMatchObject({
        operatorId: 'ben',
        operatorNick: 'Benny',
        targetIds: ['ben'],
        targetNicks: ['Benny'],
        notificationExtension: 'hello',
        chatBanned: false,
        tempChatBanned: false,
        tempChatBannedDuration: 0,
        currentMember: { accountId: 'ben', memberRole: GUEST, roomNick: 'Benny', isOnline: true },
      });
      expect(anna.client.getChatroomInfo()?.onlineUserCount).toBe(2);
      expect(anna.seen('onChatroomMemberEnter').at(-1)).toMatchObject([{ accountId: 'ben' }]);
      // The entering member is notified too.
      await notified(ben, ENTERED);
      ben.exit();
      await notified(anna, EXITED);
      expect(anna.seen('onChatroomMemberExit')).toEqual([['ben']]);
      expect(anna.client.getChatroomInfo()?.onlineUserCount).toBe(1);
      expect(stage.emulator.rooms.membersOnline(ROOM)).toEqual(['anna']);
    });

    test('also as leaving when a link breaks', async () => {
      const anna = await stage.inside('anna');
      await stage.inside('ben');
      stage.emulator.faults.cut({ accountId: 'ben' });
      await notified(anna, EXITED);
      expect(anna.seen('onChatroomMemberExit')).toEqual([['ben']]);
    });

    test('not in a room with notifications disabled', async () => {
      stage.emulator.rooms.addRoom({ roomId: ROOM, enterExitNotified: false });
      const anna = await stage.inside('anna');
      const ben = await stage.inside('ben');
      await ben.send('here I am');
      await receives(anna, 'here I am');
      expect(anna.notifications).toEqual([]);
    });

    test('only to members with the tags that the entering member names', async () => {
      const anna = await stage.inside('anna', {
        tagConfig: { tags: ['red'], notifyTargetTags: '' },
      });
      const chen = await stage.inside('chen');
      const notifyTargetTags = '{"or":[{"tag":"red"},{"tag":"blue"}]}';
      const ben = await stage.inside('ben', { tagConfig: { tags: [], notifyTargetTags } });
      const isBen = ({ senderId }: { senderId: string }) => senderId === 'ben';
      await notified(anna, ENTERED, isBen);
      await ben.send('after');
      await receives(chen, 'after');
      expect(chen.notifications.some(isBen)).toBe(false);
    });
  });

  describe('with several clients of one account', () => {
    test('is notified once, and leaving after the last client has gone', async () => {
      const anna = await stage.inside('anna');
      const first = await stage.inside('ben');
      const second = await stage.inside('ben');
      const [ben] = await second.service.getMemberByIds(['ben']);
      expect(ben?.multiEnterInfo).toHaveLength(2);
      first.exit();
      await waitFor(() => stage.emulator.rooms.clients(ROOM, 'ben').length === 1, {
        what: 'one ben',
      });
      second.exit();
      await notified(anna, EXITED);
      expect(anna.seen('onChatroomMemberEnter').flat()).toMatchObject([
        { accountId: 'anna' },
        { accountId: 'ben' },
      ]);
      expect(anna.seen('onChatroomMemberExit')).toEqual([['ben']]);
    });

    test('kicks the older client where the room allows only one client', async () => {
      stage.emulator.rooms.addRoom({ roomId: ROOM, loginPolicy: { kind: 'exclusive' } });
      const first = await stage.inside('ben');
      const second = await stage.inside('ben');
      await emitted(first, 'onChatroomKicked');
      expect(first.kicked).toEqual({ kickedReason: 3, serverExtension: '' });
      expect(first.exited).toBe(192003);
      await second.send('still here');
      expect(stage.emulator.rooms.clients(ROOM)).toHaveLength(1);
    });

    test('kicks the oldest client when there are more than the room allows', async () => {
      stage.emulator.rooms.addRoom({ roomId: ROOM, loginPolicy: { kind: 'allow', clients: 2 } });
      const [oldest, middle] = [await stage.inside('ben'), await stage.inside('ben')];
      await stage.inside('ben');
      await emitted(oldest, 'onChatroomKicked');
      expect(middle.kicked).toBeUndefined();
    });

    test('replaces a client of the same device without notifications', async () => {
      const deviceStorage = new Map<string, unknown>();
      const anna = await stage.inside('anna');
      const first = await stage.inside('ben', {}, { deviceStorage });
      const second = await stage.inside('ben', {}, { deviceStorage });
      await emitted(first, 'onChatroomKicked');
      expect(first.kicked?.kickedReason).toBe(4);
      await second.send('again');
      await receives(anna, 'again');
      expect(anna.seen('onChatroomMemberExit')).toEqual([]);
      expect(anna.seen('onChatroomMemberEnter')).toHaveLength(2);
    });

    test('kicking the own account kicks its other clients, with the extension', async () => {
      const anna = await stage.inside('anna');
      const first = await stage.inside('ben');
      const second = await stage.inside('ben');
      await second.service.kickMember('ben', 'go');
      await emitted(first, 'onChatroomKicked');
      expect(first.kicked).toEqual({ kickedReason: 3, serverExtension: 'go' });
      await second.send('alone');
      await receives(anna, 'alone');
      expect(anna.seen('onChatroomMemberExit')).toEqual([]);
    });
  });

  test('is automatic after a broken link, with a new token', async () => {
    const { emulator } = stage;
    let asked = 0;
    const ben = await stage.inside('ben', {
      token: undefined,
      tokenProvider: (_appkey, _roomId, accountId) => {
        asked += 1;
        return Promise.resolve(issueDynamicToken(emulator, accountId, Date.now(), 60));
      },
    });
    emulator.faults.cut({ service: 'chatroom' });
    await waitFor(() => emulator.log.enters.length === 2, { what: 'the second enter' });
    expect(emulator.log.enters[1]).toMatchObject({ appLogin: 0, code: 200 });
    expect(asked).toBe(2);
    await waitFor(() => ben.seen('onChatroomStatus').at(-1)?.[0] === 5, { what: 'inside again' });
    expect(emulator.rooms.membersOnline(ROOM)).toEqual(['ben']);
  });
});
