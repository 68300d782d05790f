import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const TEAM = '7001';

beforeEach(() => {
  const { world } = stage.emulator;
  world.addAccount({ accountId: 'chen', name: '陈', token: 'token-chen' });
  world.teams.create({ teamId: TEAM, name: '项目组', owner: 'anna', members: ['ben', 'chen'] });
  const ben = world.teams.member(TEAM, 'ben');
  if (ben) ben.teamNick = '队长';
  world.sendMessage({ type: 'team', from: 'ben', to: TEAM, text: '开会' });
  world.sendMessage({ type: 'team', from: 'chen', to: TEAM, text: '收到' });
});

/** Above the bubbles, oldest first: the history container is laid out in reverse. */
const names = ({ host }: Phone) =>
  ['history', 'live'].flatMap((container) => {
    const found = host.page.find({ className: container }).findAll({ className: 'who' });
    const shown = found.map(({ text }) => text);
    return container === 'history' ? shown.reverse() : shown;
  });

describe('a team chat in the built package', () => {
  it('has the name of the team, the names of the writers, and notices in words', async () => {
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
    await host.waitFor(() => host.title === '项目组', { what: 'the name of the team as title' });
    await host.waitFor(() => names(phone).join() === '队长,陈', {
      what: 'the names of the writers',
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
    await host.waitFor(() => host.title === '大项目组', { what: 'the new name as title' });
    host.back();
    await host.waitForNode({ className: 'conv-name', text: '大项目组' });
    // A team is no account.
    expect(asked).toContain('chen');
    expect(asked).not.toContain(TEAM);
  });
});
