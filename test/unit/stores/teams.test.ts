import { autorun } from 'mobx';
import type { TeamEntry } from '@/stores/teams/team-entry';
import { TeamStore } from '@/stores/teams/teams';
import { FakeClock, settle } from '../fakes/fake-clock';
import { FakeConnection } from './fakes/fake-connection';

const idOf = (teamId: string, type = 2) => `me|${type}|${teamId}`;
const team = (teamId: string, name: string, teamType = 1) => ({ teamId, teamType, name });
/** The own membership. */
const self = (fields: object = {}) => ({
  teamId: '7',
  teamType: 1,
  accountId: 'me',
  memberRole: 0,
  inTeam: true,
  chatBanned: false,
  ...fields,
});
const member = (teamId: string, accountId: string, teamNick: string) => ({
  teamId,
  teamType: 1,
  accountId,
  teamNick,
});

function setUp() {
  const clock = new FakeClock();
  const connection = new FakeConnection();
  const store = new TeamStore(connection.asConnection(), clock);
  const of = (id: string): TeamEntry => {
    const entry = store.teamOf(id);
    if (!entry) throw new Error(`${id} is no team`);
    return entry;
  };
  return { clock, connection, store, of };
}

describe('TeamStore', () => {
  test('requests the teams of a rendering together, super teams separately, and never an account', async () => {
    const { connection, store, of } = setUp();
    await connection.online();
    expect(store.teamOf('me|1|peer')).toBeNull();
    expect(store.teamOf('nonsense')).toBeNull();
    const [first, second, large] = [of(idOf('7')), of(idOf('8')), of(idOf('9', 3))];
    expect(of(idOf('7'))).toBe(first);
    await settle();
    const teams = connection.next('getTeamInfoByIds');
    expect(teams.args).toEqual([['7', '8'], 1]);
    teams.resolve([team('7', '项目组'), team('8', '骑行')]);
    await settle();
    const superTeams = connection.next('getTeamInfoByIds');
    expect(superTeams.args).toEqual([['9'], 2]);
    superTeams.resolve([team('9', '大群', 2)]);
    await settle();
    expect([first.name, second.name, large.name]).toEqual(['项目组', '骑行', '大群']);
    expect(connection.names()).toEqual([]);
  });

  test('requests the nicks of members once and together, and updates the readers', async () => {
    const { connection, store, of } = setUp();
    connection.answers.set('getTeamInfoByIds', () => [team('7', '项目组')]);
    await connection.online();
    const entry = of(idOf('7'));
    const seen: string[] = [];
    const stop = autorun(() => seen.push(store.nickOf(entry, 'ben')));
    store.nickOf(entry, 'chen');
    store.nickOf(entry, 'ben');
    await settle();
    const request = connection.next('getTeamMemberListByIds');
    expect(request.args).toEqual(['7', 1, ['ben', 'chen']]);
    request.resolve([member('7', 'ben', '队长'), member('7', 'chen', '')]);
    await settle();
    expect(seen).toEqual(['', '队长']);
    expect(connection.names()).toEqual([]);
    stop();
  });

  test('updates names from events and from requests after a reconnect', async () => {
    const { connection, store, of } = setUp();
    connection.answers.set('getTeamInfoByIds', () => [team('7', '一')]);
    connection.answers.set('getTeamMemberListByIds', () => [member('7', 'ben', 'a')]);
    await connection.online();
    const entry = of(idOf('7'));
    store.nickOf(entry, 'ben');
    await settle();
    connection.emit('team', 'onTeamInfoUpdated', team('7', '二'));
    connection.emit('team', 'onTeamInfoUpdated', team('77', 'not shown'));
    connection.emit('team', 'onTeamMemberInfoUpdated', [member('7', 'ben', 'b')]);
    expect([entry.name, store.nickOf(entry, 'ben')]).toEqual(['二', 'b']);
    // A member who joins again has the nick of the event.
    connection.emit('team', 'onTeamMemberJoined', [member('7', 'ben', 'again')]);
    expect(store.nickOf(entry, 'ben')).toBe('again');
    await connection.lose();
    connection.answers.set('getTeamInfoByIds', () => [team('7', '三')]);
    connection.answers.set('getTeamMemberListByIds', () => [member('7', 'ben', 'c')]);
    await connection.online();
    await settle();
    expect([entry.name, store.nickOf(entry, 'ben')]).toEqual(['三', 'c']);
  });

  test('distinguishes a super team and a team of the same number, also in events', async () => {
    const { connection, store, of } = setUp();
    connection.answers.set('getTeamInfoByIds', (_ids: string[], type: number) => [
      team('7', type === 2 ? '大群' : '群', type),
    ]);
    connection.answers.set('getTeamMemberListByIds', (_id: string, type: number) => [
      { ...member('7', 'ben', `nick of type ${type}`), teamType: type },
    ]);
    await connection.online();
    const [small, large] = [of(idOf('7')), of(idOf('7', 3))];
    const names = () => [small, large].map((entry) => [entry.name, store.nickOf(entry, 'ben')]);
    names();
    await settle();
    expect(names()).toEqual([
      ['群', 'nick of type 1'],
      ['大群', 'nick of type 2'],
    ]);
    connection.emit('team', 'onTeamInfoUpdated', team('7', '更大群', 2));
    connection.emit('team', 'onTeamMemberInfoUpdated', [
      { ...member('7', 'ben', 'changed'), teamType: 2 },
    ]);
    expect(names()).toEqual([
      ['群', 'nick of type 1'],
      ['更大群', 'changed'],
    ]);
  });

  test('continues with further requests after a refused or a dropped request', async () => {
    const { clock, connection, of } = setUp();
    await connection.online();
    const [first, second] = [of(idOf('7')), of(idOf('8'))];
    await settle();
    connection.next('getTeamInfoByIds').reject({ code: 192004 });
    await settle();
    expect([first.name, second.name]).toEqual(['', '']);
    const third = of(idOf('9'));
    await settle();
    connection.next('getTeamInfoByIds');
    await clock.advance(15_000);
    await settle();
    const fourth = of(idOf('10'));
    await settle();
    connection.next('getTeamInfoByIds').resolve([team('10', '十')]);
    await settle();
    expect([third.name, fourth.name]).toEqual(['', '十']);
  });

  test('releases all listeners', async () => {
    const { clock, connection, store, of } = setUp();
    await connection.online();
    const entry = of(idOf('7'));
    await settle();
    store.dispose();
    connection.next('getTeamInfoByIds').resolve([team('7', 'late')]);
    await settle();
    expect(entry.name).toBe('');
    expect(clock.pending).toBe(0);
  });
});

describe('why the account may not write', () => {
  type Answer = (ids: string[]) => object[];

  async function inTeam({
    info = {},
    members = () => [self()],
  }: { info?: object; members?: Answer } = {}) {
    const stage = setUp();
    const { connection, store, of } = stage;
    const answer = { info, members };
    connection.answers.set('getTeamInfoByIds', () => [{ ...team('7', '群'), ...answer.info }]);
    connection.answers.set('getTeamMemberListByIds', (_id: string, _type: number, ids: string[]) =>
      answer.members(ids),
    );
    await connection.online();
    const entry = of(idOf('7'));
    const seen: unknown[] = [];
    const stop = autorun(() => seen.push(store.closedOf(entry)));
    await settle();
    const said = () => seen[seen.length - 1];
    return { ...stage, answer, entry, seen, said, stop };
  }

  const MANAGER = 2;

  test.each([
    ['a member may', {}, {}, null],
    ['a muted member may not', {}, { chatBanned: true }, 'muted'],
    ['a former member may not', {}, { inTeam: false }, 'outside'],
    ['no normal member may while the team is muted', { chatBannedMode: 1 }, {}, 'teamMuted'],
    ['a manager may while the team is muted', { chatBannedMode: 1 }, { memberRole: MANAGER }, null],
    ['nobody may while all are muted', { chatBannedMode: 3 }, { memberRole: 1 }, 'allMuted'],
    ['no member of a dismissed team may', { isValidTeam: false }, {}, 'dismissed'],
  ])('%s', async (_, info, fields, reason) => {
    const { said, stop } = await inTeam({ info, members: () => [self(fields)] });
    expect(said()).toBe(reason);
    stop();
  });

  test('an account that the server does not list is not a member', async () => {
    const { said, stop } = await inTeam({ members: () => [] });
    expect(said()).toBe('outside');
    stop();
  });

  test.each([108404, 109404])('nor an account whose request is refused with %i', async (code) => {
    const members = () => {
      throw Object.assign(new Error('refused'), { code });
    };
    const { said, stop } = await inTeam({ members });
    expect(said()).toBe('outside');
    stop();
  });

  test('is unknown, and no reason, after a request without an answer', async () => {
    const members = () => {
      throw Object.assign(new Error('lost'), { code: 192004 });
    };
    const { said, stop } = await inTeam({ members });
    expect(said()).toBeNull();
    stop();
  });

  test('follows events, in both directions', async () => {
    const { connection, said, stop } = await inTeam();
    const emit = (event: string, ...args: unknown[]) => connection.emit('team', event, ...args);
    emit('onTeamMemberInfoUpdated', [self({ chatBanned: true })]);
    expect(said()).toBe('muted');
    emit('onTeamMemberInfoUpdated', [self()]);
    expect(said()).toBeNull();
    emit('onTeamInfoUpdated', { ...team('7', '群'), chatBannedMode: 1 });
    expect(said()).toBe('teamMuted');
    emit('onTeamInfoUpdated', { ...team('7', '群'), chatBannedMode: 0 });
    expect(said()).toBeNull();
    emit('onTeamLeft', team('7', ''), true);
    expect(said()).toBe('kicked');
    emit('onTeamJoined', team('7', '群'));
    expect(said()).toBeNull();
    await settle();
    emit('onTeamLeft', team('7', ''), false);
    expect(said()).toBe('left');
    emit('onTeamJoined', team('7', '群'));
    emit('onTeamDismissed', team('7', ''));
    expect(said()).toBe('dismissed');
    // The server creates the team anew under its id.
    emit('onTeamCreated', team('7', '新群'));
    expect(said()).toBeNull();
    stop();
  });

  test('is requested again after a reconnect, and after a refused message', async () => {
    const { connection, store, answer, said, stop } = await inTeam();
    await connection.lose();
    answer.members = () => [self({ inTeam: false })];
    await connection.online();
    await settle();
    expect(said()).toBe('outside');
    answer.members = () => [self()];
    await connection.lose();
    await connection.online();
    await settle();
    expect(said()).toBeNull();

    answer.members = () => [self({ chatBanned: true })];
    store.refused('me|1|ben', 109424);
    store.refused(idOf('7'), 192003);
    await settle();
    expect(said()).toBeNull();
    store.refused(idOf('7'), 109424);
    await settle();
    expect(said()).toBe('muted');
    stop();
  });

  test('ends when the account joined again, with the link or without', async () => {
    const { connection, answer, said, stop } = await inTeam({
      members: () => [self({ chatBanned: true })],
    });
    expect(said()).toBe('muted');
    connection.emit('team', 'onTeamLeft', team('7', ''), true);
    answer.members = () => [self()];
    connection.emit('team', 'onTeamJoined', team('7', '群'));
    await settle();
    expect(said()).toBeNull();
    connection.emit('team', 'onTeamLeft', team('7', ''), false);
    await connection.lose();
    expect(said()).toBe('left');
    await connection.online();
    await settle();
    expect(said()).toBeNull();
    stop();
  });

  test('an event without fields changes nothing; the number of members follows', async () => {
    const { connection, entry, stop } = await inTeam({ info: { memberCount: 3 } });
    expect([entry.name, entry.memberCount]).toEqual(['群', 3]);
    connection.emit('team', 'onTeamInfoUpdated', { teamId: '7', teamType: 1, memberCount: 4 });
    expect([entry.name, entry.memberCount]).toEqual(['群', 4]);
    stop();
  });
});
