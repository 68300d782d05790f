import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const TEAM = '7001';
const CHAT = 'packages/chat/index';
const MEMBERS = 'packages/chat/mention/index';

beforeEach(() => {
  const { world } = stage.emulator;
  world.addAccount({ accountId: 'chen', name: '陈', token: 'token-chen' });
  world.teams.createTeam({ teamId: TEAM, name: '项目组', owner: 'ben', members: ['anna', 'chen'] });
  const ben = world.teams.member(TEAM, 'ben');
  if (ben) ben.teamNick = '队长';
  world.sendMessage({ type: 'team', from: 'ben', to: TEAM, text: '开会' });
});

async function inTeam(): Promise<Phone> {
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.openChat('项目组');
  await phone.bubble('开会');
  return phone;
}

const field = ({ host }: Phone) => host.page.find({ tag: 'textarea' });
const members = ({ host }: Phone) =>
  host.page.findAll({ className: 'contact' }).map(({ text }) => text);

async function choose(phone: Phone, name: string): Promise<void> {
  const { host } = phone;
  await host.waitForPage(MEMBERS);
  (await host.waitForNode({ className: 'contact', text: name })).tap();
  await host.waitForPage(CHAT);
}

describe('mentions in a team chat of the built package', () => {
  it('are chosen after a typed @, sent in the format of the kits, and deleted as a whole', async () => {
    const ben = await stage.other('ben');
    const phone = await inTeam();
    const { host } = phone;
    field(phone).input('@');
    await host.waitForPage(MEMBERS);
    await host.waitFor(() => members(phone).sort().join() === '@所有人,队队长,陈陈', {
      what: 'all and two members',
    });
    await choose(phone, '队队长');
    await host.waitFor(() => field(phone).value === '@队长 ', { what: 'the mention in the field' });

    field(phone).input('@队长');
    await host.waitFor(() => field(phone).value === '', { what: 'a field without the mention' });

    field(phone).input('看@');
    await choose(phone, '@所有人');
    await host.waitFor(() => field(phone).value === '看@所有人 ', { what: 'a mention of all' });
    (await host.waitForNode({ className: 'composer-send' })).tap();
    const arrived = () =>
      ben.received.filter(({ isSelf, senderId }) => !isSelf && senderId === 'anna');
    await host.waitFor(() => arrived().length > 0, { what: 'the message at the receiver' });
    expect(arrived()).toMatchObject([
      {
        text: '看@所有人 ',
        serverExtension:
          '{"yxAitMsg":{"ait_all":{"text":"@所有人 ","segments":[{"start":1,"end":5,"broken":false}]}}}',
      },
    ]);
    await host.waitForNode({ className: 'at', text: '@所有人' });
  });

  it('are written by a long press on an avatar, and kept in the draft', async () => {
    const phone = await inTeam();
    const { host } = phone;
    await host.waitForNode({ className: 'who', text: '队长' });
    const avatar = await host.waitForNode({ className: 'av-s' });
    avatar.longPress();
    await host.waitFor(() => field(phone).value === '@队长 ', { what: 'the mention in the field' });
    host.back();
    await host.waitForNode({ className: 'conv-draft' });
    await phone.openChat('项目组');
    await host.waitFor(() => field(phone).value === '@队长 ', { what: 'the draft in the field' });
    field(phone).input('@队长');
    await host.waitFor(() => field(phone).value === '', { what: 'a field without the mention' });
  });

  it('are told in the list in red, until they are read', async () => {
    const { world } = stage.emulator;
    const phone = await stage.phone();
    const { host } = phone;
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await host.waitForNode({ className: 'conv-name', text: '项目组' });
    world.sendMessage({
      type: 'team',
      from: 'ben',
      to: TEAM,
      text: '@安娜 来',
      serverExtension:
        '{"yxAitMsg":{"anna":{"text":"@安娜 ","segments":[{"start":0,"end":3,"broken":false}]}}}',
    });
    await host.waitForNode({ className: 'conv-draft', text: '[有人@我]' });
    await phone.openChat('项目组');
    await phone.bubble('@安娜 来');
    host.back();
    await host.waitFor(
      () => host.route.startsWith('pages/') && !host.page.maybe({ className: 'conv-draft' }),
      { what: 'a row without the mention' },
    );
  });

  it('offer all members only to managers, where the team says so', async () => {
    stage.emulator.world.teams.changeTeam(TEAM, { 18: '{"yxAllowAt":"manager"}' });
    const phone = await inTeam();
    const { host } = phone;
    field(phone).input('@');
    await host.waitForPage(MEMBERS);
    await host.waitFor(() => members(phone).length === 2, { what: 'the members' });
    const search = host.page.find({ className: 'search-field' });
    search.input('陈');
    await host.waitFor(() => members(phone).join() === '陈陈', { what: 'the found member' });
    search.input('没有');
    await host.waitForNode({ className: 'no-match' });
  });
});
