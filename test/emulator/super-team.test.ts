import type { V2NIMMessage } from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMMessageService';
import { Reason } from '../../emulator';
import type { TestClient } from './support/client';
import { errorOf, until, useStage } from './support/stage';

const SUPER_TEAM = 3;

describe('super teams', () => {
  const stage = useStage();
  let teamId: string;

  beforeEach(() => {
    ({ teamId } = stage.emulator.world.teams.createTeam({
      kind: 'superTeam',
      name: 'Everybody',
      owner: 'ann',
      members: ['ben'],
    }));
  });
  afterEach(() => {
    expect(stage.emulator.unimplemented).toEqual([]);
  });

  const conversationOf = (client: TestClient): string => `${client.accountId}|3|${teamId}`;
  const send = async (client: TestClient, text: string): Promise<V2NIMMessage> => {
    const message = client.nim.V2NIMMessageCreator.createTextMessage(text);
    const service = client.nim.V2NIMMessageService;
    return (await service.sendMessage(message, conversationOf(client))).message;
  };
  const texts = (client: TestClient): (string | undefined)[] =>
    client.received().map(({ text }) => text);
  const history = async (client: TestClient): Promise<(string | undefined)[]> => {
    const messages = await client.nim.V2NIMMessageService.getMessageList({
      conversationId: conversationOf(client),
      limit: 10,
    } as never);
    return messages.map(({ text }) => text);
  };

  test("a message reaches the members, the sender's other client and the history", async () => {
    const ann = await stage.online('ann');
    const other = await stage.online('ann');
    const ben = await stage.online('ben');
    const cid = await stage.online('cid');
    await send(ann, 'hello');
    for (const client of [ben, other]) {
      await until(() => client.received().length === 1, 'the message arrives');
      expect(client.received()).toMatchObject([
        { conversationType: SUPER_TEAM, conversationId: conversationOf(client), text: 'hello' },
      ]);
    }
    expect(await history(ben)).toEqual(['hello']);
    expect(cid.received()).toEqual([]);
    expect((await errorOf(send(cid, 'no'))).code).toBe(Reason.teamMemberNotExist);
    expect((await errorOf(history(cid))).code).toBe(Reason.teamMemberNotExist);
  });

  test('messages of an absence come by roaming, not as offline messages', async () => {
    const ann = await stage.online('ann');
    await send(ann, 'one');
    await send(ann, 'two');
    expect(stage.emulator.world.mailbox('ben').offline).toEqual([]);
    const ben = await stage.online('ben');
    expect(texts(ben)).toEqual(['one', 'two']);
  });

  test('the SDK knows team and membership after the sync', async () => {
    const ben = await stage.online('ben');
    const teams = ben.nim.V2NIMTeamService;
    expect(await teams.getJoinedTeamList([2])).toMatchObject([
      { teamId, teamType: 2, name: 'Everybody', memberCount: 2, isValidTeam: true },
    ]);
    expect(await teams.getJoinedTeamList([1])).toEqual([]);
    expect(await teams.getTeamInfo(teamId, 2)).toMatchObject({ teamId, ownerAccountId: 'ann' });
    expect(await teams.getTeamInfoByIds([teamId, '1'], 2)).toMatchObject([{ teamId }]);
    const [member] = await teams.getTeamMemberListByIds(teamId, 2, ['ben']);
    expect(member).toMatchObject({ accountId: 'ben', teamType: 2, inTeam: true });
    expect(member?.joinTime).toBeGreaterThan(0);
    const page = await teams.getTeamMemberList(teamId, 2, { roleQueryType: 0 } as never);
    expect(page.memberList.map(({ accountId }) => accountId).sort()).toEqual(['ann', 'ben']);
    expect((await errorOf(teams.getTeamInfo(teamId, 1))).code).toBe(Reason.teamNotExist);
  });

  test('a recall reaches members now and members who come back', async () => {
    const ann = await stage.online('ann');
    const ben = await stage.online('ben');
    const message = await send(ann, 'wrong');
    await until(() => ben.received().length === 1, 'the message arrives');
    await ann.nim.V2NIMMessageService.revokeMessage(message);
    const [recalls] = await ben.waitFor('onMessageRevokeNotifications');
    expect(recalls).toMatchObject([
      { messageRefer: { conversationType: SUPER_TEAM, messageClientId: message.messageClientId } },
    ]);
    expect(await history(ben)).toEqual([]);
    const second = await send(ann, 'wrong again');
    await until(() => ben.received().length === 2, 'the second message arrives');
    const { length } = ben.events;
    ben.breakLink();
    await ben.waitFor('onDisconnected');
    await ann.nim.V2NIMMessageService.revokeMessage(second);
    await ben.waitFor('onDataSync', (_type: number, state: number) => state === 3, length);
    await ben.waitFor('onMessageRevokeNotifications', () => true, length);
  });

  test('read positions reach own clients and the next sync', async () => {
    const ann = await stage.online('ann');
    const ben = await stage.online('ben');
    const tablet = await stage.online('ben');
    await send(ann, 'read me');
    await until(() => tablet.received().length === 1, 'the message arrives');
    await ben.nim.V2NIMLocalConversationService.markConversationRead(conversationOf(ben));
    const [conversationId] = await tablet.waitFor('onConversationReadTimeUpdated');
    expect(conversationId).toBe(conversationOf(ben));
    const later = await stage.online('ben');
    await later.waitFor('onConversationReadTimeUpdated');
  });

  test('custom notifications reach members, also later', async () => {
    const ann = await stage.online('ann');
    const service = ann.nim.V2NIMNotificationService;
    await service.sendCustomNotification(conversationOf(ann), '{"typing":1}', {} as never);
    const ben = await stage.online('ben');
    const [notifications] = await ben.waitFor('onReceiveCustomNotifications');
    expect(notifications).toMatchObject([
      { conversationType: SUPER_TEAM, content: '{"typing":1}', senderId: 'ann' },
    ]);
    await until(
      () => stage.emulator.world.mailbox('ben').notifications.length === 0,
      'the acknowledgement arrives',
    );
  });

  test('a cleared history is empty for the account that cleared it', async () => {
    const ann = await stage.online('ann');
    await send(ann, 'old');
    const ben = await stage.online('ben');
    await ben.nim.V2NIMMessageService.clearHistoryMessage({
      conversationId: conversationOf(ben),
      deleteRoam: true,
      onlineSync: true,
    } as never);
    expect(await history(ben)).toEqual([]);
    expect(await history(ann)).toEqual(['old']);
  });
});
