import { useWeapp } from './phone';

const stage = useWeapp();

const MENTION =
  '{"yxAitMsg":{"anna":{"text":"@安娜 ","segments":[{"start":0,"end":3,"broken":false}]}}}';

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
      ...(i === 60 && { serverExtension: MENTION }),
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
  const line = await host.waitForNode({ className: 'nl' });
  expect(line.text).toBe('以下为新消息');
  expect(line.closest('msg')?.text).toContain('开会');
  expect(host.page.findAll({ className: 'nl' })).toHaveLength(1);
});

it('the line above the first unread message comes with the rows, and stays until the chat is left', async () => {
  const { world } = stage.emulator;
  world.sendMessage({ from: 'ben', to: 'anna', text: '读过' });
  const phone = await stage.phone();
  const { host } = phone;
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.openChat('本');
  await phone.bubble('读过');
  host.back();
  await host.waitForPage('pages/conversations/index');
  await phone.openChat('本');
  await phone.bubble('读过');
  expect(host.page.has({ className: 'nl' })).toBe(false);
  host.back();
  await host.waitForPage('pages/conversations/index');
  for (const text of ['一', '二', '三']) world.sendMessage({ from: 'ben', to: 'anna', text });
  await host.waitForNode({ className: 'badge', text: '3' });
  host.setData.keepJson = true;
  host.setData.reset();
  await phone.openChat('本');
  await phone.bubble('三');
  const lines = () =>
    host.page.findAll({ className: 'nl' }).map((node) => node.closest('msg')?.text ?? '');
  expect(lines()).toEqual([expect.stringMatching(/以下为新消息.*一/s)]);
  const sent = host.setData.snapshot().log.map(({ json }) => json);
  const withLine = sent.filter((json) => json.includes('以下为新消息'));
  expect(withLine).toHaveLength(1);
  expect(withLine[0]).toContain('三');

  host.setData.reset();
  world.sendMessage({ from: 'ben', to: 'anna', text: '四' });
  await phone.bubble('四');
  expect(lines()).toHaveLength(1);
  expect(host.setData.snapshot().calls).toBe(1);
  host.back();
  await host.waitForPage('pages/conversations/index');
  await phone.openChat('本');
  await phone.bubble('四');
  expect(lines()).toEqual([]);
});

it('two thousand unread messages: the line, the first, the end and three mentions', async () => {
  const { world } = stage.emulator;
  world.teams.createTeam({ teamId: '7001', name: '项目组', owner: 'ben', members: ['anna'] });
  const phone = await stage.phone();
  const { host } = phone;
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await host.waitForPage('pages/conversations/index');
  for (let i = 1; i <= 2000; i++)
    world.sendMessage({
      type: 'team',
      from: 'ben',
      to: '7001',
      text: i % 600 === 0 ? `@安娜 ${i}` : `消息 ${i}`,
      createTime: Date.now() - (2100 - i) * 1000,
      ...(i % 600 === 0 && { serverExtension: MENTION }),
    });
  await host.waitForNode({ className: 'conv-preview', text: /消息 2000/ });
  await phone.openChat('项目组');
  await phone.bubble('消息 2000');
  const pills = () => host.page.findAll({ className: 'unread-pill' });
  expect(pills()[1]?.text).toBe('3 条@我');
  for (const [i, left] of [
    [600, 'unread-pill'],
    [1200, 'unread-pill'],
    [1800, 'unread-pill unread-off'],
  ] as const) {
    pills()[1]?.tap();
    await phone.bubble(`@安娜 ${i}`);
    await host.waitFor(() => pills()[1]?.attr('class') === left, { what: 'the next mention' });
  }
  pills()[0]?.tap();
  await phone.bubble('消息 1');
  expect((await host.waitForNode({ className: 'nl' })).closest('msg')?.text).toContain('消息 1');
  (await host.waitForNode({ className: 'pill' })).tap();
  await phone.bubble('消息 2000');
  expect(host.page.has({ className: 'nl' })).toBe(false);
});
