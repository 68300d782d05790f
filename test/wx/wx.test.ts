import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createWx, type WxHandle, type WxOptions } from '.';

interface Seen {
  method: string;
  url: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}
interface Failure {
  errMsg: string;
  errno?: number;
}

let server: http.Server;
let port: number;
let handle: WxHandle;

beforeAll(async () => {
  server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      if (url.startsWith('/hang')) return;
      if (url.startsWith('/html')) return void response.writeHead(502).end('<html>bad</html>');
      const seen: Seen = { method, url, headers, body: Buffer.concat(chunks).toString() };
      response.setHeader('X-Mixed-Case', 'kept').end(JSON.stringify(seen));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterEach(() => handle.dispose());
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const toServer = (url: string) => url.replace(/^https?:\/\/[^/]+/, `http://127.0.0.1:${port}`);
const make = (options: WxOptions = {}) => (handle = createWx({ resolve: toServer, ...options }));
type Asked = Omit<WechatMiniprogram.RequestOption, 'success' | 'fail' | 'complete'>;
const request = (asked: Asked) =>
  new Promise<WechatMiniprogram.RequestSuccessCallbackResult>((success, fail) =>
    handle.wx.request({ ...asked, success, fail }),
  );
const body = async (asked: Asked) => (await request(asked)).data as unknown as Seen;
const failureOf = async (work: Promise<unknown>): Promise<Failure> =>
  work.then(
    () => ({ errMsg: 'no failure' }),
    (error: unknown) => error as Failure,
  );

describe('request', () => {
  test('GET data is the query, POST data is JSON, or a form when the header says so', async () => {
    make();
    const url = 'https://api.example/path';
    expect(await body({ url, data: { a: '1 2' } })).toMatchObject({
      method: 'GET',
      url: '/path?a=1%202',
    });
    expect(await body({ url, method: 'POST', data: { a: 1 } })).toMatchObject({ body: '{"a":1}' });
    const header = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect(await body({ url, method: 'POST', header, data: { a: '&' } })).toMatchObject({
      body: 'a=%26',
    });
  });

  test('any status is a success, text stays text, header names keep their case', async () => {
    make();
    const answer = await request({ url: 'https://api.example/html' });
    expect(answer).toMatchObject({
      statusCode: 502,
      data: '<html>bad</html>',
      errMsg: 'request:ok',
    });
    const plain = await request({ url: 'https://api.example/', dataType: '其他' as 'json' });
    expect(typeof plain.data).toBe('string');
    expect(plain.header).toHaveProperty('X-Mixed-Case', 'kept');
  });

  test('time-out is errno 5, abort and refusals have their own texts', async () => {
    make({ legalHosts: { request: ['https://api.example', 'https://ported.example:443'] } });
    expect(await failureOf(request({ url: 'https://api.example/hang', timeout: 40 }))).toEqual({
      errMsg: 'request:fail timeout',
      errno: 5,
    });
    const aborted = new Promise<Failure>((resolve) => {
      const task = handle.wx.request({ url: 'https://api.example/hang', fail: resolve });
      setTimeout(() => task.abort(), 20);
    });
    expect((await aborted).errMsg).toBe('request:fail abort');
    // https entries are exact about the port: `:443` and none are two different hosts.
    for (const url of [
      'https://other.example/',
      'https://api.example:443/',
      'https://ported.example/',
    ]) {
      expect((await failureOf(request({ url }))).errMsg).toBe(
        'request:fail url not in domain list',
      );
    }
    await request({ url: 'https://ported.example:443/' });
    handle.network.set(false);
    expect((await failureOf(request({ url: 'https://api.example/' }))).errMsg).toMatch(
      /INTERNET_DISCONNECTED/,
    );
    expect(handle.requests.map((each) => each.statusCode)).toContain(200);
  });

  test('callbacks never run inside the call, complete comes after success, errors stop nothing', async () => {
    make();
    const order: string[] = [];
    await new Promise<void>((resolve) => {
      handle.wx.request({
        url: 'https://api.example/',
        success: () => {
          order.push('success');
          throw new Error('in the app');
        },
        complete: () => {
          order.push('complete');
          resolve();
        },
      });
      order.push('returned');
    });
    expect(order).toEqual(['returned', 'success', 'complete']);
    expect(handle.errors).toHaveLength(1);
  });
});

test('uploadFile sends multipart with progress, downloadFile leaves a readable file', async () => {
  make();
  const filePath = handle.files.add('picture bytes', 'jpg');
  const steps: number[] = [];
  const answer = await new Promise<WechatMiniprogram.UploadFileSuccessCallbackResult>(
    (success, fail) => {
      const url = 'https://up.example/put';
      const formData = { token: 't1' };
      const task = handle.wx.uploadFile({ url, filePath, name: 'image', formData, success, fail });
      task.onProgressUpdate(({ progress }) => steps.push(progress));
    },
  );
  const seen = JSON.parse(answer.data) as Seen;
  expect(seen.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
  expect(seen.body).toContain('name="token"\r\n\r\nt1\r\n');
  expect(seen.body).toContain('name="image"; filename="1.jpg"');
  expect(seen.body).toContain('picture bytes');
  expect(steps.at(-1)).toBe(100);

  const path = await new Promise<string>((resolve, fail) =>
    handle.wx.downloadFile({
      url: 'https://down.example/a.json',
      success: ({ tempFilePath }) => resolve(tempFilePath),
      fail,
    }),
  );
  expect(handle.wx.getFileSystemManager().readFileSync(path, 'utf8')).toContain('"/a.json"');
});

test('storage copies values, misses as WeChat misses, and keeps its limits', async () => {
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

test('storage that is broken throws, or fails, at every call it is told to', async () => {
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

test('network changes reach listeners, off takes its argument seriously', async () => {
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

test('app show and hide, login, modal and action sheet as the user answers them', async () => {
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
  await new Promise((resolve) => setTimeout(resolve, 0));
  ui.modal?.confirm();
  expect(await asked).toMatchObject({ confirm: true, cancel: false });
  expect(await failureOf(wx.showModal({ confirmText: 'too long' }))).toMatchObject({
    errMsg: expect.stringContaining('4 Chinese characters') as string,
  });
  const sheet = wx.showActionSheet({ itemList: ['Copy', 'Recall'] });
  await new Promise((resolve) => setTimeout(resolve, 0));
  ui.actionSheet?.select('Recall');
  expect((await sheet).tapIndex).toBe(1);
});

test('an unknown function is missing and its name is kept', () => {
  const { wx, unknownApis } = make();
  expect((wx as unknown as Record<string, unknown>).getSomethingNew).toBeUndefined();
  expect([...unknownApis]).toEqual([['getSomethingNew', 1]]);
});
