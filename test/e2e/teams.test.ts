import { LOOKS, openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 300_000);
afterAll(() => stage.close());

const LONG = '周末骑行与露营兴趣小组 Weekend cycling and camping group of the whole district';

/** A team of the account with long texts, a muted member, a manager, and an application. */
function team(owner: string, manager: string, teamId: string): void {
  const { teams, world } = stage.emulator;
  for (const [accountId, name] of [
    ['muted', '被禁言的成员 With A Very Long Name That Does Not Fit'],
    ['asker', '申请人'],
  ] as const)
    world.addAccount({ accountId, name, token: '' });
  world.teams.createTeam({ teamId, name: LONG, owner, members: [manager, 'muted'] });
  teams.addManagers(teamId, [manager]);
  teams.ban(teamId, 'muted');
  teams.update(teamId, { intro: LONG.repeat(2), announcement: LONG.repeat(3) });
}

test.each(LOOKS)(
  'draws the pages of a team in $name, without an error or a cut text',
  async (look) => {
    const [left, right] = stage.pair;
    const teamId = look.name === 'light-zh-CN' ? '880001' : '880002';
    team(left, right, teamId);
    const query = `?team=${teamId}&type=1`;
    const pages: [name: string, route: string, shown: string][] = [
      ['list', '/packages/team/list/index', '.cell, .contact'],
      ['settings', `/packages/team/settings/index${query}`, '.tm-title'],
      ['code', `/packages/team/code/index${query}`, '.code-picture'],
      ['avatar', `/packages/team/avatar/index${query}`, '.tm-avatar-picture'],
      ['members', `/packages/team/members/index${query}`, '.tm-name'],
      ['invite', `/packages/team/pick/index${query}`, '.contact, .tm-name'],
      ['create', '/packages/team/pick/index', '.contact, .tm-name'],
      ['announcement', `/packages/team/edit/index${query}&field=announcement`, 'textarea'],
      ['requests', '/packages/team/requests/index', '.empty, .tm-name'],
      ['apply', '/packages/team/apply/index', '.tm-field'],
      ['ended', '/packages/team/settings/index?team=1&type=1', '.empty'],
    ];
    for (const [name, route, shown] of pages) {
      const opened = await stage.phone(left, { ...look, route });
      await opened.page.locator(shown).first().waitFor();
      await opened.shoot(`team-${name}-${look.name}`);
      expect(opened.errors).toEqual([]);
      await opened.context.close();
    }
  },
  240_000,
);
