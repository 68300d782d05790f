import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const TEAM = '7001';

beforeEach(() => {
  const { world } = stage.emulator;
  world.addAccount({ accountId: 'chen', name: '陈', token: 'token-chen' });
  world.teams.createTeam({ teamId: TEAM, name: '项目组', owner: 'anna', members: ['ben', 'chen'] });
  const ben = world.teams.member(TEAM, 'ben');
  if (ben) ben.teamNick = '队长';
  world.sendMessage({ type: 'team', from: 'ben', to: TEAM, text: '开会' });
  world.sendMessage({ type: 'team', from: 'chen', to: TEAM, text: '收到' });
});

/** Returns the names above the bubbles, oldest first; the history container is laid out in reverse. */
const names = ({ host }: Phone) =>
  ['history', 'live'].flatMap((container) => {
    const found = host.page.find({ className: container }).findAll({ className: 'who' });
    const shown = found.map(({ text }) => text);
    return container === 'history' ? shown.reverse() : shown;
  });

describe('a team chat in the built package', () => {
  it('shows the name of the team, the names of the senders, and notices as text', async () => {
    const { world } = stage.emulator;
    const account = world.account.bind(world);
    const asked: string[] = [];
    world.account = (accountId) => {
      asked.push(accountId);
      return account(accountId);
    };
    const phone = await stage.phone();
    const { host } = phone;
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.openChat('项目组');
    await phone.bubble('收到');
    await host.waitFor(() => host.title === '项目组（3）', {
      what: 'the name of the team as title',
    });
    await host.waitFor(() => names(phone).join() === '队长,陈', {
      what: 'the names of the senders',
    });
    await phone.send('好');
    await phone.bubble('好');
    expect(names(phone)).toEqual(['队长', '陈']);

    world.sendMessage({
      type: 'team',
      from: 'ben',
      to: TEAM,
      messageType: 5,
      attachment: JSON.stringify({
        id: 3,
        data: { id: 'ben', tinfo: { 1: Number(TEAM), 3: '大项目组', 12: Date.now() } },
      }),
    });
    await host.waitForNode({ className: 'note-text', text: '队长将群名称改为“大项目组”' });
    await host.waitFor(() => host.title === '大项目组（3）', { what: 'the new name as title' });
    host.back();
    await host.waitForNode({ className: 'conv-name', text: '大项目组' });
    // The team's id is not requested as an account.
    expect(asked).toContain('chen');
    expect(asked).not.toContain(TEAM);
  });

  it('closes the composer with the reason, and opens it when the reason ends', async () => {
    const { teams } = stage.emulator;
    const phone = await stage.phone();
    const { host } = phone;
    await phone.signIn('账号密码', 'anna', 'token-anna');
    teams.transferOwner(TEAM, 'ben');
    await phone.openChat('项目组');
    const closed = (text: string) => host.waitForNode({ className: 'closed-text', text });
    const open = () => host.waitForNode({ tag: 'textarea' });

    teams.ban(TEAM, 'anna');
    await closed('你已被禁言');
    expect(host.page.maybe({ tag: 'textarea' })).toBeUndefined();
    // Without a composer nothing can be answered.
    const items = async () => {
      (await phone.bubble('收到')).longPress();
      await host.waitForNode({ className: 'menu' });
      const texts = host.page.findAll({ className: 'menu-item' }).map(({ text }) => text);
      host.page.find({ className: 'menu-mask' }).tap();
      return texts;
    };
    expect(await items()).not.toContain('回复');
    teams.ban(TEAM, 'anna', false);
    await open();
    expect(await items()).toContain('回复');
    teams.update(TEAM, { chatBannedMode: 1 });
    await closed('全员禁言中，只有群主和管理员可以发言');
    teams.update(TEAM, { chatBannedMode: 0 });
    await open();
    teams.kick(TEAM, ['chen']);
    await host.waitFor(() => host.title === '项目组（2）', { what: 'the new number of members' });
    teams.kick(TEAM, ['anna']);
    await closed('你已被移出该群聊');
    teams.invite(TEAM, ['anna']);
    await open();
    teams.dismiss(TEAM);
    await closed('该群聊已解散');
  });
});
