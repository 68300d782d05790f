import { useWeapp } from './phone';

const MEETING = 'packages/meeting/index';
const stage = useWeapp();

describe('the meeting page of the built package', () => {
  it('explains without a kit the effect of reuse, and how to plug a kit in', async () => {
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForPage('pages/conversations/index');
    phone.host.tapTab('我');
    (await phone.host.waitForNode({ text: '会议与房间' })).closest('cell')?.tap();
    await phone.host.waitForPage(MEETING);
    await phone.host.waitForNode({ className: 'meeting-name', text: '尚未接入会议组件' });
    const titles = phone.host.page.findAll({ className: 'meeting-title' }).map(({ text }) => text);
    expect(titles).toEqual(['如何接入', '启用 IM 复用前后']);
    expect(phone.host.page.has({ className: 'button' })).toBe(false);
    expect(phone.wx.sockets.maxLive).toBe(1);
  });
});
