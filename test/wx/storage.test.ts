import { createWx, type WxHandle, type WxOptions } from '.';
import { failureOf } from './failure-of';

let handle: WxHandle;

afterEach(() => handle.dispose());

const make = (options: WxOptions = {}) => (handle = createWx(options));

test("storage copies values, misses a key as WeChat does, and keeps WeChat's limits", async () => {
  const { wx, storage } = make();
  const value = { list: [1] };
  wx.setStorageSync('k', value);
  value.list.push(2);
  expect(wx.getStorageSync('k')).toEqual({ list: [1] });
  expect(wx.getStorageSync('none')).toBe('');
  expect(await failureOf(wx.getStorage({ key: 'none' }))).toEqual({
    errMsg: 'getStorage:fail data not found',
  });
  expect(() => wx.setStorageSync('big', 'x'.repeat(1024 * 1024))).toThrow(
    'entry size limit reached',
  );
  for (let n = 0; n < 10; n += 1) wx.setStorageSync(`part${n}`, 'x'.repeat(1_040_000));
  expect(() => wx.setStorageSync('last', 'x'.repeat(200_000))).toThrow(
    'exceed storage max size 10Mb',
  );
  expect(wx.getStorageInfoSync().keys).toContain('part9');
  expect(createWx({ storage }).wx.getStorageSync('k')).toEqual({ list: [1] });
});

test('broken storage throws or fails at every call that the test names', async () => {
  const { wx, options, storage } = make();
  wx.setStorageSync('k', 'v');
  options.storageFault = (operation) => `${operation} DB data fail`;
  expect(() => wx.setStorageSync('k', 'w')).toThrow('setStorageSync:fail set DB data fail');
  expect(() => wx.getStorageSync('k')).toThrow('getStorageSync:fail get DB data fail');
  expect(() => wx.removeStorageSync('k')).toThrow('removeStorageSync:fail remove DB data fail');
  expect(() => wx.getStorageInfoSync()).toThrow('getStorageInfoSync:fail info DB data fail');
  expect(await failureOf(wx.setStorage({ key: 'k', data: 'w' }))).toEqual({
    errMsg: 'setStorage:fail set DB data fail',
  });
  expect([...storage]).toEqual([['k', 'v']]);
});
