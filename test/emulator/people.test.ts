import { Reason } from '../../emulator';
import { errorOf, useStage } from './support/stage';

describe('profiles, friends, block list and teams', () => {
  const stage = useStage();
  afterEach(() => {
    expect(stage.emulator.unimplemented).toEqual([]);
  });

  test('a changed profile reaches others and my other device', async () => {
    const ann = await stage.online('ann');
    const tablet = await stage.online('ann');
    await ann.nim.V2NIMUserService.updateSelfUserProfile({ name: 'Anna', sign: 'new' });
    await tablet.waitFor(
      'onUserProfileChanged',
      (users: { name: string }[]) => users[0]?.name === 'Anna',
    );
    const ben = await stage.online('ben');
    const [profile] = await ben.nim.V2NIMUserService.getUserListFromCloud(['ann', 'nobody']);
    expect(profile).toMatchObject({ accountId: 'ann', name: 'Anna', sign: 'new' });
  });

  test('two accounts are friends after a request and its acceptance', async () => {
    const ann = await stage.online('ann');
    const ben = await stage.online('ben');
    await ann.nim.V2NIMFriendService.addFriend('ben', { addMode: 2, postscript: 'hi, Ann' });
    const [application] = await ben.waitFor('onFriendAddApplication');
    expect(application).toMatchObject({ applicantAccountId: 'ann', postscript: 'hi, Ann' });
    await ben.nim.V2NIMFriendService.acceptAddApplication(application as never);
    await ann.waitFor(
      'onFriendAdded',
      ({ accountId }: { accountId: string }) => accountId === 'ben',
    );
    await ben.waitFor(
      'onFriendAdded',
      ({ accountId }: { accountId: string }) => accountId === 'ann',
    );

    await ben.nim.V2NIMFriendService.deleteFriend('ann', { deleteAlias: true });
    await ann.waitFor('onFriendDeleted');
    expect(await ann.nim.V2NIMFriendService.getFriendList()).toEqual([]);
  });

  test('an alias is stored', async () => {
    stage.emulator.world.relations.befriend('ann', 'ben');
    const ann = await stage.online('ann');
    await ann.nim.V2NIMFriendService.setFriendInfo('ben', { alias: 'Benny' });
    await ann.dispose();
    const again = await stage.online('ann');
    const [friend] = await again.nim.V2NIMFriendService.getFriendList();
    expect(friend).toMatchObject({ accountId: 'ben', alias: 'Benny' });
  });

  test('a block stops messages and can be removed', async () => {
    const ann = await stage.online('ann');
    const ben = await stage.online('ben');
    await ben.nim.V2NIMUserService.addUserToBlockList('ann');
    expect((await errorOf(ann.sendText('ben', 'x'))).code).toBe(Reason.accountInBlockList);
    await ben.nim.V2NIMUserService.removeUserFromBlockList('ann');
    await ann.sendText('ben', 'y');
    await ben.waitFor('onReceiveMessages');
  });

  test('team messages reach the members, and only members may send', async () => {
    const { teamId } = stage.emulator.world.teams.createTeam({
      name: 'T',
      owner: 'ann',
      members: ['ben'],
    });
    const ann = await stage.online('ann');
    const ben = await stage.online('ben');
    const cid = await stage.online('cid');
    const send = (client: typeof ann, accountId: string): Promise<unknown> =>
      client.nim.V2NIMMessageService.sendMessage(
        client.nim.V2NIMMessageCreator.createTextMessage('hi all'),
        `${accountId}|2|${teamId}`,
      );
    await send(ann, 'ann');
    const [messages] = await ben.waitFor('onReceiveMessages');
    expect(messages).toMatchObject([{ text: 'hi all', conversationId: `ben|2|${teamId}` }]);
    expect((await errorOf(send(cid, 'cid'))).code).toBe(Reason.teamMemberNotExist);
    expect(cid.received()).toEqual([]);
  });

  test('team and members can be read, page by page', async () => {
    const { teamId } = stage.emulator.world.teams.createTeam({
      name: 'T',
      owner: 'ben',
      members: ['ann', 'cid'],
    });
    const { V2NIMTeamService: teams } = (await stage.online('ann')).nim;
    expect(await teams.getTeamInfo(teamId, 1)).toMatchObject({ name: 'T', ownerAccountId: 'ben' });
    const first = await teams.getTeamMemberList(teamId, 1, {
      limit: 2,
      direction: 1,
      roleQueryType: 0,
    });
    expect(first.memberList.map(({ accountId }) => accountId)).toEqual(['ben', 'ann']);
    expect(first.finished).toBe(false);
    const rest = await teams.getTeamMemberList(teamId, 1, {
      limit: 2,
      direction: 1,
      roleQueryType: 0,
      nextToken: first.nextToken,
    });
    expect(rest.memberList.map(({ accountId }) => accountId)).toEqual(['cid']);
    expect(rest.finished).toBe(true);
    const backwards = await teams.getTeamMemberList(teamId, 1, {
      limit: 3,
      direction: 0,
      roleQueryType: 1,
    });
    expect(backwards.memberList.map(({ accountId }) => accountId)).toEqual(['cid', 'ann']);
    const some = await teams.getTeamMemberListByIds(teamId, 1, ['cid']);
    expect(some.map(({ accountId }) => accountId)).toEqual(['cid']);
  });

  test('sticky conversations are stored and can be removed', async () => {
    const ann = await stage.online('ann');
    await ann.sendText('ben', 'x');
    const conversationId = ann.conversationId('ben');
    await ann.nim.V2NIMLocalConversationService.stickTopConversation(conversationId, true);
    await ann.dispose();
    const again = await stage.online('ann');
    const { V2NIMLocalConversationService: conversations } = again.nim;
    expect((await conversations.getConversation(conversationId)).stickTop).toBe(true);
    await conversations.stickTopConversation(conversationId, false);
    expect(stage.emulator.world.mailbox('ann').stickTops).toEqual([]);
  });

  test('a chatroom has an address; an unknown chatroom is refused with 113404', async () => {
    stage.emulator.world.addRoom({ roomId: '9001' });
    const { V2NIMLoginService: service } = (await stage.online('ann')).nim;
    expect(await service.getChatroomLinkAddress('9001', true)).toEqual([stage.emulator.linkUrl]);
    const missing = errorOf(service.getChatroomLinkAddress('404', true));
    expect((await missing).code).toBe(Reason.chatroomNotExist);
  });
});
