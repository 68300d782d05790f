import { isMentionAllForManagers, withMentionAll } from '@/stores/teams/mention-all';
import { AccountTeams } from '@/stores/teams/account-teams';
import type { OpenTeam } from '@/stores/teams/open-team';
import type { TeamKey } from '@/stores/teams/team-acts';
import { type Client, useWorld, waitFor } from '../harness';

const world = useWorld();
const NAMES = ['anna', 'ben', 'chen'] as const;
type Name = (typeof NAMES)[number];

interface Seat {
  readonly client: Client;
  readonly teams: AccountTeams;
  team: OpenTeam | null;
}

describe('three clients over the real SDK', () => {
  let seats: Record<Name, Seat>;
  let key: TeamKey;

  beforeEach(async () => {
    const entries = await Promise.all(
      NAMES.map(async (name) => {
        const client = await world.online(name);
        const teams = new AccountTeams(client.account.connection, client.core.platform.clock);
        return [name, { client, teams, team: null }] as const;
      }),
    );
    seats = Object.fromEntries(entries) as Record<Name, Seat>;
  });

  /** Opens the page of the team with its members at a client. */
  const open = async (name: Name) => {
    const seat = seats[name];
    const team = seat.teams.open(key);
    seat.team = team;
    await waitFor(() => team.state === 'ready' || team.ended !== null, { what: `${name}'s page` });
    if (team.ended === null) await team.members.load();
  };
  const teamOf = (name: Name): OpenTeam => {
    const { team } = seats[name];
    if (!team) throw new Error(`${name} has no page`);
    return team;
  };
  /** Members with role and mute, as the page shows them: `ben2!` is ben, a manager, muted. */
  const shown = (name: Name) =>
    teamOf(name)
      .members.rows.map(
        ({ accountId, role, member }) => `${accountId}${role}${member.chatBanned ? '!' : ''}`,
      )
      .sort()
      .join(' ');
  const sees = async (names: readonly Name[], expected: string) => {
    for (const name of names)
      await waitFor(() => shown(name) === expected, {
        what: `${name} to see ${expected}, sees ${shown(name)}`,
      });
  };
  const knows = async (
    names: readonly Name[],
    what: string,
    check: (team: OpenTeam) => boolean,
  ) => {
    for (const name of names)
      await waitFor(() => check(teamOf(name)), { what: `${name} to know ${what}` });
  };
  const request = (name: Name, actionType: number) =>
    waitFor(
      () =>
        seats[name].teams.requests.infos.find(
          (info) =>
            (info.actionType as number) === actionType && (info.actionStatus as number) === 0,
        ),
      { what: `a request of type ${actionType} at ${name}` },
    );
  const refused = (act: Promise<unknown>) =>
    act.then(
      () => 0,
      ({ code }: { code: number }) => code,
    );

  test('create, invite, apply, accept, reject, announce, rename, mute, manager, transfer, kick, leave, dismiss', async () => {
    const { anna, ben, chen } = seats;
    const { team, failedList } = await anna.teams.acts.create(
      { name: 'Riders', teamType: 1, joinMode: 1, agreeMode: 0 } as never,
      [],
    );
    expect(failedList).toEqual([]);
    key = { teamId: team.teamId, teamType: 1 };
    await open('anna');
    await sees(['anna'], 'anna1');
    await waitFor(() => anna.teams.joined.teams.length === 1, { what: 'the list of anna' });

    // Invite with consent: ben accepts, chen rejects.
    await anna.teams.acts.invite(key, ['ben', 'chen'], 'come');
    const invitation = await request('ben', 2);
    const { asks } = ben.client.account;
    await waitFor(() => asks.unread === 1, { what: 'the badge of ben' });
    expect(invitation.postscript).toBe('come');
    asks.markSeen();
    expect(asks.unread).toBe(0);
    await ben.teams.requests.answer(invitation, true);
    await sees(['anna'], 'anna1 ben0');
    await open('ben');
    await sees(['ben'], 'anna1 ben0');
    await waitFor(() => ben.teams.joined.teams.length === 1, { what: 'the list of ben' });
    await chen.teams.requests.answer(await request('chen', 2), false, 'no time');
    expect(chen.teams.requests.infos[0]).toMatchObject({ actionStatus: 2 });
    expect(await request('anna', 3)).toMatchObject({ operatorAccountId: 'chen' });

    // Apply: rejected, then accepted.
    await chen.teams.acts.apply(key, 'please');
    const first = await request('anna', 0);
    expect(anna.teams.requests.applicationsTo(key.teamId)).toHaveLength(1);
    await anna.teams.requests.answer(first, false, 'not now');
    expect(await request('chen', 1)).toMatchObject({ postscript: 'not now' });
    expect(anna.teams.requests.applicationsTo(key.teamId)).toHaveLength(0);
    await chen.teams.acts.apply(key, 'really');
    await anna.teams.requests.answer(await request('anna', 0), true);
    await sees(['anna', 'ben'], 'anna1 ben0 chen0');
    await open('chen');
    await sees(['chen'], 'anna1 ben0 chen0');
    const everybody = [...NAMES];

    await anna.teams.acts.update(key, { announcement: 'Friday' });
    await knows(everybody, 'the announcement', ({ info }) => info?.announcement === 'Friday');
    await anna.teams.acts.update(key, { name: 'Sailors' });
    await knows(everybody, 'the name', ({ info }) => info?.name === 'Sailors');
    await ben.teams.acts.setOwnNick(key, 'Benny');
    await knows(
      everybody,
      'the nick',
      ({ members }) => members.of('ben')?.member.teamNick === 'Benny',
    );

    await anna.teams.acts.muteMember(key, 'chen', true);
    await sees(everybody, 'anna1 ben0 chen0!');
    await anna.teams.acts.muteMember(key, 'chen', false);
    await sees(everybody, 'anna1 ben0 chen0');
    await anna.teams.acts.muteAll(key, true);
    await knows(everybody, 'the mute', ({ info }) => (info?.chatBannedMode as number) !== 0);
    await anna.teams.acts.muteAll(key, false);
    await knows(everybody, 'its end', ({ info }) => (info?.chatBannedMode as number) === 0);

    expect(await refused(ben.teams.acts.kick(key, ['chen']))).toBe(109_432);
    await anna.teams.acts.setManagers(key, ['ben'], true);
    await sees(everybody, 'anna1 ben2 chen0');
    await knows(['ben'], 'the own role', ({ isManager }) => isManager);
    await anna.teams.acts.transfer(key, 'chen');
    await sees(everybody, 'anna0 ben2 chen1');
    await knows(['chen'], 'the own role', ({ isOwner }) => isOwner);
    expect(await refused(anna.teams.acts.dismiss(key))).toBe(109_427);

    await ben.teams.acts.kick(key, ['anna']);
    await sees(['ben', 'chen'], 'ben2 chen1');
    await knows(['anna'], 'the end', ({ ended }) => ended === 'kicked');
    await waitFor(() => anna.teams.joined.teams.length === 0, { what: 'the list without it' });
    await ben.teams.acts.leave(key);
    await sees(['chen'], 'chen1');
    await knows(['ben'], 'the end', ({ ended }) => ended === 'left');
    // Anna comes back to the page that had ended.
    await chen.teams.acts.invite(key, ['anna']);
    await anna.teams.requests.answer(await request('anna', 2), true);
    await knows(['anna'], 'to be back', ({ ended }) => ended === null);
    await sees(['anna', 'chen'], 'anna0 chen1');
    await chen.teams.acts.dismiss(key);
    await knows(['anna', 'chen'], 'the end', ({ ended }) => ended === 'dismissed');
    for (const { teams } of [anna, ben, chen])
      await waitFor(() => teams.joined.teams.length === 0, { what: 'the list without it' });
    expect(await refused(ben.teams.acts.apply(key))).toBe(108_404);
  });

  test('the setting of mentions of all is seen by all, and keeps the other fields', async () => {
    const { teams } = world.emulator;
    const { teamId } = teams.create({ name: 'Riders', owner: 'anna', members: ['ben', 'chen'] });
    teams.update(teamId, { serverExtension: '{"colour":"red"}', updateExtensionMode: 0 });
    key = { teamId, teamType: 1 };
    for (const name of NAMES) await open(name);
    const { acts } = seats.anna.teams;
    const change = (forManagers: boolean) => {
      const serverExtension = withMentionAll(teamOf('anna').info?.serverExtension, forManagers);
      return acts.update(key, { serverExtension: serverExtension ?? '' });
    };
    await change(true);
    await knows([...NAMES], 'the setting', ({ info }) =>
      isMentionAllForManagers(info?.serverExtension),
    );
    expect(teamOf('ben').info?.serverExtension).toBe('{"colour":"red","yxAllowAt":"manager"}');
    await change(false);
    await knows(
      [...NAMES],
      'its end',
      ({ info }) => !isMentionAllForManagers(info?.serverExtension),
    );
    expect(await refused(seats.ben.teams.acts.update(key, { serverExtension: '{}' }))).toBe(
      109_432,
    );
  });

  test('followed members and the mute mode are the same on two devices, and nobody else knows', async () => {
    const { teams } = world.emulator;
    const { teamId } = teams.create({ name: 'Riders', owner: 'anna', members: ['ben', 'chen'] });
    key = { teamId, teamType: 1 };
    for (const name of NAMES) await open(name);
    const tablet = await world.online('anna');
    const shown = new AccountTeams(tablet.account.connection, tablet.core.platform.clock).open(key);
    await waitFor(() => shown.state === 'ready', { what: 'the page on the tablet' });
    const conversationId = `anna|2|${teamId}`;
    const { account } = seats.anna.client;
    const { acts } = seats.anna.teams;
    const follows = () => [
      teamOf('anna').isFollowed('ben'),
      shown.isFollowed('ben'),
      account.teams.isFollowed(conversationId, 'ben'),
      tablet.account.teams.isFollowed(conversationId, 'ben'),
    ];
    await acts.follow(key, ['ben', 'chen'], true);
    await waitFor(() => follows().every(Boolean), { what: 'ben followed on both devices' });
    await acts.follow(key, ['ben'], false);
    await waitFor(() => !follows().some(Boolean), { what: 'ben not followed on both devices' });
    expect([shown.isFollowed('chen'), teamOf('ben').isFollowed('chen')]).toEqual([true, false]);
    expect(world.emulator.world.teams.member(teamId, 'anna')?.followed).toEqual(['chen']);

    for (const mode of [2, 1, 0]) {
      await account.acts.setMuteMode(conversationId, mode);
      await waitFor(() => teamOf('anna').muteMode === mode && shown.muteMode === mode, {
        what: `the mute mode ${mode} on both devices`,
      });
      expect(world.emulator.world.teams.member(teamId, 'anna')?.muteMode).toBe(mode);
      expect(teamOf('ben').muteMode).toBe(0);
    }
  });

  test('a super team is shown, read and changed in the same way', async () => {
    const { teams } = world.emulator;
    const created = teams.create({
      kind: 'superTeam',
      name: 'City',
      owner: 'anna',
      members: ['ben', 'chen'],
    });
    key = { teamId: created.teamId, teamType: 2 };
    for (const name of NAMES) await open(name);
    const everybody = [...NAMES];
    await sees(everybody, 'anna1 ben0 chen0');
    const { acts } = seats.anna.teams;
    await acts.update(key, { name: 'Capital' });
    await knows(everybody, 'the name', ({ info }) => info?.name === 'Capital');
    await acts.muteMember(key, 'ben', true);
    await sees(everybody, 'anna1 ben0! chen0');
    await acts.setManagers(key, ['ben'], true);
    await sees(everybody, 'anna1 ben2! chen0');
    await acts.transfer(key, 'ben');
    await sees(everybody, 'anna0 ben1! chen0');
    await seats.ben.teams.acts.kick(key, ['chen']);
    await sees(['anna', 'ben'], 'anna0 ben1!');
    await knows(['chen'], 'the end', ({ ended }) => ended === 'kicked');
    await seats.ben.teams.acts.invite(key, ['chen']);
    await sees(['anna', 'ben'], 'anna0 ben1! chen0');
    await seats.ben.teams.acts.dismiss(key);
    await knows(['anna', 'ben'], 'the end', ({ ended }) => ended === 'dismissed');
  });

  test('a page of a team that ended, or that the account is not in, says so', async () => {
    const { teams } = world.emulator;
    const { teamId } = teams.create({ name: 'Riders', owner: 'ben', members: ['anna'] });
    key = { teamId, teamType: 1 };
    await open('anna');
    await open('chen');
    await knows(['chen'], 'not to be in', ({ ended }) => ended === 'outside');
    teams.dismiss(teamId);
    await knows(['anna'], 'the end', ({ ended }) => ended === 'dismissed');
  });
});
