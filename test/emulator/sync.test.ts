import { Reason } from '../../emulator';
import type { TestClient } from './support/client';
import { until, useStage } from './support/stage';

describe('the sync of a client', () => {
  const stage = useStage();

  const texts = (client: TestClient): (string | undefined)[] =>
    client.received().map(({ text }) => text);
  const say = (from: string, to: string, text: string): void => {
    stage.emulator.world.sendMessage({ from, to, text });
  };
  const offline = (accountId: string): string[] => stage.emulator.world.mailbox(accountId).offline;
  /** Cuts the link, runs `meanwhile`, and waits until the SDK has reconnected and synced. */
  const awayFor = async (client: TestClient, meanwhile: () => void): Promise<void> => {
    client.nim.V2NIMLoginService.setReconnectDelayProvider(() => 0);
    const after = client.events.length;
    stage.emulator.faults.cut({ accountId: client.accountId });
    await client.waitFor('onDisconnected', undefined, after);
    meanwhile();
    await client.waitFor('onDataSync', (_type: number, state: number) => state === 3, after);
  };

  test('offline messages are repeated until they are acknowledged', async () => {
    say('ann', 'ben', 'one');
    say('ann', 'ben', 'two');
    stage.emulator.faults.add({ kind: 'command', command: '4_5', drop: 'request', times: 1 });
    const first = await stage.online('ben');
    expect(texts(first)).toEqual(['one', 'two']);
    expect(offline('ben')).toHaveLength(2);
    await first.dispose();

    const second = await stage.online('ben');
    expect(texts(second)).toEqual(['one', 'two']);
    await until(() => offline('ben').length === 0, 'offline messages acknowledged');
  });

  test('acknowledged messages reach a new instance as roaming messages', async () => {
    say('ann', 'ben', 'one');
    const first = await stage.online('ben');
    await until(() => offline('ben').length === 0, 'acknowledged');
    await first.dispose();
    const second = await stage.online('ben');
    expect(texts(second)).toEqual(['one']);
    expect(stage.emulator.unimplemented).toEqual([]);
  });

  test('a reconnect brings only new messages', async () => {
    say('ann', 'ben', 'old');
    const ben = await stage.online('ben');
    say('ann', 'ben', 'live');
    await ben.waitFor(
      'onReceiveMessages',
      ([message]: [{ text: string }]) => message.text === 'live',
    );
    await until(() => offline('ben').length === 0, 'acknowledged');
    await awayFor(ben, () => say('ann', 'ben', 'missed'));
    expect(texts(ben)).toEqual(['old', 'live', 'missed']);
  });

  test('messages sent from this device are not repeated after a reconnect', async () => {
    const ben = await stage.online('ben');
    await ben.sendText('ann', 'mine');
    await awayFor(ben, () => say('ben', 'ann', 'from my other device'));
    expect(texts(ben)).toEqual(['from my other device']);
  });

  test('messages pushed to a dead link arrive after the reconnect', async () => {
    const ben = await stage.online('ben');
    stage.emulator.faults.halfOpen({ accountId: 'ben' });
    say('ann', 'ben', 'into the void');
    expect(texts(ben)).toEqual([]);
    await awayFor(ben, () => undefined);
    expect(texts(ben)).toEqual(['into the void']);
  });

  test('a first sync brings at most the newest 100 messages of a conversation', async () => {
    for (let index = 0; index < 120; index += 1) say('ann', 'ben', `m${index}`);
    stage.emulator.world.mailbox('ben').offline = [];
    const ben = await stage.online('ben');
    expect(texts(ben)).toHaveLength(100);
    expect(texts(ben).at(-1)).toBe('m119');
  });

  test('roaming omits messages that are older than seven days or have roaming disabled', async () => {
    const { world } = stage.emulator;
    const day = 24 * 3600 * 1000;
    world.sendMessage({ from: 'ann', to: 'ben', text: 'old', createTime: Date.now() - 8 * day });
    world.sendMessage({ from: 'ann', to: 'ben', text: 'secret', tags: { 101: 0 } });
    say('ann', 'ben', 'plain');
    world.mailbox('ben').offline = [];
    expect(texts(await stage.online('ben'))).toEqual(['plain']);
  });

  test('a message with offline disabled does not reach offline accounts', async () => {
    stage.emulator.world.sendMessage({
      from: 'ann',
      to: 'ben',
      text: 'now or never',
      tags: { 108: 0, 101: 0 },
    });
    expect(texts(await stage.online('ben'))).toEqual([]);
  });

  test('a recall during an absence is notified after the reconnect', async () => {
    const ben = await stage.online('ben');
    const message = stage.emulator.world.sendMessage({ from: 'ann', to: 'ben', text: 'oops' });
    await ben.waitFor('onReceiveMessages');
    await awayFor(ben, () => {
      stage.emulator.world.recall(message, { operatorId: 'ann', postscript: 'sorry' });
    });
    const [notifications] = await ben.waitFor('onMessageRevokeNotifications');
    expect(notifications).toMatchObject([
      {
        postscript: 'sorry',
        revokeAccountId: 'ann',
        messageRefer: { messageServerId: message.messageServerId },
      },
    ]);
  });

  test('a recall during an absence is notified to a new instance too', async () => {
    const first = await stage.online('ben');
    const message = stage.emulator.world.sendMessage({ from: 'ann', to: 'ben', text: 'oops' });
    await first.waitFor('onReceiveMessages');
    await first.dispose();
    await until(() => stage.emulator.clients.list('ben').length === 0, 'ben is away');
    stage.emulator.world.recall(message, { operatorId: 'ann' });
    const second = await stage.online('ben');
    expect(texts(second)).toEqual([]);
    await second.waitFor('onMessageRevokeNotifications');
  });

  test('receipts sent during an absence arrive with the sync', async () => {
    const ann = await stage.online('ann');
    const message = await ann.sendText('ben', 'read me');
    await ann.dispose();
    const ben = await stage.online('ben');
    const [received] = ben.received();
    if (!received) throw new Error('ben has no message');
    await ben.nim.V2NIMMessageService.sendP2PMessageReceipt(received);
    const again = await stage.online('ann');
    const [receipts] = await again.waitFor('onReceiveP2PMessageReadReceipts');
    expect(receipts).toMatchObject([{ conversationId: again.conversationId('ben') }]);
    expect((receipts as { timestamp: number }[])[0]?.timestamp).toBeGreaterThanOrEqual(
      message.createTime,
    );
  });

  test('unread counts follow the read position, also in a new instance', async () => {
    say('ann', 'ben', 'one');
    say('ann', 'ben', 'two');
    const first = await stage.online('ben');
    const conversations = first.nim.V2NIMLocalConversationService;
    const conversationId = first.conversationId('ann');
    expect((await conversations.getConversation(conversationId)).unreadCount).toBe(2);
    await conversations.markConversationRead(conversationId);
    await until(
      () => stage.emulator.world.mailbox('ben').readPositions.length === 1,
      'position kept',
    );
    say('ann', 'ben', 'three');
    await first.waitFor('onReceiveMessages', ([m]: [{ text: string }]) => m.text === 'three');
    await first.dispose();

    const second = await stage.online('ben');
    const again = await second.nim.V2NIMLocalConversationService.getConversation(conversationId);
    expect(again.unreadCount).toBe(1);
  });

  test('friends, own profile, block list, sticky conversations and teams are synced', async () => {
    const { world } = stage.emulator;
    world.relations.befriend('ben', 'ann');
    world.relations.setRelation('ben', 'cid', { blocked: true });
    const team = world.teams.createTeam({ name: 'Rowing', owner: 'ann', members: ['ben'] });
    const ben = await stage.online('ben');
    const { nim } = ben;
    const friends = await nim.V2NIMFriendService.getFriendList();
    expect(friends.map(({ accountId }) => accountId)).toEqual(['ann']);
    expect(friends[0]?.userProfile?.name).toBe('ANN');
    expect(await nim.V2NIMUserService.getBlockList()).toEqual(['cid']);
    const teams = await nim.V2NIMTeamService.getJoinedTeamList();
    expect(teams).toMatchObject([{ teamId: team.teamId, name: 'Rowing', memberCount: 2 }]);
  });

  test('team messages are stored for offline members and acknowledged', async () => {
    const { world } = stage.emulator;
    const { teamId } = world.teams.createTeam({ name: 'T', owner: 'ann', members: ['ben'] });
    world.sendMessage({ type: 'team', from: 'ann', to: teamId, text: 'all hands' });
    const ben = await stage.online('ben');
    expect(texts(ben)).toEqual(['all hands']);
    await until(() => offline('ben').length === 0, 'acknowledged');
  });

  test('a refused login does not sync', async () => {
    say('ann', 'ben', 'one');
    stage.emulator.world.setLoginRefusal('ben', Reason.forbidden);
    const ben = stage.client('ben');
    await expect(ben.login()).rejects.toMatchObject({ code: Reason.forbidden });
    expect(stage.emulator.log.requestsOf('27_1')).toBe(0);
    expect(ben.received()).toEqual([]);
  });
});
