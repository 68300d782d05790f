import type { BareSdk } from '../harness';
import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const TEAM = '7001';
const TEMPLATE = 'template-of-mentions';

async function signedIn(): Promise<Phone> {
  stage.emulator.remoteConfig = { mentionTemplateId: TEMPLATE };
  const phone = await stage.phone();
  phone.wx.permissions.templates.add(TEMPLATE);
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.host.waitForPage('pages/conversations/index');
  return phone;
}

async function openSettings({ host }: Phone): Promise<void> {
  host.tapTab('我');
  (await host.waitForNode({ className: 'cell-title', text: '设置' })).closest('cell')?.tap();
  await host.waitForPage('packages/settings/index');
}

const entry = async ({ host }: Phone) =>
  (await host.waitForNode({ className: 'cell-title', text: '有人@我时通知我' })).closest('cell');

async function mention(ben: BareSdk, text: string): Promise<void> {
  const { V2NIMMessageCreator: creator, V2NIMMessageService: service } = ben.nim;
  const message = creator.createTextMessage(text);
  message.serverExtension = JSON.stringify({
    yxAitMsg: { anna: { text: '@安娜', segments: [{ start: 0, end: 3, broken: false }] } },
  });
  await service.sendMessage(message, `ben|2|${TEAM}`);
}

beforeEach(() => {
  const { world } = stage.emulator;
  world.teams.createTeam({ teamId: TEAM, name: '项目组', owner: 'anna', members: ['ben'] });
  world.sendMessage({ type: 'team', from: 'ben', to: TEAM, text: '开会' });
});

describe('"tell me when I am mentioned" in the built package', () => {
  it('sends at most as many messages as there are consents, and none while a client is online', async () => {
    const ben = await stage.other('ben');
    const phone = await signedIn();
    const { host } = phone;
    await openSettings(phone);
    await host.waitForNode({ className: 'cell-value', text: '未开启' });
    (await entry(phone))?.tap();
    await host.waitForNode({ className: 'cell-value', text: '还可通知 1 次' });
    (await entry(phone))?.tap();
    await host.waitForNode({ className: 'cell-value', text: '还可通知 2 次' });
    const { mentionAlerts, clients } = stage.emulator;
    await mention(ben, '@安娜 在线');
    expect(mentionAlerts.sent).toEqual([]);
    host.hide({ suspend: true });
    await host.waitFor(() => clients.list('anna').length === 0, { what: 'the end of the client' });
    for (const text of ['@安娜 一', '@安娜 二', '@安娜 三']) await mention(ben, text);
    expect(mentionAlerts.sent.map(({ data }) => data.thing3?.value)).toEqual([
      '@安娜 一',
      '@安娜 二',
    ]);
    expect(mentionAlerts.sent[0]).toEqual({
      to: 'anna',
      templateId: TEMPLATE,
      page: `packages/chat/index?conversationId=anna%7C2%7C${TEAM}`,
      data: { thing1: { value: '项目组' }, thing2: { value: '本' }, thing3: { value: '@安娜 一' } },
    });
  });

  it('says that it is not on after a refusal, a ban, and a switch in WeChat’s settings', async () => {
    const phone = await signedIn();
    const { host, wx } = phone;
    await openSettings(phone);
    wx.permissions.subscription = 'reject';
    (await entry(phone))?.tap();
    await host.waitFor(() => wx.ui.toasts[0]?.title.startsWith('没有开启'), { what: 'the text' });
    wx.permissions.subscription = 'ban';
    (await entry(phone))?.tap();
    await host.waitFor(() => wx.ui.toasts[1]?.title === '通知暂时不可用', { what: 'the ban' });
    wx.permissions.mainSwitch = false;
    (await entry(phone))?.tap();
    const modal = await host.waitFor(() => wx.ui.modal, { what: 'the way to the settings' });
    modal.confirm();
    await host.waitFor(() => wx.permissions.questions.includes('settings'), { what: 'the visit' });
    expect(stage.emulator.mentionAlerts.left('anna')).toBe(0);
  });

  it('the tap that sends in a team asks again when none is left, and once', async () => {
    const phone = await signedIn();
    const { host, wx } = phone;
    await openSettings(phone);
    (await host.waitForNode({ tag: 'switch', ariaLabel: '用完后在发送时询问' })).tap();
    host.back();
    host.tapTab(0);
    await phone.openChat('项目组');
    const asked = () => wx.permissions.questions.filter((each) => each === 'subscribe').length;
    const answers = () =>
      wx.requests.filter(
        ({ url, statusCode }) => url.endsWith('/mention-alerts') && statusCode === 200,
      );
    await host.waitFor(() => answers().length === 2, { what: 'the number' });
    await phone.send('一');
    await host.waitFor(() => stage.emulator.mentionAlerts.left('anna') === 1, {
      what: 'the consent',
    });
    await phone.send('二');
    await phone.bubble('二');
    expect(asked()).toBe(1);
  });

  it('is not offered without a template', async () => {
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForPage('pages/conversations/index');
    await openSettings(phone);
    await phone.host.waitForNode({ className: 'cell-title', text: '存储空间' });
    expect(phone.host.page.text()).not.toContain('有人@我时通知我');
  });
});

test('WeChat’s customer service has an entry where the app server says so', async () => {
  stage.emulator.remoteConfig = { customerServiceEnabled: true };
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  const { host } = phone;
  await host.waitForPage('pages/conversations/index');
  host.tapTab('我');
  const button = await host.waitForNode({ tag: 'button' });
  expect([button.text, button.attr('openType')]).toEqual(['联系客服', 'contact']);
});
