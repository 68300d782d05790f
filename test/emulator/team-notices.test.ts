import type { V2NIMMessageNotificationAttachment } from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMMessageService';
import { Reason, TeamNotice } from '../../emulator';
import type { TestClient } from './support/client';
import { errorOf, until, useStage } from './support/stage';

type Attachment = V2NIMMessageNotificationAttachment;

const KINDS = [
  ['team', 1, 2, 0],
  ['superTeam', 2, 3, 1],
] as const;

describe.each(KINDS)('notices of a %s', (kind, teamType, conversationType, column) => {
  const stage = useStage();
  let teamId: string;

  beforeEach(() => {
    const { world, teams } = stage.emulator;
    world.addAccount({ accountId: 'dan' });
    ({ teamId } = teams.create({ kind, name: 'Riders', owner: 'ann', members: ['ben'] }));
  });
  afterEach(() => {
    expect(stage.emulator.unimplemented).toEqual([]);
  });

  const noticesOf = (client: TestClient): Attachment[] =>
    client
      .received()
      .filter(({ messageType }) => messageType === 5)
      .map(({ attachment }) => attachment as Attachment);

  /** Resolves with the newest notice of a client, after `action`. */
  const noticeAfter = async (client: TestClient, action: () => unknown): Promise<Attachment> => {
    const before = noticesOf(client).length;
    action();
    await until(() => noticesOf(client).length > before, 'the notice arrives');
    const newest = noticesOf(client).at(-1);
    if (!newest) throw new Error('no notice');
    return newest;
  };

  test('each has its type, its targets and its team, and changes the team', async () => {
    const { teams, world } = stage.emulator;
    const ben = await stage.online('ben');
    const expectNotice = async (
      action: () => unknown,
      name: keyof typeof TeamNotice,
      fields: object,
    ): Promise<void> => {
      const notice = await noticeAfter(ben, action);
      expect(notice).toMatchObject({ type: TeamNotice[name][column], ...fields });
    };
    await expectNotice(() => teams.invite(teamId, ['cid'], { extension: 'hi' }), 'invited', {
      targetIds: ['cid'],
      serverExtension: 'hi',
      updatedTeamInfo: { name: 'Riders', memberCount: 3, teamType },
    });
    await expectNotice(() => teams.addManagers(teamId, ['cid']), 'managersAdded', {
      targetIds: ['cid'],
    });
    await expectNotice(() => teams.removeManagers(teamId, ['cid']), 'managersRemoved', {
      targetIds: ['cid'],
    });
    await expectNotice(() => teams.ban(teamId, 'cid'), 'memberBanned', {
      targetIds: ['cid'],
      chatBanned: true,
    });
    await expectNotice(() => teams.ban(teamId, 'cid', false), 'memberBanned', {
      chatBanned: false,
    });
    await expectNotice(() => teams.kick(teamId, ['cid']), 'kicked', {
      targetIds: ['cid'],
      updatedTeamInfo: { memberCount: 2 },
    });
    expect(world.teams.memberIds(teamId)).toEqual(['ann', 'ben']);
    await expectNotice(() => teams.passApplication(teamId, 'cid'), 'applicationPassed', {
      targetIds: ['cid'],
    });
    await expectNotice(() => teams.leave(teamId, 'cid'), 'left', {
      updatedTeamInfo: { memberCount: 2 },
    });
    await expectNotice(() => teams.acceptInvitation(teamId, 'dan'), 'invitationAccepted', {
      targetIds: ['ann'],
    });
    await expectNotice(() => teams.update(teamId, { announcement: 'At 8' }), 'updated', {
      updatedTeamInfo: { announcement: 'At 8' },
    });
    await expectNotice(() => teams.transferOwner(teamId, 'ben'), 'ownerChanged', {
      targetIds: ['ben'],
      updatedTeamInfo: { ownerAccountId: 'ben' },
    });
    await expectNotice(() => teams.dismiss(teamId), 'dismissed', { targetIds: [] });
    await ben.waitFor('onTeamDismissed', (team: { teamId: string }) => team.teamId === teamId);
  });

  test('a removed member gets the notice and may not write any more', async () => {
    const ben = await stage.online('ben');
    const notice = await noticeAfter(ben, () => stage.emulator.teams.kick(teamId, ['ben']));
    expect(notice).toMatchObject({ type: TeamNotice.kicked[column], targetIds: ['ben'] });
    await ben.waitFor('onTeamLeft', (_team: unknown, kicked: boolean) => kicked);
    const message = ben.nim.V2NIMMessageCreator.createTextMessage('still here?');
    const sent = ben.nim.V2NIMMessageService.sendMessage(
      message,
      `ben|${conversationType}|${teamId}`,
    );
    expect((await errorOf(sent)).code).toBe(Reason.teamMemberNotExist);
  });

  test('an invited account joins at once', async () => {
    const cid = await stage.online('cid');
    stage.emulator.teams.invite(teamId, ['cid']);
    const [team] = await cid.waitFor('onTeamJoined');
    expect(team).toMatchObject({ teamId, teamType, name: 'Riders' });
    expect(() => stage.emulator.teams.invite(teamId, ['cid'])).toThrow();
  });

  test('a team that was left or dismissed while away is not valid after the reconnect', async () => {
    const ben = await stage.online('ben');
    const { teams, world } = stage.emulator;
    const second = teams.create({ kind, name: 'Other', owner: 'ann', members: ['ben'] });
    const { length } = ben.events;
    ben.breakLink();
    await ben.waitFor('onDisconnected');
    teams.kick(teamId, ['ben']);
    teams.dismiss(second.teamId);
    await ben.waitFor('onDataSync', (_type: number, state: number) => state === 3, length);
    expect(await ben.nim.V2NIMTeamService.getJoinedTeamList([teamType])).toEqual([]);
    expect(world.teams.find(teamId)?.valid).toBe(true);
  });

  test('the server writes each type on command, and an unknown type', async () => {
    const { control } = stage.emulator;
    const answer = await fetch(`${control}/teams/${teamId}/notices/each`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ targetId: 'ben' }),
    });
    expect(answer.status).toBe(200);
    const ben = await stage.online('ben');
    const history = await ben.nim.V2NIMMessageService.getMessageList({
      conversationId: `ben|${conversationType}|${teamId}`,
      limit: 50,
    } as never);
    const types = history.map(({ attachment }) => (attachment as Attachment).type);
    const all = [-1, ...Object.values(TeamNotice).map((numbers) => numbers[column])];
    expect(new Set(types)).toEqual(new Set(all));
    expect(types).toHaveLength(all.length);
  });
});
