import { type Phone, useWeapp } from './phone';

const CALL = 'packages/call/index';
const LIST = 'pages/conversations/index';
const CHAT = 'pages/chat/index';

const stage = useWeapp();
const channels = () => stage.emulator.world.signalling.channels();

async function phoneOf(accountId: 'anna' | 'ben'): Promise<Phone> {
  const phone = await stage.phone();
  await phone.signIn('账号密码', accountId, `token-${accountId}`);
  await phone.host.waitForPage(LIST);
  return phone;
}

/** Two built packages; anna has opened her chat with ben. */
async function twoPhones() {
  stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
  const anna = await phoneOf('anna');
  const ben = await phoneOf('ben');
  await anna.openChat('本');
  return { anna, ben };
}

/** Presses the telephone in the chat and chooses. */
async function call(phone: Phone, how: '视频通话' | '语音通话'): Promise<void> {
  (await phone.host.waitForNode({ className: 'composer-call' })).tap();
  const sheet = await phone.host.waitFor(() => phone.wx.ui.actionSheet, {
    what: 'the question how',
  });
  sheet.select(how === '视频通话' ? 0 : 1);
  await phone.host.waitForPage(CALL);
}

const press = async (phone: Phone, label: string | RegExp) =>
  (await phone.host.waitForNode({ className: 'talk-action', ariaLabel: label })).tap();
const note = (phone: Phone, text: string | RegExp) =>
  phone.host.waitForNode({ className: 'talk-note', text });

describe('two built packages call each other', () => {
  it('invites, rings over any page, accepts, mutes, hangs up, and leaves a line in both chats', async () => {
    const { anna, ben } = await twoPhones();
    await call(anna, '视频通话');
    await note(anna, '正在等待对方接受邀请…');
    await ben.host.waitForNode({ className: 'call-name', text: '安娜' });
    await ben.host.waitForNode({ className: 'call-note', text: '邀请你视频通话' });
    expect(ben.wx.ui.vibrations).toContain('long');
    (await ben.host.waitForNode({ className: 'call-round', ariaLabel: '接听' })).tap();
    await ben.host.waitForPage(CALL);
    await anna.host.waitForNode({ className: 'talk-timer' });
    await ben.host.waitForNode({ className: 'talk-timer', text: /^00:0\d$/ });

    await press(anna, '麦克风 已开');
    await note(ben, '对方已静音');
    await press(ben, '切到语音');
    await anna.host.waitForNode({ className: 'talk-label', text: '切到视频' });
    // Leaving the page does not end the call; the strip leads back.
    ben.host.back();
    (await ben.host.waitForNode({ className: 'call-strip', text: '语音通话中，点击返回' })).tap();
    await ben.host.waitForPage(CALL);

    await press(ben, '挂断');
    await note(anna, '通话结束');
    await anna.host.waitForPage(CHAT);
    await ben.host.waitForPage(LIST);
    await anna.host.waitForNode({ className: 'bubble', text: /^语音通话 00:0\d$/ });
    await ben.host.waitForNode({ className: 'conv-preview', text: '[通话]' });
    expect(channels()).toEqual([]);
    expect([anna.wx.sockets.maxLive, ben.wx.sockets.maxLive]).toEqual([1, 1]);
  });

  it('rejects from the sheet, and says so on both sides', async () => {
    const { anna, ben } = await twoPhones();
    await call(anna, '语音通话');
    (await ben.host.waitForNode({ className: 'call-round', ariaLabel: '拒绝' })).tap();
    await note(anna, '对方已拒绝');
    await ben.host.waitFor(() => !ben.host.page.has({ className: 'call-sheet' }), {
      what: 'the sheet to go',
    });
    await anna.host.waitForPage(CHAT);
    await anna.bubble('语音通话 对方已拒绝');
    await ben.openChat('安娜');
    await ben.bubble('语音通话 已拒绝');
    expect(channels()).toEqual([]);
  });

  it('stops ringing when the caller gives up, and draws nothing on pages behind', async () => {
    const { anna, ben } = await twoPhones();
    await ben.openChat('安娜');
    ben.host.setData.reset();
    await call(anna, '视频通话');
    await ben.host.waitForNode({ className: 'call-sheet' });
    await press(anna, '取消');
    await ben.host.waitFor(() => !ben.host.page.has({ className: 'call-sheet' }), {
      what: 'the sheet to go',
    });
    await anna.host.waitForPage(CHAT);
    await anna.bubble('视频通话 已取消');
    await ben.bubble('视频通话 对方已取消');
    expect(ben.host.setData.snapshot().hiddenCalls).toBe(0);
    expect(channels()).toEqual([]);
  });

  it('goes on while the caller has no link', async () => {
    const { anna, ben } = await twoPhones();
    await call(anna, '语音通话');
    (await ben.host.waitForNode({ className: 'call-round', ariaLabel: '接听' })).tap();
    await anna.host.waitForNode({ className: 'talk-timer' });
    stage.emulator.faults.cut({ accountId: 'anna' });
    await anna.host.waitFor(
      () =>
        stage.emulator.clients.list('anna').length === 1 && stage.emulator.log.logins.length > 2,
      { what: 'the new link' },
    );
    await press(anna, '麦克风 已开');
    await note(ben, '对方已静音');
    await press(anna, '挂断');
    await note(ben, '通话结束');
    await ben.host.waitForPage(LIST);
    expect(channels()).toEqual([]);
  });
});
