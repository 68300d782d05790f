import { Reason } from '../../emulator';
import type { TestClient } from './support/client';
import { errorOf, until, useStage } from './support/stage';

describe('messages that the server refuses', () => {
  const stage = useStage();

  const sendTo = async (client: TestClient, to: string, text = 'hi', message?: unknown) => {
    const created = message ?? client.nim.V2NIMMessageCreator.createTextMessage(text);
    return client.nim.V2NIMMessageService.sendMessage(created as never, to);
  };
  const codeOf = async (sent: Promise<unknown>): Promise<number> => (await errorOf(sent)).code;

  test('in a chat of two: blocked, not a friend, muted account, muted app', async () => {
    const { world } = stage.emulator;
    const ann = await stage.online('ann');
    const ben = ann.conversationId('ben');
    world.relations.setRelation('ben', 'ann', { blocked: true });
    expect(await codeOf(sendTo(ann, ben))).toBe(Reason.accountInBlockList);
    world.relations.setRelation('ben', 'ann', { blocked: false });
    world.messaging.friendsOnly = true;
    expect(await codeOf(sendTo(ann, ben))).toBe(Reason.friendNotExist);
    world.relations.befriend('ann', 'ben');
    await sendTo(ann, ben);
    const account = world.requireAccount('ann');
    account.chatBanned = true;
    expect(await codeOf(sendTo(ann, ben))).toBe(Reason.accountChatBanned);
    account.chatBanned = false;
    world.messaging.chatBanned = true;
    expect(await codeOf(sendTo(ann, ben))).toBe(Reason.appChatBanned);
    expect(await codeOf(sendTo(ann, ann.conversationId('nobody')))).toBe(Reason.appChatBanned);
    world.messaging.chatBanned = false;
    expect(await codeOf(sendTo(ann, ann.conversationId('nobody')))).toBe(Reason.accountNotExist);
  });

  test('for their content: antispam, text, extension and attachment too long', async () => {
    const { world, control } = stage.emulator;
    await fetch(`${control}/messaging`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ antispamWords: ['forbidden'] }),
    });
    const ann = await stage.online('ann');
    const ben = ann.conversationId('ben');
    const creator = ann.nim.V2NIMMessageCreator;
    expect(await codeOf(sendTo(ann, ben, 'a forbidden word'))).toBe(Reason.messageHitAntispam);
    await sendTo(ann, ben, 'x'.repeat(5000));
    expect(await codeOf(sendTo(ann, ben, 'x'.repeat(5001)))).toBe(Reason.parameterError);
    const extended = creator.createTextMessage('hi');
    extended.serverExtension = JSON.stringify({ filler: 'x'.repeat(1024) });
    expect(await codeOf(sendTo(ann, ben, '', extended))).toBe(Reason.parameterError);
    const custom = creator.createCustomMessage('x', JSON.stringify({ filler: 'x'.repeat(4096) }));
    expect(await codeOf(sendTo(ann, ben, '', custom))).toBe(Reason.parameterError);
    expect(world.serverLog('p2p', 'ann', 'ben')).toHaveLength(1);
  });

  test('above the rate; the refused message can be sent again later', async () => {
    const { world } = stage.emulator;
    world.messaging.messagesPerSecond = 2;
    const ann = await stage.online('ann');
    const ben = ann.conversationId('ben');
    await sendTo(ann, ben, 'one');
    await sendTo(ann, ben, 'two');
    const third = ann.nim.V2NIMMessageCreator.createTextMessage('three');
    expect(await codeOf(sendTo(ann, ben, '', third))).toBe(Reason.rateLimitReached);
    const end = Date.now() + 1000;
    await until(() => Date.now() > end, 'a second passes');
    await sendTo(ann, ben, '', third);
    expect(world.serverLog('p2p', 'ann', 'ben').map(({ text }) => text)).toEqual([
      'one',
      'two',
      'three',
    ]);
  });

  test.each([
    ['team', 2],
    ['superTeam', 3],
  ] as const)('in a %s: muted, all muted, removed, dismissed', async (kind, conversationType) => {
    const { teams } = stage.emulator;
    const { teamId } = teams.create({ kind, name: 'T', owner: 'ann', members: ['ben', 'cid'] });
    const ben = await stage.online('ben');
    const ann = await stage.online('ann');
    const send = (client: TestClient) =>
      sendTo(client, `${client.accountId}|${conversationType}|${teamId}`);
    teams.ban(teamId, 'ben');
    expect(await codeOf(send(ben))).toBe(Reason.teamMemberChatBanned);
    teams.ban(teamId, 'ben', false);
    await send(ben);
    teams.update(teamId, { chatBannedMode: 1 });
    expect(await codeOf(send(ben))).toBe(Reason.teamNormalMemberChatBanned);
    await send(ann);
    teams.addManagers(teamId, ['ben']);
    await send(ben);
    teams.update(teamId, { chatBannedMode: 3 });
    expect(await codeOf(send(ann))).toBe(Reason.allTeamMembersChatBanned);
    teams.update(teamId, { chatBannedMode: 0 });
    teams.leave(teamId, 'ben');
    expect(await codeOf(send(ben))).toBe(Reason.teamMemberNotExist);
    teams.dismiss(teamId);
    expect(await codeOf(send(ann))).toBe(Reason.teamNotExist);
  });

  test('any code can be injected, once', async () => {
    const ann = await stage.online('ann');
    const ben = ann.conversationId('ben');
    stage.emulator.faults.add({ kind: 'command', command: '30_1', code: 107451, times: 1 });
    expect(await codeOf(sendTo(ann, ben))).toBe(Reason.messageHitAntispam);
    await sendTo(ann, ben);
  });

  test('a message whose answer was lost stays, also when its sender is blocked meanwhile', async () => {
    const { faults, world } = stage.emulator;
    const ann = await stage.online('ann');
    const ben = ann.conversationId('ben');
    const message = ann.nim.V2NIMMessageCreator.createTextMessage('hi');
    faults.add({ kind: 'command', command: '30_1', drop: 'reply', times: 1 });
    const lost = sendTo(ann, ben, '', message);
    const failed = errorOf(lost);
    await until(() => world.serverLog('p2p', 'ann', 'ben').length === 1, 'the server has it');
    ann.breakLink();
    await failed;
    world.relations.setRelation('ben', 'ann', { blocked: true });
    await ann.waitFor('onDataSync', (_type: number, state: number) => state === 3, 20);
    const { message: sent } = await sendTo(ann, ben, '', message);
    expect(sent.messageServerId).toBe(world.serverLog('p2p', 'ann', 'ben')[0]?.messageServerId);
    expect(world.serverLog('p2p', 'ann', 'ben')).toHaveLength(1);
  });
});
