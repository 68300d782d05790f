import { autorun } from 'mobx';
import { type TeamEntry, TeamStore } from '@/stores/teams';
import { FakeClock, settle } from '../fakes/fake-clock';
import { FakeConnection } from './fakes/fake-connection';

const idOf = (teamId: string, type = 2) => `me|${type}|${teamId}`;
const team = (teamId: string, name: string, teamType = 1) => ({ teamId, teamType, name });
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
    const entry = store.of(id);
    if (!entry) throw new Error(`${id} is no team`);
    return entry;
  };
  return { clock, connection, store, of };
}

describe('TeamStore', () => {
  test('asks for the teams of one rendering together, super teams apart, and never for a person', async () => {
    const { connection, store, of } = setUp();
    await connection.online();
    expect(store.of('me|1|peer')).toBeNull();
    expect(store.of('nonsense')).toBeNull();
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

  test('asks for the nicks of members in one request, once, and tells who reads them', async () => {
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

  test('keeps names current: events, and the answers after a reconnect', async () => {
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
    await connection.lose();
    connection.answers.set('getTeamInfoByIds', () => [team('7', '三')]);
    connection.answers.set('getTeamMemberListByIds', () => [member('7', 'ben', 'c')]);
    await connection.online();
    await settle();
    expect([entry.name, store.nickOf(entry, 'ben')]).toEqual(['三', 'c']);
  });

  test('keeps a super team and a team of the same number apart, by events as well', async () => {
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

  test('a refused or a forgotten request does not hold back the next ones', async () => {
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

  test('lets go of everything', async () => {
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
