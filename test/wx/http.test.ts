import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createWx, type WxHandle, type WxOptions } from '.';
import { type Failure, failureOf } from './failure-of';

interface Seen {
  method: string;
  url: string;
  headers: http.IncomingHttpHeaders;
  body: string;
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

describe('request', () => {
  test('sends GET data as query, and POST data as JSON or as a form when the header says so', async () => {
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

  test('treats any status as success, keeps text as text and header names in their case', async () => {
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

  test('gives a time-out errno 5, and aborts and refusals their own texts', async () => {
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
    // https entries compare the port exactly: `:443` and no port are two different hosts.
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

  test('calls back in a later macrotask, complete after success, and continues after an error in the app', async () => {
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

test('uploadFile sends multipart with progress, and downloadFile writes a readable file', async () => {
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
