import { useWorld, waitFor } from '../harness';

const world = useWorld();

const KINDS = [
  ['team', 2],
  ['superTeam', 3],
] as const;

describe.each(KINDS)('the composer of a %s', (kind, type) => {
  /** Anna, signed in, in a team of ben's. */
  async function annaInTeam() {
    const { teams } = world.emulator;
    const { teamId } = teams.create({ kind, name: 'Riders', owner: 'ben', members: ['anna'] });
    const anna = await world.online('anna');
    const id = `anna|${type}|${teamId}`;
    const isClosed = (reason: string | null) =>
      waitFor(() => anna.account.closedOf(id) === reason, {
        what: `the composer to be closed as ${reason}, is ${anna.account.closedOf(id)}`,
      });
    const hasCount = (count: number) =>
      waitFor(() => anna.account.memberCountOf(id) === count, { what: `${count} members` });
    await isClosed(null);
    await hasCount(2);
    return { anna, id, teamId, teams, isClosed, hasCount };
  }

  test('closes and opens with each change, while the chat is open', async () => {
    const { teamId, teams, isClosed, hasCount } = await annaInTeam();
    teams.ban(teamId, 'anna');
    await isClosed('muted');
    teams.ban(teamId, 'anna', false);
    await isClosed(null);
    teams.update(teamId, { chatBannedMode: 1 });
    await isClosed('teamMuted');
    teams.addManagers(teamId, ['anna']);
    await isClosed(null);
    teams.update(teamId, { chatBannedMode: 3 });
    await isClosed('allMuted');
    teams.update(teamId, { chatBannedMode: 0 });
    await isClosed(null);
    teams.invite(teamId, ['chen']);
    await hasCount(3);
    teams.kick(teamId, ['anna']);
    await isClosed('kicked');
    teams.invite(teamId, ['anna']);
    await isClosed(null);
    await hasCount(3);
    teams.leave(teamId, 'anna');
    await isClosed('left');
    teams.invite(teamId, ['anna']);
    await isClosed(null);
    teams.dismiss(teamId);
    await isClosed('dismissed');
  });

  test('is asked again after a reconnect', async () => {
    const { anna, teamId, teams, isClosed } = await annaInTeam();
    const isAway = () => anna.core.manager.state.name !== 'online';
    const whileAway = async (action: () => unknown) => {
      anna.wx.network.set(false);
      await waitFor(isAway, { what: 'the link to be lost' });
      action();
      anna.wx.network.set(true);
      await waitFor(() => !isAway(), { what: 'the link to be back' });
    };
    await whileAway(() => teams.kick(teamId, ['anna']));
    await isClosed('outside');
    await whileAway(() => teams.invite(teamId, ['anna']));
    await isClosed(null);
    await whileAway(() => teams.ban(teamId, 'anna'));
    await isClosed('muted');
    await whileAway(() => teams.dismiss(teamId));
    await isClosed('dismissed');
  });

  test('closes after a refused message, when the event was lost', async () => {
    const { anna, id, teamId, isClosed } = await annaInTeam();
    const chat = anna.account.messages.open(id);
    await waitFor(() => chat.ready, { what: 'the first page' });
    world.emulator.world.teams.changeMember(teamId, 'anna', { chatBanned: true });
    chat.sendText('heard?');
    await isClosed('muted');
    chat.close();
  });

  test('is closed for an account that is not a member', async () => {
    const { anna, teams } = await annaInTeam();
    const { teamId } = teams.create({ kind, name: 'Others', owner: 'ben', members: ['chen'] });
    const id = `anna|${type}|${teamId}`;
    await waitFor(() => anna.account.closedOf(id) === 'outside', { what: 'the reason' });
  });
});
