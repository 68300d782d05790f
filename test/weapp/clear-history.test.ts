import { waitFor } from '../harness';
import { useWeapp } from './phone';

const stage = useWeapp();
const TEAM = '7001';

async function inChat(name: string) {
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.openChat(name);
  return phone;
}

it('the history of a person is cleared on all clients of the account, and the chat stays', async () => {
  const { world } = stage.emulator;
  for (const text of ['一', '二']) world.sendMessage({ from: 'ben', to: 'anna', text });
  const desk = await stage.other('anna');
  const cleared: string[] = [];
  desk.nim.V2NIMMessageService.on('onClearHistoryNotifications', (all) =>
    cleared.push(...all.map(({ conversationId }) => conversationId)),
  );
  const pinned: { stickTop: boolean }[] = [];
  desk.nim.V2NIMLocalConversationService?.on('onConversationChanged', (all) => pinned.push(...all));
  const phone = await inChat('本');
  const { host, wx } = phone;
  await phone.bubble('二');
  void wx.wx.navigateTo({ url: '/packages/people/card/index?account=ben' });
  await host.waitForPage('packages/people/card/index');
  (await host.waitForNode({ tag: 'switch', ariaLabel: '置顶聊天' })).change(true);
  await waitFor(() => pinned.some(({ stickTop }) => stickTop), { what: 'the pin' });
  (await host.waitForNode({ className: 'cell-title', text: '清空聊天记录' }))
    .closest('cell')
    ?.tap();
  const question = await host.waitFor(() => wx.ui.modal, { what: 'the question' });
  expect(question.content).toContain('对方的记录不受影响');
  question.confirm();
  await host.waitFor(() => wx.ui.toast?.title === '已清空', { what: 'the toast' });
  host.back();
  await host.waitFor(() => phone.bubbles().length === 0, { what: 'the empty chat' });
  await waitFor(() => cleared.length === 1, { what: 'the other client' });
  world.sendMessage({ from: 'ben', to: 'anna', text: '三' });
  await phone.bubble('三');
  expect(phone.bubbles()).toEqual(['三']);
});

it('a refusal to clear the history of a team says why, and keeps the messages', async () => {
  const { world, faults } = stage.emulator;
  world.teams.createTeam({ teamId: TEAM, name: '项目组', owner: 'anna', members: ['ben'] });
  world.sendMessage({ type: 'team', from: 'ben', to: TEAM, text: '开会' });
  const phone = await inChat('项目组');
  const { host, wx } = phone;
  await phone.bubble('开会');
  faults.add({ kind: 'command', command: '30_18', code: 416, times: 1 });
  void wx.wx.navigateTo({ url: `/packages/team/settings/index?team=${TEAM}&type=1` });
  await host.waitForPage('packages/team/settings/index');
  // WeChat moves its switch at once: after a refusal there is a new switch with the old state.
  faults.add({ kind: 'command', command: '33_12', code: 403, times: 1 });
  const pin = () => host.page.find({ tag: 'switch', ariaLabel: '置顶聊天' });
  await host.waitForNode({ tag: 'switch', ariaLabel: '置顶聊天' });
  const before = pin().id;
  pin().change(true);
  await host.waitFor(() => pin().id !== before, { what: 'the new switch' });
  expect(pin().attr('checked')).toBe(false);
  (await host.waitForNode({ className: 'cell-title', text: '清空聊天记录' }))
    .closest('cell')
    ?.tap();
  (await host.waitFor(() => wx.ui.modal, { what: 'the question' })).confirm();
  await host.waitFor(() => wx.ui.toast?.title === '操作太频繁，请稍后再试', { what: 'the reason' });
  host.back();
  expect(phone.bubbles()).toEqual(['开会']);
});

it('a text is copied from the menu', async () => {
  stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '请把这句话抄下来 😀' });
  const phone = await inChat('本');
  (await phone.bubble('请把这句话抄下来 😀')).longPress();
  (await phone.menuItem('复制')).tap();
  await phone.host.waitFor(() => phone.wx.ui.clipboard === '请把这句话抄下来 😀', {
    what: 'the text on the clipboard',
  });
});
