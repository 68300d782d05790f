import { type Phone, useWeapp } from './phone';

const CALL = 'packages/call/index';
const LIST = 'pages/conversations/index';
const CHAT = 'packages/chat/index';

const stage = useWeapp();
const channels = () => stage.emulator.world.signalling.channels();

async function phoneOf(accountId: 'anna' | 'ben' | 'chen'): Promise<Phone> {
  const phone = await stage.phone();
  await phone.signIn('账号密码', accountId, `token-${accountId}`);
  await phone.host.waitForPage(LIST);
  return phone;
}

/** Starts two built packages and opens Anna's chat with Ben. */
async function twoPhones() {
  stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
  const anna = await phoneOf('anna');
  const ben = await phoneOf('ben');
  await anna.openChat('本');
  return { anna, ben };
}

/** Presses the call button of the chat and chooses the type of the call. */
async function call(phone: Phone, how: '视频通话' | '语音通话'): Promise<void> {
  (await phone.moreItem('more-call')).tap();
  const sheet = await phone.host.waitFor(() => phone.wx.ui.actionSheet, {
    what: 'the choice of the call type',
  });
  sheet.select(how === '视频通话' ? 0 : 1);
  await phone.host.waitForPage(CALL);
}

/** Starts two built packages and connects a call between Anna and Ben. */
async function talk() {
  const phones = await twoPhones();
  await call(phones.anna, '语音通话');
  (await phones.ben.host.waitForNode({ className: 'call-round', ariaLabel: '接听' })).tap();
  await phones.anna.host.waitForNode({ className: 'talk-timer' });
  await phones.ben.host.waitForNode({ className: 'talk-timer' });
  return phones;
}

const press = async (phone: Phone, label: string | RegExp) =>
  (await phone.host.waitForNode({ className: 'talk-action', ariaLabel: label })).tap();
const sheetGone = ({ host }: Phone) =>
  host.waitFor(() => !host.page.has({ className: 'call-sheet' }), {
    what: 'the call sheet to close',
  });
const note = (phone: Phone, text: string | RegExp) =>
  phone.host.waitForNode({ className: 'talk-note', text });

describe('two built packages call each other', () => {
  it('invites, rings over any page, accepts, mutes, hangs up, and leaves a record in both chats', async () => {
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
    // The call continues when the page is closed; the strip reopens the page.
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

  it('rejects from the sheet, and shows the rejection on both sides', async () => {
    const { anna, ben } = await twoPhones();
    await call(anna, '语音通话');
    (await ben.host.waitForNode({ className: 'call-round', ariaLabel: '拒绝' })).tap();
    await note(anna, '对方已拒绝');
    await sheetGone(ben);
    await anna.host.waitForPage(CHAT);
    await anna.bubble('语音通话 对方已拒绝');
    await ben.openChat('安娜');
    await ben.bubble('语音通话 已拒绝');
    expect(channels()).toEqual([]);
  });

  it('stops ringing when the caller cancels, and sends no setData to covered pages', async () => {
    const { anna, ben } = await twoPhones();
    await ben.openChat('安娜');
    ben.host.setData.reset();
    await call(anna, '视频通话');
    await ben.host.waitForNode({ className: 'call-sheet' });
    await press(anna, '取消');
    await sheetGone(ben);
    await anna.host.waitForPage(CHAT);
    await anna.bubble('视频通话 已取消');
    await ben.bubble('视频通话 对方已取消');
    expect(ben.host.setData.snapshot().hiddenCalls).toBe(0);
    expect(channels()).toEqual([]);
  });

  it('ends as busy when the callee is in a call, and the running call goes on', async () => {
    const { anna, ben } = await talk();
    stage.emulator.world.addAccount({ accountId: 'chen', name: '陈', token: 'token-chen' });
    stage.emulator.world.sendMessage({ from: 'anna', to: 'chen', text: '晚点打' });
    const chen = await phoneOf('chen');
    await chen.openChat('安娜');
    await call(chen, '语音通话');
    await note(chen, '对方忙线中');
    await chen.host.waitForPage(CHAT);
    await chen.bubble('语音通话 对方忙线中');
    expect(anna.host.page.has({ className: 'call-sheet' })).toBe(false);
    await press(anna, '麦克风 已开');
    await note(ben, '对方已静音');
    await press(anna, '挂断');
    await note(ben, '通话结束');
    await ben.host.waitForPage(LIST);
    expect(channels()).toEqual([]);
  });

  it('ends after 30 s of ringing without an answer, with a record on both sides', async () => {
    const { anna, ben } = await twoPhones();
    await call(anna, '语音通话');
    await ben.host.waitForNode({ className: 'call-sheet' });
    anna.host.elapse(29_000);
    await note(anna, '正在等待对方接受邀请…');
    expect(channels()).toHaveLength(1);
    anna.host.elapse(1_000);
    await note(anna, '无人接听');
    await sheetGone(ben);
    await anna.host.waitForPage(CHAT);
    await anna.bubble('语音通话 对方无应答');
    expect(channels()).toEqual([]);
  });

  it.each(['cancel first', 'accept first'])(
    'ends on both sides and leaves nothing open when cancelled and accepted in the same moment, %s',
    async (order) => {
      const { anna, ben } = await twoPhones();
      await call(anna, '语音通话');
      const accept = await ben.host.waitForNode({ className: 'call-round', ariaLabel: '接听' });
      const cancel = await anna.host.waitForNode({ className: 'talk-action', ariaLabel: '取消' });
      const taps = [() => cancel.tap(), () => accept.tap()];
      if (order === 'accept first') taps.reverse();
      for (const tap of taps) tap();
      await anna.host.waitForPage(CHAT);
      await ben.host.waitForPage(LIST);
      await sheetGone(ben);
      await anna.bubble('语音通话 已取消');
      await anna.host.waitFor(() => channels().length === 0, { what: 'the channel closed' });
    },
  );

  it('stops ringing when another client of the account answers, and shows the reason', async () => {
    const { anna, ben } = await twoPhones();
    const tablet = await phoneOf('ben');
    await call(anna, '语音通话');
    await ben.host.waitForNode({ className: 'call-sheet' });
    (await tablet.host.waitForNode({ className: 'call-round', ariaLabel: '接听' })).tap();
    await tablet.host.waitForPage(CALL);
    await anna.host.waitForNode({ className: 'talk-timer' });
    await sheetGone(ben);
    expect(ben.host.route).toBe(LIST);
    await ben.host.waitFor(() => ben.wx.ui.toast?.title === '已在其他设备接听', {
      what: 'the toast',
    });
    await press(anna, '挂断');
    await note(tablet, '通话结束');
    expect(channels()).toEqual([]);
  });

  it('goes on while the caller’s link is lost for 10 s', async () => {
    const { anna, ben } = await talk();
    const { faults } = stage.emulator;
    const { id } = faults.add({ kind: 'upgrade', how: 'status' });
    faults.cut({ accountId: 'anna' });
    const before = anna.wx.sockets.connects.length;
    /** Advances the time of both phones; the server's answers need real time. */
    const pass = async (ms: number, until = () => false) => {
      for (let passed = 0; passed < ms && !until(); passed += 100) {
        for (const { host } of [anna, ben]) host.elapse(100);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    await pass(10_000);
    expect(anna.wx.sockets.connects.length).toBeGreaterThanOrEqual(before + 2);
    expect(stage.emulator.clients.list('anna')).toEqual([]);
    faults.remove(id);
    const isBack = () => stage.emulator.clients.list('anna').length === 1;
    await pass(60_000, isBack);
    expect(isBack()).toBe(true);
    const [timer] = anna.host.page.findAll({ className: 'talk-timer' });
    expect(timer?.text).toMatch(/^(00:[1-5]|01:)\d/);
    await press(anna, '麦克风 已开');
    await note(ben, '对方已静音');
    await press(anna, '挂断');
    await note(ben, '通话结束');
    await ben.host.waitForPage(LIST);
    expect(channels()).toEqual([]);
  });
});
