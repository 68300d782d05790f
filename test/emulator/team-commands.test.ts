import type { V2NIMTeamJoinActionInfo } from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMTeamService';
import type { TestClient } from './support/client';
import { errorOf, until, useStage } from './support/stage';

const KINDS = [
  ['a team', 'team', 1],
  ['a super team', 'superTeam', 2],
] as const;

describe.each(KINDS)('%s', (_name, kind, teamType) => {
  const stage = useStage();
  let ann: TestClient;
  let ben: TestClient;
  let cid: TestClient;
  let teamId: string;

  afterEach(() => {
    expect(stage.emulator.unimplemented).toEqual([]);
  });

  const start = async (members: string[], change: object = {}) => {
    ({ teamId } = stage.emulator.teams.create({ kind, name: 'Harbour', owner: 'ann', members }));
    if (Object.keys(change).length > 0) stage.emulator.teams.update(teamId, change);
    ann = await stage.online('ann');
    ben = await stage.online('ben');
    cid = await stage.online('cid');
  };
  const service = ({ nim }: TestClient) => nim.V2NIMTeamService;
  const code = async (promise: Promise<unknown>) => (await errorOf(promise)).code;
  const happened = async (client: TestClient, event: string, count = 1) => {
    const found = () => client.events.filter((recorded) => recorded.event === event);
    await until(() => found().length >= count, `${client.accountId} gets ${event}`);
    return found()[count - 1]?.args[0];
  };
  const request = async (client: TestClient, count = 1): Promise<V2NIMTeamJoinActionInfo> =>
    (await happened(client, 'onReceiveTeamJoinActionInfo', count)) as V2NIMTeamJoinActionInfo;
  const promote = (by: TestClient, role: 0 | 2) =>
    service(by).updateTeamMemberRole(teamId, teamType, ['ben'], role as never);
  const members = () => stage.emulator.world.teams.memberIds(teamId);

  test('an invitation is accepted or rejected where consent is asked', async () => {
    await start([], { agreeMode: 0 });
    expect(
      await service(ann).inviteMember(teamId, teamType, ['ben', 'cid', 'nobody'], 'come'),
    ).toEqual(['nobody']);
    expect(members()).toEqual(['ann']);
    const invitation = await request(ben);
    expect(invitation).toMatchObject({
      actionType: 2,
      teamId,
      teamType,
      operatorAccountId: 'ann',
      postscript: 'come',
    });
    await service(ben).acceptInvitation(invitation);
    await happened(ben, 'onTeamJoined');
    expect(members()).toEqual(['ann', 'ben']);
    await service(cid).rejectInvitation(await request(cid), 'no time');
    expect(await request(ann)).toMatchObject({ actionType: 3, operatorAccountId: 'cid' });
    expect(await code(service(ben).acceptInvitation(invitation))).toBe(109313);
  });

  test('without consent the invited accounts are members at once', async () => {
    await start([], { agreeMode: 1 });
    await service(ann).inviteMember(teamId, teamType, ['ben']);
    await happened(ben, 'onTeamJoined');
    expect(await code(service(ann).inviteMember(teamId, teamType, ['ben']))).toBe(109311);
    expect(await service(ann).getTeamMemberInvitor(teamId, teamType, ['ben'])).toEqual({
      ben: 'ann',
    });
  });

  test('normal members invite and change the team where the modes allow it', async () => {
    await start(['ben'], { inviteMode: 0, updateInfoMode: 0, agreeMode: 1 });
    expect(await code(service(ben).inviteMember(teamId, teamType, ['cid']))).toBe(109306);
    const rename = (name: string) => service(ben).updateTeamInfo(teamId, teamType, { name });
    expect(await code(rename('Bay'))).toBe(109432);
    await service(ann).updateTeamInfo(teamId, teamType, { inviteMode: 1, updateInfoMode: 1 });
    await rename('Bay');
    await happened(ann, 'onTeamInfoUpdated', 2);
    await service(ben).inviteMember(teamId, teamType, ['cid']);
    expect(members()).toEqual(['ann', 'ben', 'cid']);
  });

  test('an application is free, is decided by managers, or is refused', async () => {
    await start(['ben'], { joinMode: 1 });
    await promote(ann, 2);
    const pending = await service(cid).applyJoinTeam(teamId, teamType, 'please');
    expect(pending.isValidTeam).toBe(false);
    const [first, second] = [await request(ann), await request(ben)];
    for (const application of [first, second])
      expect(application).toMatchObject({
        actionType: 0,
        operatorAccountId: 'cid',
        postscript: 'please',
      });
    await service(ben).rejectJoinApplication(second, 'not now');
    expect(await request(cid)).toMatchObject({ actionType: 1, postscript: 'not now' });
    expect(await code(service(ann).acceptJoinApplication(first))).toBe(109313);
    await service(cid).applyJoinTeam(teamId, teamType, 'please');
    await service(ann).acceptJoinApplication(await request(ann, 2));
    await happened(cid, 'onTeamJoined');
    await service(cid).leaveTeam(teamId, teamType);
    await service(ann).updateTeamInfo(teamId, teamType, { joinMode: 2 });
    expect(await code(service(cid).applyJoinTeam(teamId, teamType, ''))).toBe(108308);
    await service(ann).updateTeamInfo(teamId, teamType, { joinMode: 0 });
    expect((await service(cid).applyJoinTeam(teamId, teamType, '')).isValidTeam).toBe(true);
    expect(members()).toEqual(['ann', 'ben', 'cid']);
  });

  test('managers mute and kick normal members, and nobody the owner', async () => {
    await start(['ben', 'cid']);
    expect(
      await code(service(ben).setTeamMemberChatBannedStatus(teamId, teamType, 'cid', true)),
    ).toBe(109432);
    await promote(ann, 2);
    await service(ben).setTeamMemberChatBannedStatus(teamId, teamType, 'cid', true);
    await happened(cid, 'onTeamMemberInfoUpdated');
    const banned = await service(ann).getTeamMemberList(teamId, teamType, {
      roleQueryType: 0,
      onlyChatBanned: true,
      nextToken: '',
      limit: 10,
      direction: 0,
    } as never);
    expect(banned.memberList.map(({ accountId }) => accountId)).toEqual(['cid']);
    expect(
      await code(service(ben).setTeamMemberChatBannedStatus(teamId, teamType, 'ann', true)),
    ).toBe(109314);
    await service(ben).setTeamChatBannedMode(teamId, teamType, 1);
    await happened(cid, 'onTeamInfoUpdated');
    expect(await code(service(ben).kickMember(teamId, teamType, ['ann']))).toBe(109308);
    expect(await code(service(cid).kickMember(teamId, teamType, ['ben']))).toBe(109432);
    await service(ben).kickMember(teamId, teamType, ['cid']);
    await happened(cid, 'onTeamLeft');
    await promote(ann, 0);
    expect(await code(promote(ben, 2))).toBe(109427);
  });

  test('nicks, extension and followed members are kept and told to everybody', async () => {
    await start(['ben', 'cid']);
    await service(ben).updateSelfTeamMemberInfo(teamId, teamType, { teamNick: 'Benny' });
    const told = await happened(ann, 'onTeamMemberInfoUpdated');
    expect(told).toMatchObject([{ accountId: 'ben', teamNick: 'Benny' }]);
    await service(ann).updateTeamMemberNick(teamId, teamType, 'cid', 'Sid');
    expect(await code(service(ben).updateTeamMemberNick(teamId, teamType, 'cid', 'X'))).toBe(
      109432,
    );
    await service(ben).addTeamMembersFollow(teamId, teamType, ['ann', 'cid']);
    await service(ben).removeTeamMembersFollow(teamId, teamType, ['cid']);
    const later = await stage.online('ben');
    const [mine, other] = await service(later).getTeamMemberListByIds(teamId, teamType, [
      'ben',
      'cid',
    ]);
    expect(mine).toMatchObject({ teamNick: 'Benny', followAccountIds: ['ann'] });
    expect(other).toMatchObject({ teamNick: 'Sid' });
  });

  test('the owner hands over, then leaves; the new owner dismisses', async () => {
    await start(['ben', 'cid']);
    expect(await code(service(ann).leaveTeam(teamId, teamType))).toBe(109307);
    expect(await code(service(ben).dismissTeam(teamId, teamType))).toBe(109427);
    expect(await code(service(ben).transferTeamOwner(teamId, teamType, 'cid', false))).toBe(109427);
    await service(ann).transferTeamOwner(teamId, teamType, 'ben', true);
    expect(members()).toEqual(['ben', 'cid']);
    await service(ben).dismissTeam(teamId, teamType);
    await happened(cid, 'onTeamDismissed');
    expect(await code(service(cid).applyJoinTeam(teamId, teamType, ''))).toBe(108404);
  });
});

describe('creating', () => {
  const stage = useStage();

  test('a team has its fields, its members and the failed accounts', async () => {
    const ann = await stage.online('ann');
    const tablet = await stage.online('ann');
    const ben = await stage.online('ben');
    const { team, failedList } = await ann.nim.V2NIMTeamService.createTeam(
      { name: 'Trip', teamType: 1, intro: 'to the sea', joinMode: 1, agreeMode: 1 } as never,
      ['ben', 'nobody'],
      'come',
    );
    expect(team).toMatchObject({ name: 'Trip', intro: 'to the sea', ownerAccountId: 'ann' });
    expect(failedList).toEqual(['nobody']);
    await tablet.waitFor(
      'onTeamCreated',
      ({ teamId }: { teamId: string }) => teamId === team.teamId,
    );
    await ben.waitFor('onTeamJoined', ({ teamId }: { teamId: string }) => teamId === team.teamId);
    expect(stage.emulator.world.teams.memberIds(team.teamId)).toEqual(['ann', 'ben']);
  });

  test('a super team is created by the server alone', async () => {
    const ann = await stage.online('ann');
    const created = ann.nim.V2NIMTeamService.createTeam(
      { name: 'Everybody', teamType: 2 } as never,
      [],
      '',
    );
    expect((await errorOf(created)).code).toBe(403);
  });
});
