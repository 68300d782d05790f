import { useWeapp } from './phone';

const stage = useWeapp();

it('a chat with many unread messages leads to the first and to the mentions', async () => {
  const { world } = stage.emulator;
  world.teams.createTeam({ teamId: '7001', name: '项目组', owner: 'ben', members: ['anna'] });
  world.sendMessage({ type: 'team', from: 'ben', to: '7001', text: '开会' });
  const phone = await stage.phone();
  const { host } = phone;
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await host.waitForNode({ className: 'conv-name', text: '项目组' });
  for (let i = 1; i <= 120; i++)
    world.sendMessage({
      type: 'team',
      from: 'ben',
      to: '7001',
      text: i === 60 ? '@安娜 来' : `消息 ${i}`,
      ...(i === 60 && {
        serverExtension:
          '{"yxAitMsg":{"anna":{"text":"@安娜 ","segments":[{"start":0,"end":3,"broken":false}]}}}',
      }),
    });
  await host.waitForNode({ className: 'conv-draft', text: '[有人@我]' });
  await host.waitForNode({ className: 'conv-preview', text: /消息 120/ });
  await phone.openChat('项目组');
  await phone.bubble('消息 120');
  const pills = () => host.page.findAll({ className: 'unread-pill' });
  expect(pills().map(({ text }) => text)).toEqual(['121 条新消息', '1 条@我']);

  const mention = pills()[1];
  mention?.tap();
  await phone.bubble('@安娜 来');
  await host.waitFor(() => pills()[1]?.attr('class') === 'unread-pill unread-off', {
    what: 'no more mentions',
  });
  pills()[0]?.tap();
  await phone.bubble('开会');
  await host.waitFor(() => pills()[0]?.attr('class') === 'unread-pill unread-off', {
    what: 'a hidden pill',
  });
});
