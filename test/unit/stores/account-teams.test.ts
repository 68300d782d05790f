import { reaction } from 'mobx';
import type { V2NIMTeam, V2NIMTeamJoinActionInfo, V2NIMTeamMember } from '@/sdk/types';
import { TeamAsks } from '@/stores/teams/team-asks';
import { AccountTeams } from '@/stores/teams/account-teams';
import { FakeClock, settle } from '../fakes/fake-clock';
import { FakeConnection } from './fakes/fake-connection';

const KEY = { teamId: '7', teamType: 1 };
const BATCH_MS = 150;

const teamOf = (fields: object = {}) =>
  ({
    ...KEY,
    name: 'Riders',
    isValidTeam: true,
    updateInfoMode: 0,
    inviteMode: 0,
    ...fields,
  }) as unknown as V2NIMTeam;
const memberOf = (accountId: string, fields: object = {}) =>
  ({
    ...KEY,
    accountId,
    memberRole: 0,
    inTeam: true,
    joinTime: 1,
    updateTime: 1,
    ...fields,
  }) as unknown as V2NIMTeamMember;
const requestOf = (fields: object = {}) =>
  ({
    ...KEY,
    actionType: 0,
    actionStatus: 0,
    operatorAccountId: 'dora',
    timestamp: 10,
    ...fields,
  }) as unknown as V2NIMTeamJoinActionInfo;

const ME = memberOf('me', { memberRole: 1 });
const EVENTS = [
  'onSyncStarted',
  'onSyncFinished',
  'onSyncFailed',
  'onTeamCreated',
  'onTeamDismissed',
  'onTeamJoined',
  'onTeamLeft',
  'onTeamInfoUpdated',
  'onTeamMemberJoined',
  'onTeamMemberKicked',
  'onTeamMemberLeft',
  'onTeamMemberInfoUpdated',
  'onReceiveTeamJoinActionInfo',
] as const;

async function setUp() {
  const clock = new FakeClock();
  const connection = new FakeConnection();
  const server = {
    teams: [teamOf()],
    infos: [] as V2NIMTeamJoinActionInfo[],
    normal: [memberOf('ben', { joinTime: 2 })],
    managers: [ME],
  };
  const { answers } = connection;
  answers.set('getTeamInfo', () => server.teams[0]);
  answers.set('getTeamMemberListByIds', (_id: string, _type: number, ids: string[]) =>
    [...server.managers, ...server.normal].filter(({ accountId }) => ids.includes(accountId)),
  );
  answers.set('getJoinedTeamList', () => [...server.teams]);
  answers.set('getTeamJoinActionInfoList', () => ({ infos: server.infos, finished: true }));
  const page = (
    _id: string,
    _type: number,
    option: { roleQueryType: number; nextToken: string },
  ) => {
    if (option.roleQueryType === 2)
      return { memberList: server.managers, finished: true, nextToken: '' };
    const from = Number(option.nextToken || 0);
    const to = from + 100;
    return {
      memberList: server.normal.slice(from, to),
      finished: to >= server.normal.length,
      nextToken: String(to),
    };
  };
  answers.set('getTeamMemberList', page);
  const asks = new TeamAsks(connection.asConnection(), clock);
  await connection.online();
  const teams = new AccountTeams(connection.asConnection(), clock);
  const team = teams.open(KEY);
  await settle();
  await team.members.load();
  const flush = async () => {
    clock.advance(BATCH_MS);
    await settle();
  };
  const ids = () => team.members.rows.map(({ accountId }) => accountId);
  const emit = async (event: string, ...args: unknown[]) => {
    connection.emit('team', event, ...args);
    await settle();
    await flush();
  };
  return { clock, connection, server, teams, asks, team, flush, ids, emit };
}

type Stage = Awaited<ReturnType<typeof setUp>>;

/** For each event of the SDK: what is different on the open pages afterwards. */
const EFFECTS: Record<
  (typeof EVENTS)[number],
  [string, (stage: Stage) => Promise<unknown>, unknown]
> = {
  onSyncStarted: [
    'an empty list loads',
    async ({ server, teams, emit }) => {
      server.teams = [];
      await teams.joined.load();
      await emit('onSyncStarted');
      return teams.joined.state;
    },
    'loading',
  ],
  onSyncFinished: [
    'the list is read again',
    async ({ server, teams, emit }) => {
      server.teams = [teamOf(), teamOf({ teamId: '8' })];
      await emit('onSyncFinished');
      return teams.joined.teams.map(({ teamId }) => teamId);
    },
    ['8', '7'],
  ],
  onSyncFailed: [
    'the reason is known',
    async ({ teams, emit }) => {
      await emit('onSyncFailed', { code: 500 });
      return teams.joined.error?.code;
    },
    500,
  ],
  onTeamCreated: [
    'the new team is in the list',
    async ({ server, teams, emit }) => {
      server.teams = [teamOf(), teamOf({ teamId: '8' })];
      await emit('onTeamCreated', teamOf({ teamId: '8' }));
      return teams.joined.teams.length;
    },
    2,
  ],
  onTeamDismissed: [
    'page and list know the end',
    async ({ server, teams, team, emit }) => {
      server.teams = [];
      await emit('onTeamDismissed', teamOf());
      return [team.ended, teams.joined.teams.length];
    },
    ['dismissed', 0],
  ],
  onTeamJoined: [
    'a team that had ended is open again, and is in the list',
    async ({ server, teams, team, emit }) => {
      await emit('onTeamLeft', teamOf(), true);
      server.teams = [teamOf(), teamOf({ teamId: '8' })];
      await emit('onTeamJoined', teamOf());
      return [team.ended, teams.joined.teams.length];
    },
    [null, 2],
  ],
  onTeamLeft: [
    'page and list know the end',
    async ({ server, teams, team, emit }) => {
      server.teams = [];
      await emit('onTeamLeft', teamOf(), true);
      return [team.ended, teams.joined.teams.length];
    },
    ['kicked', 0],
  ],
  onTeamInfoUpdated: [
    'page and list have the new name',
    async ({ server, teams, team, emit }) => {
      server.teams = [teamOf({ name: 'Sailors' })];
      await emit('onTeamInfoUpdated', teamOf({ name: 'Sailors' }));
      return [team.info?.name, teams.joined.teams[0]?.name];
    },
    ['Sailors', 'Sailors'],
  ],
  onTeamMemberJoined: [
    'the member is in the list',
    async ({ ids, emit }) => {
      await emit('onTeamMemberJoined', [memberOf('chen', { joinTime: 3 })]);
      return ids();
    },
    ['me', 'ben', 'chen'],
  ],
  onTeamMemberKicked: [
    'the member is not in the list',
    async ({ ids, emit }) => {
      await emit('onTeamMemberKicked', 'me', [memberOf('ben')]);
      return ids();
    },
    ['me'],
  ],
  onTeamMemberLeft: [
    'the member is not in the list',
    async ({ ids, emit }) => {
      await emit('onTeamMemberLeft', [memberOf('ben')]);
      return ids();
    },
    ['me'],
  ],
  onTeamMemberInfoUpdated: [
    'role and mute are shown, and the own role decides the buttons',
    async ({ server, team, emit }) => {
      const changed = [memberOf('ben', { memberRole: 2, chatBanned: true }), memberOf('me')];
      [server.managers, server.normal] = [changed.slice(0, 1), changed.slice(1)];
      await emit('onTeamMemberInfoUpdated', changed);
      const [first] = team.members.rows;
      return [first?.accountId, first?.role, first?.member.chatBanned, team.isManager];
    },
    ['ben', 2, true, false],
  ],
  onReceiveTeamJoinActionInfo: [
    'the request is unread, and waits in the bar of its team',
    async ({ server, teams, asks, emit }) => {
      server.infos = [requestOf(), requestOf({ actionType: 1, timestamp: 9 })];
      await emit('onReceiveTeamJoinActionInfo', requestOf());
      const { unread } = asks;
      asks.markSeen();
      return [unread, asks.unread, teams.requests.applicationsTo('7').length];
    },
    [1, 0, 1],
  ],
};

describe('an event of the SDK changes what is open', () => {
  test.each(EVENTS)('%s', async (event) => {
    const [, run, expected] = EFFECTS[event];
    expect(await run(await setUp())).toEqual(expected);
  });

  test.each(EVENTS)('the check of %s notices a listener that is missing', async (event) => {
    const [, run, expected] = EFFECTS[event];
    const stage = await setUp();
    const { emit } = stage.connection;
    stage.connection.emit = (service, name, ...args) => {
      if (name !== event) emit.call(stage.connection, service, name, ...args);
    };
    expect(await run(stage)).not.toEqual(expected);
  });

  test('an event of another team changes nothing', async () => {
    const { team, ids, emit } = await setUp();
    const other = teamOf({ teamId: '8', name: 'Sailors' });
    await emit('onTeamInfoUpdated', other);
    await emit('onTeamDismissed', other);
    await emit('onTeamLeft', { ...other, teamId: '7', teamType: 2 }, false);
    await emit('onTeamMemberLeft', [memberOf('ben', { teamId: '8' })]);
    expect([team.info?.name, team.ended, ids()]).toEqual(['Riders', null, ['me', 'ben']]);
  });
});

describe('the members', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, place) =>
      memberOf(`a${place}`, { joinTime: place + 2, teamNick: `Rider ${place}` }),
    );

  test('of a large team come in pages; the first screen costs two requests', async () => {
    const { connection, server, team } = await setUp();
    server.normal = many(499);
    let requests = 0;
    const page = connection.answers.get('getTeamMemberList') as (...args: unknown[]) => unknown;
    connection.answers.set('getTeamMemberList', ((...args: unknown[]) => {
      requests++;
      return page(...args);
    }) as never);
    await team.members.load();
    expect([requests, team.members.rows.length, team.members.hasMore]).toEqual([2, 101, true]);
    while (team.members.hasMore) await team.members.loadMore();
    expect(team.members.rows.length).toBe(500);
    // test/bench/team-bench.ts measures the time.
    const found = team.members.matching('rider 49', () => '');
    expect(found.length).toBe(10);
  });

  test('200 changes in a second change the list at most 7 times', async () => {
    const { clock, connection, server, team } = await setUp();
    server.normal = many(300);
    await team.members.load();
    while (team.members.hasMore) await team.members.loadMore();
    let changes = 0;
    const stop = reaction(
      () => team.members.rows,
      () => changes++,
    );
    for (let n = 0; n < 200; n++) {
      const muted = memberOf(`a${n}`, { joinTime: n + 2, updateTime: 5, chatBanned: true });
      server.normal[n] = muted;
      connection.emit('team', 'onTeamMemberInfoUpdated', [muted]);
      clock.advance(5);
    }
    clock.advance(BATCH_MS);
    await settle();
    expect(changes).toBeLessThanOrEqual(7);
    expect(team.members.rows.filter(({ member }) => member.chatBanned).length).toBe(200);
    stop();
  });

  test('who left while a page was on its way is not shown again, and an older page changes no newer state', async () => {
    const { connection, server, team, ids, emit } = await setUp();
    connection.answers.delete('getTeamMemberList');
    server.normal = many(2);
    server.managers = [memberOf('me', { memberRole: 1, teamNick: 'new', updateTime: 9 })];
    const loading = team.members.load();
    await settle();
    await emit('onTeamMemberLeft', [memberOf('ben')]);
    await emit('onTeamMemberInfoUpdated', [{ ...ME, teamNick: 'new', updateTime: 9 }]);
    connection
      .next('getTeamMemberList')
      .resolve({ memberList: [ME], finished: true, nextToken: '' });
    connection.next('getTeamMemberList').resolve({
      memberList: [memberOf('ben', { joinTime: 2 })],
      finished: true,
      nextToken: '',
    });
    await loading;
    expect(ids()).toEqual(['me']);
    expect(team.members.rows[0]?.member.teamNick).toBe('new');
  });

  test('are requested again after a reconnect, and a lost page can be retried', async () => {
    const { connection, server, team, ids } = await setUp();
    server.normal = [memberOf('chen', { joinTime: 3 })];
    await connection.lose();
    await connection.online();
    await settle();
    expect(ids()).toEqual(['me', 'chen']);
    server.normal = many(150);
    await team.members.load();
    connection.answers.delete('getTeamMemberList');
    const more = team.members.loadMore();
    connection.next('getTeamMemberList').reject({ code: 192_004 });
    await more;
    expect([team.members.error?.code, team.members.hasMore]).toEqual([192_004, true]);
  });
});

describe('acts', () => {
  const team = KEY;
  type Act = (stage: Stage) => Promise<unknown>;
  const ACTS: [string, Act, unknown[]][] = [
    [
      'createTeam',
      ({ teams }) => teams.acts.create({ name: 'A', teamType: 1 }, ['ben'], 'hi'),
      [{ name: 'A', teamType: 1 }, ['ben'], 'hi'],
    ],
    [
      'inviteMember',
      ({ teams }) => teams.acts.invite(team, ['ben'], 'hi'),
      ['7', 1, ['ben'], 'hi'],
    ],
    ['acceptJoinApplication', ({ teams }) => teams.acts.accept(requestOf()), [requestOf()]],
    [
      'acceptInvitation',
      ({ teams }) => teams.acts.accept(requestOf({ actionType: 2 })),
      [requestOf({ actionType: 2 })],
    ],
    [
      'rejectJoinApplication',
      ({ teams }) => teams.acts.reject(requestOf(), 'no'),
      [requestOf(), 'no'],
    ],
    [
      'rejectInvitation',
      ({ teams }) => teams.acts.reject(requestOf({ actionType: 2 }), 'no'),
      [requestOf({ actionType: 2 }), 'no'],
    ],
    ['applyJoinTeam', ({ teams }) => teams.acts.apply(team, 'hi'), ['7', 1, 'hi']],
    ['kickMember', ({ teams }) => teams.acts.kick(team, ['ben']), ['7', 1, ['ben']]],
    ['leaveTeam', ({ teams }) => teams.acts.leave(team), ['7', 1]],
    ['dismissTeam', ({ teams }) => teams.acts.dismiss(team), ['7', 1]],
    [
      'transferTeamOwner',
      ({ teams }) => teams.acts.transfer(team, 'ben', true),
      ['7', 1, 'ben', true],
    ],
    [
      'updateTeamMemberRole',
      ({ teams }) => teams.acts.setManagers(team, ['ben'], true),
      ['7', 1, ['ben'], 2],
    ],
    [
      'updateTeamMemberRole',
      ({ teams }) => teams.acts.setManagers(team, ['ben'], false),
      ['7', 1, ['ben'], 0],
    ],
    ['setTeamChatBannedMode', ({ teams }) => teams.acts.muteAll(team, true), ['7', 1, 1]],
    [
      'setTeamMemberChatBannedStatus',
      ({ teams }) => teams.acts.muteMember(team, 'ben', true),
      ['7', 1, 'ben', true],
    ],
    [
      'updateTeamMemberNick',
      ({ teams }) => teams.acts.setNick(team, 'ben', 'B'),
      ['7', 1, 'ben', 'B'],
    ],
    [
      'updateSelfTeamMemberInfo',
      ({ teams }) => teams.acts.setOwnNick(team, 'B'),
      ['7', 1, { teamNick: 'B' }],
    ],
    [
      'updateTeamInfo',
      ({ teams }) => teams.acts.update(team, { name: 'B' }),
      ['7', 1, { name: 'B' }],
    ],
  ];

  test.each(ACTS)('%s is one request, and its refusal keeps its code', async (name, act, args) => {
    const stage = await setUp();
    const acting = act(stage);
    const call = stage.connection.next(name);
    expect(call.args).toEqual(args);
    call.reject({ code: 109_432 });
    await expect(acting).rejects.toMatchObject({ name: 'ConnectionError', code: 109_432 });
  });

  test('an act without an answer ends after 10 s with 191005', async () => {
    const { clock, teams } = await setUp();
    const acting = teams.acts.leave(KEY);
    clock.advance(10_000);
    await expect(acting).rejects.toMatchObject({ code: 191_005 });
  });

  test('a request that another manager answered shows its state', async () => {
    const { connection, server, teams, asks } = await setUp();
    server.infos = [requestOf()];
    await teams.requests.load();
    connection.answers.set('acceptJoinApplication', () => {
      server.infos = [requestOf({ actionStatus: 3 })];
      return Promise.reject({ code: 109_313 });
    });
    await expect(teams.requests.answer(requestOf(), true)).rejects.toMatchObject({ code: 109_313 });
    await asks.count();
    expect([teams.requests.infos[0]?.actionStatus, asks.unread]).toEqual([3, 0]);
  });
});

describe('the number of requests', () => {
  test('leaves out seen and answered requests, and counts those that come while it counts', async () => {
    const { connection, server, asks } = await setUp();
    server.infos = [requestOf(), requestOf({ actionType: 2, timestamp: 12 })];
    await asks.count();
    expect(asks.unread).toBe(2);
    asks.markSeen();
    server.infos = [...server.infos, requestOf({ timestamp: 13, actionStatus: 2 })];
    await asks.count();
    expect(asks.unread).toBe(0);
    // The first reading has an old list; the event that comes meanwhile makes one more.
    let isFirst = true;
    connection.answers.set('getTeamJoinActionInfoList', () => {
      const { infos } = server;
      if (isFirst) {
        isFirst = false;
        server.infos = [...infos, requestOf({ timestamp: 14 })];
        connection.emit('team', 'onReceiveTeamJoinActionInfo', requestOf({ timestamp: 14 }));
      }
      return { infos, finished: true };
    });
    await asks.count();
    expect(asks.unread).toBe(1);
  });

  test('stays when the SDK refuses, and ends with the login', async () => {
    const { connection, server, asks } = await setUp();
    server.infos = [requestOf()];
    await asks.count();
    connection.answers.set('getTeamJoinActionInfoList', () => {
      throw new Error('no list');
    });
    await asks.count();
    expect(asks.unread).toBe(1);
    asks.dispose();
    await asks.count();
    expect(asks.unread).toBe(0);
  });
});

describe('the own membership', () => {
  test('has the mute mode of the SDK, and follows its event', async () => {
    const { connection, team } = await setUp();
    connection.teamMuteMode = 2;
    await team.load();
    expect(team.muteMode).toBe(2);
    connection.emit('setting', 'onTeamMessageMuteModeChanged', '8', 1, 1);
    expect(team.muteMode).toBe(2);
    connection.emit('setting', 'onTeamMessageMuteModeChanged', '7', 1, 0);
    expect(team.muteMode).toBe(0);
  });

  test('knows the followed members, also when the server writes no list', async () => {
    const { team, emit } = await setUp();
    expect(team.isFollowed('ben')).toBe(false);
    await emit('onTeamMemberInfoUpdated', [memberOf('me', { followAccountIds: ['ben'] })]);
    expect([team.isFollowed('ben'), team.isFollowed('chen')]).toEqual([true, false]);
    // An event leaves out what has not changed.
    await emit('onTeamMemberInfoUpdated', [memberOf('me', { teamNick: 'I' })]);
    expect(team.isFollowed('ben')).toBe(true);
    await emit('onTeamMemberInfoUpdated', [memberOf('me', { followAccountIds: 'ben' })]);
    expect(team.isFollowed('ben')).toBe(false);
  });
});

describe('what the account may do', () => {
  test.each([
    ['owner', 1, 0, [true, true, true, true]],
    ['manager', 2, 0, [true, true, true, false]],
    ['member where managers decide', 0, 0, [false, false, false, false]],
    ['member where all decide', 0, 1, [true, true, false, false]],
  ])('%s', async (_name, memberRole, mode, expected) => {
    const { server, team } = await setUp();
    server.teams = [teamOf({ updateInfoMode: mode, inviteMode: mode })];
    server.managers = [{ ...ME, memberRole } as V2NIMTeamMember];
    await team.load();
    const may = [
      team.mayEdit,
      team.mayInvite,
      team.mayManage(memberOf('ben')),
      team.mayManage(memberOf('chen', { memberRole: 2 })),
    ];
    expect(may).toEqual(expected);
  });

  test.each([
    [108_404, 'dismissed'],
    [109_404, 'outside'],
  ])('a page of a team that answers %i says how it ended', async (code, ended) => {
    const { connection, team } = await setUp();
    connection.answers.set('getTeamInfo', () => Promise.reject({ code }));
    await team.load();
    expect(team.ended).toBe(ended);
  });

  test('pages of a team share it until the last page closes', async () => {
    const { teams, team, emit } = await setUp();
    expect(teams.open(KEY)).toBe(team);
    teams.close(team);
    await emit('onTeamInfoUpdated', teamOf({ name: 'Sailors' }));
    teams.close(team);
    await emit('onTeamInfoUpdated', teamOf({ name: 'Nobody' }));
    expect(team.info?.name).toBe('Sailors');
    expect(teams.open(KEY)).not.toBe(team);
  });
});
