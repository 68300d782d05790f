import { waitFor } from '../harness/wait-for';
import { errorOf } from './support/stage';
import { emitted, notified, ROOM, useRooms } from './support/rooms';

const NORMAL = 0;
const CREATOR = 1;
const MANAGER = 2;
const GUEST = 3;
const ANONYMOUS = 4;

/** V2NIMChatroomMessageNotificationType. */
const Type = {
  blocked: 2,
  unblocked: 3,
  chatBanned: 4,
  chatUnbanned: 5,
  kicked: 7,
  tempBanned: 8,
  tempUnbanned: 9,
  memberInfo: 10,
  roomBanned: 12,
  roomUnbanned: 13,
  tagBanned: 14,
  tagUnbanned: 15,
  role: 18,
} as const;

describe('members of a chatroom', () => {
  const stage = useRooms();

  describe('lists', () => {
    test('are paged and filtered by role and online state', async () => {
      const { rooms } = stage.emulator;
      rooms.setRole(ROOM, 'chen', 'normal');
      rooms.setRole(ROOM, 'ben', 'manager');
      rooms.setRole(ROOM, 'ghost', 'virtual');
      const { service } = await stage.inside('dora');
      const nobody = stage.client();
      const { selfMember } = await nobody.enter({ roomId: ROOM, anonymous: true });

      const ids = async (option: object) => {
        const found: string[] = [];
        let pageToken = '';
        for (let finished = false; !finished;) {
          const page = await service.getMemberListByOption({ limit: 2, pageToken, ...option });
          expect(page.memberList.length).toBeLessThanOrEqual(2);
          found.push(...page.memberList.map(({ accountId }) => accountId));
          ({ finished, pageToken } = page);
        }
        return found;
      };
      const anonymous = selfMember.accountId;
      expect(await ids({})).toEqual(['anna', 'chen', 'ben', 'ghost', 'dora', anonymous]);
      expect(await ids({ onlyOnline: true })).toEqual(['ghost', 'dora', anonymous]);
      expect(await ids({ memberRoles: [CREATOR, MANAGER] })).toEqual(['anna', 'ben']);
      expect(await ids({ memberRoles: [GUEST, ANONYMOUS] })).toEqual(['dora', anonymous]);
      rooms.ban(ROOM, 'chen');
      rooms.block(ROOM, 'stranger');
      expect(await ids({ onlyChatBanned: true })).toEqual(['chen']);
      expect(await ids({ onlyBlocked: true })).toEqual(['stranger']);
      // A blocked account that never entered is not a member.
      expect(await ids({})).not.toContain('stranger');
      expect(await service.getMemberByIds(['chen', 'nobody', 'anna'])).toMatchObject([
        {
          accountId: 'chen',
          memberRole: NORMAL,
          isOnline: false,
          chatBanned: true,
          roomNick: 'CHEN',
        },
        { accountId: 'anna', memberRole: CREATOR, isOnline: false },
      ]);
      const tooMany = service.getMemberByIds(Array.from({ length: 201 }, (_, at) => `m${at}`));
      expect((await errorOf(tooMany)).code).toBe(414);
      // The server removes guests that leave.
      nobody.exit();
      await waitFor(() => rooms.membersOnline(ROOM).length === 1, {
        what: 'the anonymous one left',
      });
      expect(await ids({})).toEqual(['anna', 'chen', 'ben', 'ghost', 'dora']);
    });

    test('by tag have the members inside with that tag', async () => {
      const tagged = (...tags: string[]) => ({ tagConfig: { tags, notifyTargetTags: '' } });
      const { service } = await stage.inside('anna', tagged('red'));
      await stage.inside('ben', tagged('red', 'blue'));
      await stage.inside('chen', tagged('blue'));
      expect(await service.getMemberCountByTag('red')).toBe(2);
      expect(await service.getMemberCountByTag('green')).toBe(0);
      const first = await service.getMemberListByTag({ tag: 'blue', limit: 1 });
      expect(first).toMatchObject({ finished: false, memberList: [{ accountId: 'ben' }] });
      const second = await service.getMemberListByTag({
        tag: 'blue',
        limit: 1,
        pageToken: first.pageToken,
      });
      expect(second).toMatchObject({ finished: true, memberList: [{ accountId: 'chen' }] });
    });
  });

  describe('actions of a manager', () => {
    test('a kick removes the member and notifies the room', async () => {
      const [anna, ben, chen] = [
        await stage.inside('anna'),
        await stage.inside('ben'),
        await stage.inside('chen'),
      ];
      await anna.service.kickMember('ben', 'enough');
      await emitted(ben, 'onChatroomKicked');
      expect(ben.kicked).toEqual({ kickedReason: 2, serverExtension: 'enough' });
      expect(ben.exited).toBe(192003);
      expect((await notified(chen, Type.kicked)).attachment).toMatchObject({
        operatorId: 'anna',
        operatorNick: 'ANNA',
        targetIds: ['ben'],
        targetNicks: ['BEN'],
        notificationExtension: 'enough',
      });
      expect(chen.seen('onChatroomMemberExit')).toEqual([['ben']]);
      expect(stage.emulator.rooms.membersOnline(ROOM)).toEqual(['anna', 'chen']);
      expect((await errorOf(anna.service.kickMember('ben'))).code).toBe(114404);
      // A kicked member may enter again.
      await ben.enter({ roomId: ROOM, accountId: 'ben', token: 'token-ben' });
    });

    test('a block keeps the member out until the block is removed', async () => {
      const [anna, ben] = [await stage.inside('anna'), await stage.inside('ben')];
      await anna.service.setMemberBlockedStatus('ben', true, 'bye');
      await emitted(ben, 'onChatroomKicked');
      expect(ben.kicked).toEqual({ kickedReason: 5, serverExtension: 'bye' });
      expect((await notified(anna, Type.blocked)).attachment).toMatchObject({
        operatorId: 'anna',
        targetIds: ['ben'],
        notificationExtension: 'bye',
      });
      await emitted(anna, 'onChatroomMemberExit');
      const again = ben.enter({ roomId: ROOM, accountId: 'ben', token: 'token-ben' });
      expect((await errorOf(again)).code).toBe(114426);
      const twice = anna.service.setMemberBlockedStatus('ben', true);
      expect((await errorOf(twice)).code).toBe(114405);
      await anna.service.setMemberBlockedStatus('ben', false);
      await notified(anna, Type.unblocked);
      await ben.enter({ roomId: ROOM, accountId: 'ben', token: 'token-ben' });
    });

    test('a ban and its end are notified to the member and the room', async () => {
      const [anna, ben] = [await stage.inside('anna'), await stage.inside('ben')];
      await anna.service.setMemberChatBannedStatus('ben', true, 'quiet');
      expect(await emitted(ben, 'onSelfChatBannedUpdated')).toEqual([true]);
      expect((await notified(anna, Type.chatBanned)).attachment).toMatchObject({
        targetIds: ['ben'],
        chatBanned: true,
        notificationExtension: 'quiet',
      });
      expect(await anna.service.getMemberByIds(['ben'])).toMatchObject([{ chatBanned: true }]);
      await anna.service.setMemberChatBannedStatus('ben', false);
      expect((await notified(ben, Type.chatUnbanned)).attachment).toMatchObject({
        chatBanned: false,
      });
      expect(ben.seen('onSelfChatBannedUpdated')).toEqual([[true], [false]]);
    });

    test('a temporary ban is notified with its duration, and ends', async () => {
      const [anna, ben] = [await stage.inside('anna'), await stage.inside('ben')];
      await anna.service.setMemberTempChatBanned('ben', 30, true, 'cool down');
      expect(await emitted(ben, 'onSelfTempChatBannedUpdated')).toEqual([true, 30]);
      expect((await notified(anna, Type.tempBanned)).attachment).toMatchObject({
        targetIds: ['ben'],
        tempChatBanned: true,
        tempChatBannedDuration: 30,
        notificationExtension: 'cool down',
      });
      const [member] = await anna.service.getMemberByIds(['ben']);
      expect(member?.tempChatBanned).toBe(true);
      expect(member?.tempChatBannedDuration).toBeGreaterThan(28);
      expect(member?.tempChatBannedDuration).toBeLessThanOrEqual(30);
      await anna.service.setMemberTempChatBanned('ben', 0, true);
      await notified(ben, Type.tempUnbanned);
      expect(ben.seen('onSelfTempChatBannedUpdated').at(-1)).toEqual([false, 0]);
      await ben.send('I may again');
      const tooLong = anna.service.setMemberTempChatBanned('ben', 31 * 24 * 3600, true);
      expect((await errorOf(tooLong)).code).toBe(414);
    });

    test('a ban of a tag applies to members with that tag', async () => {
      const tagConfig = { tags: ['red'], notifyTargetTags: '' };
      const [anna, ben, chen] = [
        await stage.inside('anna'),
        await stage.inside('ben', { tagConfig }),
        await stage.inside('chen'),
      ];
      const params = {
        notifyTargetTags: '',
        notificationEnabled: true,
        notificationExtension: 'x',
      };
      await anna.service.setTempChatBannedByTag({ targetTag: 'red', duration: 60, ...params });
      expect(await emitted(ben, 'onSelfTempChatBannedUpdated')).toEqual([true, 60]);
      expect((await notified(chen, Type.tagBanned)).attachment).toMatchObject({
        operatorId: 'anna',
        targetTag: 'red',
        tempChatBanned: true,
        tempChatBannedDuration: 60,
        notificationExtension: 'x',
      });
      expect(chen.seen('onSelfTempChatBannedUpdated')).toEqual([]);
      expect((await errorOf(ben.send('no'))).code).toBe(114421);
      await anna.service.setTempChatBannedByTag({ targetTag: 'red', duration: 0, ...params });
      await notified(chen, Type.tagUnbanned);
      await ben.send('yes');
    });

    test('a new role is notified with the previous role', async () => {
      const [anna, ben] = [await stage.inside('anna'), await stage.inside('ben')];
      await anna.service.updateMemberRole('ben', {
        memberRole: MANAGER,
        memberLevel: 4,
        notificationExtension: 'well done',
      });
      expect((await notified(ben, Type.role)).attachment).toMatchObject({
        operatorId: 'anna',
        targetIds: ['ben'],
        previousRole: GUEST,
        currentMember: { accountId: 'ben', memberRole: MANAGER, memberLevel: 4 },
        notificationExtension: 'well done',
      });
      expect(anna.seen('onChatroomMemberRoleUpdated')).toMatchObject([
        [GUEST, { accountId: 'ben', memberRole: MANAGER }],
      ]);
    });

    test('muting the whole room is notified to all members', async () => {
      const { rooms } = stage.emulator;
      const ben = await stage.inside('ben');
      rooms.setChatBanned(ROOM, true, { extension: 'quiet please' });
      expect((await notified(ben, Type.roomBanned)).attachment).toMatchObject({
        operatorId: 'anna',
        chatBanned: true,
        notificationExtension: 'quiet please',
      });
      expect(ben.client.getChatroomInfo()?.chatBanned).toBe(true);
      rooms.setChatBanned(ROOM, false);
      await notified(ben, Type.roomUnbanned);
      expect(ben.seen('onChatroomChatBannedUpdated')).toEqual([[true], [false]]);
      expect(ben.client.getChatroomInfo()?.chatBanned).toBe(false);
    });
  });

  describe('missing permission', () => {
    test('guests and members cannot act on others; managers cannot act on managers and the creator', async () => {
      const { rooms } = stage.emulator;
      const ben = await stage.inside('ben');
      await stage.inside('chen');
      const { service } = ben;
      const attempts = [
        () => service.kickMember('chen'),
        () => service.setMemberBlockedStatus('chen', true),
        () => service.setMemberChatBannedStatus('chen', true),
        () => service.setMemberTempChatBanned('chen', 10, true),
        () => service.updateMemberRole('chen', { memberRole: NORMAL }),
      ];
      const codes = async () => {
        const found: number[] = [];
        for (const attempt of attempts) found.push((await errorOf(attempt())).code);
        return found;
      };
      expect(await codes()).toEqual([403, 403, 403, 403, 403]);
      rooms.setRole(ROOM, 'ben', 'manager');
      rooms.setRole(ROOM, 'chen', 'manager');
      expect(await codes()).toEqual([403, 403, 403, 403, 403]);
      expect((await errorOf(service.setMemberBlockedStatus('anna', true))).code).toBe(403);
      rooms.setRole(ROOM, 'chen', 'guest');
      const promoting = service.updateMemberRole('chen', { memberRole: MANAGER });
      expect((await errorOf(promoting)).code).toBe(403);
      await service.updateMemberRole('chen', { memberRole: NORMAL });
      await service.kickMember('chen');
    });

    test('blocking the own or an unknown account is refused; virtual members keep their role', async () => {
      stage.emulator.rooms.setRole(ROOM, 'ghost', 'virtual');
      const { service } = await stage.inside('anna');
      const self = service.setMemberBlockedStatus('anna', true);
      expect((await errorOf(self)).code).toBe(114429);
      expect((await errorOf(service.setMemberBlockedStatus('nobody', true))).code).toBe(114404);
      const ghost = service.updateMemberRole('ghost', { memberRole: NORMAL });
      expect((await errorOf(ghost)).code).toBe(414);
      const tag = { targetTag: 'x', duration: 1, notifyTargetTags: '', notificationExtension: '' };
      const { service: guest } = await stage.inside('ben');
      const banning = guest.setTempChatBannedByTag({ ...tag, notificationEnabled: true });
      expect((await errorOf(banning)).code).toBe(403);
    });
  });

  describe('the own profile', () => {
    test('can be changed; the room is notified', async () => {
      const [anna, ben] = [await stage.inside('anna'), await stage.inside('ben')];
      await ben.service.updateSelfMemberInfo({
        roomNick: 'Benny',
        roomAvatar: 'http://127.0.0.1/new.png',
        serverExtension: '{"v":2}',
        notificationExtension: 'look',
      });
      const { attachment } = await notified(anna, Type.memberInfo);
      expect(attachment).toMatchObject({
        operatorId: 'ben',
        notificationExtension: 'look',
        currentMember: {
          accountId: 'ben',
          roomNick: 'Benny',
          roomAvatar: 'http://127.0.0.1/new.png',
          serverExtension: '{"v":2}',
        },
      });
      expect(anna.seen('onChatroomMemberInfoUpdated')).toMatchObject([[{ roomNick: 'Benny' }]]);
      await ben.send('hi');
      await waitFor(() => anna.received.length === 1, { what: 'the message' });
      expect(anna.received[0]?.userInfoConfig?.senderNick).toBe('Benny');
    });

    test('is changed for later visits only with `persistence`', async () => {
      const enter = async () => {
        const anna = stage.client();
        const { selfMember } = await anna.enter({
          roomId: ROOM,
          accountId: 'anna',
          token: 'token-anna',
        });
        return { anna, nick: selfMember.roomNick };
      };
      const { anna } = await enter();
      await anna.service.updateSelfMemberInfo({ roomNick: 'Today', notificationEnabled: false });
      await anna.dispose();
      const { anna: again, nick } = await enter();
      expect(nick).toBe('ANNA');
      await again.service.updateSelfMemberInfo({ roomNick: 'For good', persistence: true });
      await again.dispose();
      expect((await enter()).nick).toBe('For good');
    });
  });

  test('are kicked when the room closes, when the account is banned, and for a custom reason', async () => {
    const { rooms, world } = stage.emulator;
    const [anna, ben, chen] = [
      await stage.inside('anna'),
      await stage.inside('ben'),
      await stage.inside('chen'),
    ];
    rooms.kick(ROOM, 'chen', { reason: -1, extension: 'who knows' });
    await emitted(chen, 'onChatroomKicked');
    expect(chen.kicked).toEqual({ kickedReason: -1, serverExtension: 'who knows' });
    world.ban('ben');
    await emitted(ben, 'onChatroomExited');
    expect(ben.exited).toBe(102422);
    rooms.closeRoom(ROOM);
    await emitted(anna, 'onChatroomKicked');
    expect(anna.kicked?.kickedReason).toBe(1);
    expect(rooms.membersOnline(ROOM)).toEqual([]);
  });
});
