import { useWeapp } from './phone';

const stage = useWeapp();
const PAGE = 'packages/chat/phrases/index';

it('phrases are added, written at the caret by a tap, deleted, and gone after the sign-out', async () => {
  stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
  const storage = new Map<string, unknown>();
  const phone = await stage.phone({ storage, loginCode: 'demo:anna' });
  await phone.press('微信一键登录');
  const { host, wx } = phone;
  await phone.openChat('本');
  const open = async () => {
    (await phone.moreItem('more-phrases')).tap();
    await host.waitForPage(PAGE);
  };
  const add = async (phrase: string) => {
    await phone.press('添加常用语');
    const dialog = await host.waitFor(() => wx.ui.modal, { what: 'the dialog' });
    expect(dialog.editable).toBe(true);
    dialog.confirm(phrase);
  };
  await open();
  await host.waitForNode({ className: 'empty-title', text: '没有常用语' });
  for (const phrase of ['马上到', '稍等一下']) {
    await add(phrase);
    await host.waitForNode({ className: 'ph-text', text: phrase });
  }
  expect(host.page.findAll({ className: 'ph-text' }).map(({ text }) => text)).toEqual([
    '稍等一下',
    '马上到',
  ]);
  (await host.waitForNode({ className: 'ph-text', text: '马上到' })).closest('kept-text')?.tap();
  await host.waitForPage('packages/chat/index');
  const field = host.page.find({ tag: 'textarea' });
  await host.waitFor(() => field.attr('value') === '马上到', { what: 'the written phrase' });
  (await host.waitForNode({ className: 'composer-send' })).tap();
  await phone.bubble('马上到');

  await open();
  (await host.waitForNode({ className: 'kept-off' })).tap();
  (await host.waitFor(() => wx.ui.modal, { what: 'the question' })).confirm();
  await host.waitFor(() => host.page.findAll({ className: 'ph-text' }).length === 1, {
    what: 'the list without the phrase',
  });
  expect(JSON.stringify([...storage])).toContain('phrases.anna');
  host.back();
  host.back();
  host.tapTab('我');
  (await host.waitForNode({ text: '退出登录' })).closest('button')?.tap();
  (await host.waitFor(() => wx.ui.modal, { what: 'the question' })).confirm();
  await host.waitForPage('pages/login/index');
  expect(JSON.stringify([...storage])).not.toMatch(/phrases|马上到/);
});
