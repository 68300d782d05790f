import { AccountTeams, teamsOf } from '@/stores/teams/account-teams';
import { FakeClock, settle } from '../fakes/fake-clock';
import { FakeConnection } from './fakes/fake-connection';

const KEY = { teamId: '7', teamType: 1 };
const team = (fields: object = {}) => ({ ...KEY, name: 'Riders', isValidTeam: true, ...fields });
const member = (accountId: string, fields: object = {}) => ({
  ...KEY,
  accountId,
  memberRole: 0,
  inTeam: true,
  joinTime: 1,
  ...fields,
});

async function start() {
  const clock = new FakeClock();
  const connection = new FakeConnection();
  await connection.online();
  const teams = new AccountTeams(connection.asConnection(), clock);
  connection.next('getJoinedTeamList').resolve([]);
  connection.next('getTeamJoinActionInfoList').resolve({ infos: [] });
  const page = teams.open(KEY);
  const answer = async (info: object, selves: object[] = [member('me')]) => {
    connection.next('getTeamInfo').resolve(info);
    connection.next('getTeamMemberListByIds').resolve(selves);
    await settle();
  };
  return { clock, connection, teams, page, answer };
}

describe('an event while a load is on its way', () => {
  test('of the team is newer than the answer', async () => {
    const { connection, page, answer } = await start();
    connection.emit('team', 'onTeamInfoUpdated', { ...KEY, name: 'Sailors' });
    await answer(team({ intro: 'at nine' }));
    expect(page.info).toMatchObject({ name: 'Sailors', intro: 'at nine' });
    expect([page.state, page.ended]).toEqual(['ready', null]);
  });

  test('of the own membership is newer than the answer', async () => {
    const { connection, page, answer } = await start();
    connection.emit('team', 'onTeamMemberInfoUpdated', [member('me', { memberRole: 2 })]);
    connection.emit('team', 'onTeamMemberInfoUpdated', [member('ben', { memberRole: 1 })]);
    await answer(team());
    expect([page.isManager, page.isOwner]).toEqual([true, false]);
  });

  test('of the end stays, and a later load of the joined team takes it back', async () => {
    const { connection, page, answer } = await start();
    connection.emit('team', 'onTeamLeft', team(), false);
    await answer(team());
    expect([page.ended, page.info]).toEqual(['left', null]);
    connection.emit('team', 'onTeamJoined', team({ teamId: '8' }));
    expect(page.ended).toBe('left');
    connection.emit('team', 'onTeamJoined', team());
    expect(page.ended).toBeNull();
    await answer(team());
    expect(page.info?.name).toBe('Riders');
  });
});

test.each([
  ['a member of a team that is not valid', { isValidTeam: false }, [member('me')], 'dismissed'],
  ['nobody in a team that is not valid', { isValidTeam: false }, [], 'outside'],
  ['nobody', {}, [], 'outside'],
  ['a former member', {}, [member('me', { inTeam: false })], 'outside'],
  ['another account', {}, [member('ben')], 'outside'],
])('a page of %s says how it ended', async (_name, info, selves, ended) => {
  const { page, answer } = await start();
  expect([page.state, page.isOwner, page.isManager, page.mayEdit, page.mayInvite]).toEqual([
    'loading',
    false,
    false,
    false,
    false,
  ]);
  await answer(team(info), selves);
  expect(page.ended).toBe(ended);
});

test('a refusal without a meaning for the team is an error; after the first load the page stays', async () => {
  const { connection, page, answer } = await start();
  connection.next('getTeamInfo').reject({ code: 500 });
  await settle();
  expect([page.state, page.error?.code, page.ended]).toEqual(['error', 500, null]);
  connection.next('getTeamMemberListByIds').resolve([]);
  void page.load();
  await answer(team());
  expect([page.state, page.error]).toEqual(['ready', null]);
  void page.load();
  connection.next('getTeamInfo').reject({ code: 500 });
  await settle();
  expect([page.state, page.error?.code]).toEqual(['ready', 500]);
});

test('without a link nothing is requested; each reconnect requests all but members that no page shows', async () => {
  const connection = new FakeConnection();
  const teams = new AccountTeams(connection.asConnection(), new FakeClock());
  teams.open(KEY);
  expect(connection.names()).toEqual([]);
  await connection.lose();
  expect(connection.names()).toEqual([]);
  await connection.online();
  expect(connection.names().sort()).toEqual([
    'getTeamInfo',
    'getTeamJoinActionInfoList',
    'getTeamMemberListByIds',
  ]);
});

test('the owner manages everybody but itself', async () => {
  const { page, answer } = await start();
  await answer(team(), [member('me', { memberRole: 1 })]);
  const may = ['me', 'ben'].map((accountId) =>
    page.mayManage({ accountId, memberRole: 2 as never }),
  );
  expect(may).toEqual([false, true]);
});

describe('lists', () => {
  test('teams that are not valid are left out, also the first time', async () => {
    const { connection, teams } = await start();
    await settle();
    expect([teams.joined.state, teams.joined.teams]).toEqual(['ready', []]);
    void teams.joined.load();
    const call = connection.next('getJoinedTeamList');
    expect(call.args).toEqual([[1, 2]]);
    call.resolve([team(), team({ teamId: '8', isValidTeam: false })]);
    await settle();
    expect(teams.joined.teams.map(({ teamId }) => teamId)).toEqual(['7']);
    connection.emit('team', 'onSyncStarted');
    connection.emit('team', 'onSyncFailed', { code: 500 });
    expect(teams.joined.state).toBe('ready');
  });

  test('requests come newest first, and count for their team and kind alone', async () => {
    const { connection, teams } = await start();
    const info = (fields: object) => ({ ...KEY, actionType: 0, actionStatus: 0, ...fields });
    void teams.requests.load();
    const call = connection.next('getTeamJoinActionInfoList');
    expect(call.args).toEqual([{ offset: 0, limit: 100 }]);
    call.resolve({
      infos: [
        info({ timestamp: 1 }),
        info({ timestamp: 3, actionType: 2 }),
        info({ timestamp: 2, teamId: '8' }),
        info({ timestamp: 4, actionStatus: 1 }),
      ],
    });
    await settle();
    expect(teams.requests.infos.map(({ timestamp }) => timestamp)).toEqual([4, 3, 2, 1]);
    expect(teams.requests.applicationsTo('7').map(({ timestamp }) => timestamp)).toEqual([1]);
  });
});

test('a connection has one object for its teams', () => {
  const connection = new FakeConnection().asConnection();
  const clock = new FakeClock();
  expect(teamsOf(connection, clock)).toBe(teamsOf(connection, clock));
});

describe('an event of a member', () => {
  async function withMembers() {
    const stage = await start();
    const { connection, page, answer, clock } = stage;
    await answer(team());
    void page.members.load();
    const [managers, others] = [0, 1].map(() => connection.next('getTeamMemberList'));
    managers?.resolve({ memberList: [], finished: true, nextToken: '' });
    others?.resolve({ memberList: [member('ben')], finished: true, nextToken: '' });
    await settle();
    const flush = () => clock.advance(150);
    return { ...stage, flush };
  }

  test('is corrected by the server once, because the SDK builds it from an old copy', async () => {
    const { connection, page, flush } = await withMembers();
    connection.emit('team', 'onTeamMemberInfoUpdated', [member('ben', { memberRole: 2 })]);
    await flush();
    const call = connection.next('getTeamMemberListByIds');
    expect(call.args).toEqual(['7', 1, ['ben']]);
    call.resolve([member('ben', { memberRole: 2, chatBanned: true })]);
    await settle();
    expect(page.members.of('ben')?.member).toMatchObject({ memberRole: 2, chatBanned: true });
    connection.emit('team', 'onTeamMemberInfoUpdated', [member('ben')]);
    await flush();
    expect(connection.names()).toEqual([]);
    expect(page.members.of('ben')?.role).toBe(0);
  });

  test('that comes after the leave does not bring the member back; a member who joined again stays', async () => {
    const { connection, page, flush } = await withMembers();
    connection.emit('team', 'onTeamMemberLeft', [member('ben', { inTeam: false })]);
    connection.emit('team', 'onTeamMemberInfoUpdated', [member('ben', { inTeam: false })]);
    await flush();
    expect(page.members.of('ben')).toBeUndefined();
    connection.emit('team', 'onTeamMemberJoined', [member('ben'), member('dora', { teamId: '8' })]);
    await flush();
    connection.emit('team', 'onTeamMemberInfoUpdated', [
      member('ben', { inTeam: false, teamNick: 'Benny' }),
    ]);
    await flush();
    expect(page.members.rows.map((row) => [row.accountId, row.member.teamNick])).toEqual([
      ['ben', 'Benny'],
    ]);
  });
});
