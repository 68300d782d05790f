import { useWeapp } from './phone';

const LIST = 'pages/conversations/index';
/** A picture of one pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

/** V2NIMMessageType of a picture. */
const IMAGE = 1;

const stage = useWeapp();

async function inChat() {
  stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.host.waitForPage(LIST);
  await phone.openChat('本');
  await phone.bubble('在吗');
  return phone;
}

describe('the "+" panel of a chat in the built package', () => {
  it('opens with a tap, and gives its button to "send" while there is text', async () => {
    const { host } = await inChat();
    const items = () => host.page.findAll({ className: 'more-item' });
    expect(items()).toHaveLength(0);
    const plus = await host.waitForNode({ className: 'tool-more', ariaLabel: '更多' });
    plus.tap();
    await host.waitFor(() => items().length > 0, { what: 'the panel' });
    expect(items().map(({ text }) => text)).toEqual([
      '照片',
      '拍摄',
      '视频通话',
      '文件',
      '位置',
      '名片',
      '常用语',
      '查找记录',
      '按日期',
      '标记',
      '发起群聊',
    ]);
    host.page.find({ tag: 'textarea' }).input('你好');
    await host.waitForNode({ className: 'composer-send' });
    expect(plus.closest('composer-no-send')).toBeDefined();
    plus.tap();
    await host.waitFor(() => items()[0]?.closest('panel-closed'), { what: 'the closed panel' });
  });

  it.each(['more-album', 'more-camera'])('%s sends the chosen picture', async (className) => {
    const phone = await inChat();
    const ben = await stage.other('ben');
    phone.wx.media.willPick({ bytes: Buffer.from(PIXEL, 'base64'), extension: 'png' });
    (await phone.moreItem(className)).tap();
    await phone.host.waitFor(() => ben.received.some(({ messageType }) => messageType === IMAGE), {
      what: 'the picture at ben',
    });
  });
});
