import { useWeapp } from './phone';

const stage = useWeapp();

describe('the built package says why a message was refused', () => {
  it('under the bubble, and sends a friend request where that helps', async () => {
    const { world } = stage.emulator;
    world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    world.messaging.friendsOnly = true;
    const ben = await stage.other('ben');
    const applications: unknown[] = [];
    ben.nim.V2NIMFriendService.on('onFriendAddApplication', (one) => void applications.push(one));
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.openChat('本');
    await phone.send('你好');
    const note = await phone.host.waitForNode({ className: 'why', text: /对方不是你的好友/ });
    expect(phone.host.page.has({ className: 'failed' })).toBe(true);
    note.find({ className: 'why-act' }).tap();
    await phone.host.waitFor(() => phone.wx.ui.toast?.title === '好友申请已发送', {
      what: 'the toast',
    });
    await phone.host.waitFor(() => applications.length > 0, { what: 'the request at ben' });
    expect(applications).toMatchObject([{ applicantAccountId: 'anna' }]);

    world.messaging.friendsOnly = false;
    world.messaging.antispamWords = ['坏'];
    await phone.send('坏话');
    await phone.host.waitForNode({ className: 'why', text: '消息包含违规内容' });
    // A message that waits for the link has no note.
    expect(phone.host.page.findAll({ className: 'why' })).toHaveLength(2);
  });
});
