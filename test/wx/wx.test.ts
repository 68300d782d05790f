import { createWx, type WxHandle, type WxOptions } from '.';
import { failureOf } from './failure-of';

let handle: WxHandle;

afterEach(() => handle.dispose());

const make = (options: WxOptions = {}) => (handle = createWx(options));

test('network changes reach listeners, and off removes only its argument', async () => {
  const { wx, network } = make();
  const heard: string[] = [];
  const first = () => heard.push('first');
  const second = () => heard.push('second');
  wx.onNetworkStatusChange(first);
  wx.onNetworkStatusChange(second);
  wx.offNetworkStatusChange(first);
  network.set(false);
  expect(heard).toEqual([]);
  expect(await wx.getNetworkType()).toMatchObject({ networkType: 'none' });
  expect(heard).toEqual(['second']);
});

test("app show and hide, login, modal and action sheet follow the user's answers", async () => {
  const { wx, app, ui } = make({ loginCode: 'code-7' });
  const heard: string[] = [];
  wx.onAppHide(() => heard.push('hide'));
  wx.onAppShow(() => heard.push('show'));
  app.hide();
  app.hide();
  app.show();
  expect(heard).toEqual(['hide', 'show']);
  expect((await wx.login()).code).toBe('code-7');

  const asked = wx.showModal({ title: 'Delete?', content: '' });
  await new Promise((resolve) => setImmediate(resolve));
  ui.modal?.confirm();
  expect(await asked).toMatchObject({ confirm: true, cancel: false });
  expect(await failureOf(wx.showModal({ confirmText: 'too long' }))).toMatchObject({
    errMsg: expect.stringContaining('4 Chinese characters') as string,
  });
  const sheet = wx.showActionSheet({ itemList: ['Copy', 'Recall'] });
  await new Promise((resolve) => setImmediate(resolve));
  ui.actionSheet?.select('Recall');
  expect((await sheet).tapIndex).toBe(1);
});

test('the fake records the name of an unknown function', () => {
  const { wx, unknownApis } = make();
  expect((wx as unknown as Record<string, unknown>).getSomethingNew).toBeUndefined();
  expect([...unknownApis]).toEqual([['getSomethingNew', 1]]);
});
