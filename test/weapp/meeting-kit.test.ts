import { build } from '../../scripts/lib/build';
import type { KitInPackage } from '../kits/page-kit';
import { launchPhone, type Phone, useWeapp } from './phone';

const MEETING = 'packages/meeting/index';
const stage = useWeapp();
let dist = '';
const phones: Phone[] = [];

/** Builds the package of a product whose app plugs the kit in at the start. */
beforeAll(async () => {
  const { directory } = await build({
    target: 'weapp',
    app: { name: 'weapp-meeting-kit', sourceRoot: 'src' },
    env: { TARO_APP_MEETING_KIT: 'test/kits/page-kit.ts', TARO_APP_MEETING_KIT_AT_START: 'on' },
  });
  dist = directory;
}, 300_000);

afterEach(() => {
  for (const { host } of phones.splice(0)) {
    const { errors } = host;
    host.close();
    expect(errors).toEqual([]);
  }
});

async function openMeetings() {
  const kit: KitInPackage = { calls: [], sockets: () => 0 };
  const phone = await launchPhone(
    dist,
    stage.emulator,
    {},
    (wx) => (kit.sockets = () => wx.sockets.connects.length),
    { kitInPackage: kit },
  );
  phones.push(phone);
  await phone.signIn('账号密码', 'anna', 'token-anna');
  const { host } = phone;
  await host.waitForPage('pages/conversations/index');
  host.tapTab('我');
  (await host.waitForNode({ text: '会议与房间' })).closest('cell')?.tap();
  await host.waitForPage(MEETING);
  return { kit, phone, host };
}

const texts = ({ host }: Phone, className: string) =>
  host.page.findAll({ className }).map(({ text }) => text);

describe('the meeting page with a kit that is plugged in at the start', () => {
  it('wraps IM before the first socket, signs in over the IM login, and signs out', async () => {
    const { kit, phone, host } = await openMeetings();
    expect(kit.calls).toEqual(['reuseIM, 0 sockets']);
    await host.waitForNode({ className: 'meeting-name', text: '未登录会议' });
    await phone.press('登录会议');
    await host.waitForNode({ className: 'meeting-name', text: '已登录会议' });
    expect(kit.calls).toEqual(['reuseIM, 0 sockets', 'initialize', 'login somebody']);
    expect(phone.wx.sockets.maxLive).toBe(1);
    await phone.press('退出会议');
    await host.waitForNode({ className: 'meeting-name', text: '未登录会议' });
    expect(kit.calls.at(-1)).toBe('logout');
  });

  it.each([
    [100004, '请先登录 IM，再登录会议 (100004)', '确保 IM SDK 已经登录后再登录会议。'],
    [402, '会议账号未获授权 (402)', '在云信控制台确认已开通房间组件，并检查会议账号。'],
    [
      1026,
      '会议登录已过期，请重新登录会议 (1026)',
      '让服务端重新获取会议账号的 token，再登录一次。',
    ],
    [1027, '会议账号的凭证不正确 (1027)', '检查会议账号与 token 是否对应。'],
  ])('shows the code %i of the kit with the step and the remedy', async (code, said, remedy) => {
    const { kit, phone, host } = await openMeetings();
    kit.refusal = code;
    await phone.press('登录会议');
    await host.waitForNode({ className: 'meeting-trouble' });
    const trouble = texts(phone, 'meeting-trouble').join();
    for (const part of [said, '出错步骤 登录会议', `解决办法 ${remedy}`])
      expect(trouble).toContain(part);
    // A second attempt succeeds, and the error disappears.
    delete kit.refusal;
    await phone.press('登录会议');
    await host.waitForNode({ className: 'meeting-name', text: '已登录会议' });
    expect(host.page.has({ className: 'meeting-trouble' })).toBe(false);
  });

  it('shows 100005 for the room account of another IM account, which the kit accepts', async () => {
    const { kit, phone, host } = await openMeetings();
    kit.account = 'ben';
    await phone.press('登录会议');
    await host.waitForNode({ className: 'meeting-trouble' });
    expect(texts(phone, 'meeting-trouble').join()).toContain(
      '会议账号与当前 IM 账号不匹配 (100005)',
    );
    expect(kit.calls.slice(-2)).toEqual(['login somebody', 'logout']);
  });

  it('shows 100004 while IM is offline, and 112001 for joining anonymously', async () => {
    const { phone, host, kit } = await openMeetings();
    phone.wx.network.set(false);
    await host.waitForNode({ className: 'meeting-name', text: '等待 IM 连接' });
    await phone.press('登录会议');
    await host.waitForNode({ className: 'meeting-trouble' });
    expect(texts(phone, 'meeting-trouble').join()).toContain('(100004)');
    await phone.press('匿名入会');
    await host.waitFor(() => texts(phone, 'meeting-trouble').join().includes('(112001)'), {
      what: 'the refusal of an anonymous join',
    });
    expect(texts(phone, 'meeting-trouble').join()).toContain(
      '选择其他方法入会，或者关闭 IM 复用功能。',
    );
    expect(kit.calls).toEqual(['reuseIM, 0 sockets']);
  });

  it('compares the behaviour with and without reuse, row by row', async () => {
    const { phone, host } = await openMeetings();
    await host.waitForNode({ className: 'meeting-row' });
    expect(texts(phone, 'meeting-row')).toEqual([
      expect.stringMatching(
        /初始化.*关闭: 组件自动初始化 IM SDK.*启用（本应用）: 组件不初始化，由应用负责/,
      ),
      expect.stringMatching(
        /登录.*关闭: 取会议账号对应的 IM 账号，自动登录 IM SDK.*启用（本应用）: 不登录 IM/,
      ),
      expect.stringMatching(/匿名入会.*关闭: 支持.*启用（本应用）: 不支持/),
    ]);
  });
});
