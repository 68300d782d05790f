import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { createWx, type WxHandle, type WxOptions } from '.';

interface Closed {
  code: number;
  reason: string;
}

let server: WebSocketServer;
let port: number;
let handle: WxHandle;
let framesAtServer = 0;

beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket, request) => {
    if (request.url === '/goodbye') socket.close(1001, 'server going');
    socket.on('message', (frame, binary) => {
      framesAtServer += 1;
      socket.send(frame, { binary });
    });
  });
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterEach(() => handle.dispose());
afterAll(() => new Promise((resolve) => server.close(resolve)));

const toServer = (url: string) => url.replace(/^wss?:\/\/[^/]+/, `ws://127.0.0.1:${port}`);
const make = (options: WxOptions = {}) => (handle = createWx({ resolve: toServer, ...options }));
const connect = (url: string) => handle.wx.connectSocket({ url });
const opened = (task: WechatMiniprogram.SocketTask) =>
  new Promise<void>((resolve) => task.onOpen(() => resolve()));
const closed = (task: WechatMiniprogram.SocketTask) =>
  new Promise<Closed>((resolve) => task.onClose((event) => resolve(event as Closed)));
const message = (task: WechatMiniprogram.SocketTask) =>
  new Promise<string | ArrayBuffer>((resolve) => task.onMessage(({ data }) => resolve(data)));
const refusal = (url: string) =>
  new Promise<string>((resolve, reject) => {
    const success = () => reject(new Error('connected'));
    handle.wx.connectSocket({ url, success, fail: ({ errMsg }) => resolve(errMsg) });
  });

test('text and bytes travel in both directions', async () => {
  make();
  const task = connect('wss://link.example/x');
  await opened(task);
  const text = message(task);
  task.send({ data: '你好' });
  expect(await text).toBe('你好');
  const bytes = new Promise<unknown>((resolve) => task.onMessage(({ data }) => resolve(data)));
  task.send({ data: new Uint8Array([1, 2]).buffer });
  expect(await bytes).toEqual(new Uint8Array([1, 2]).buffer);
});

test('a socket and its connection live until onClose, closeDelayMs after close()', async () => {
  make({ closeDelayMs: 120 });
  const task = connect('wss://link.example/x');
  await opened(task);
  const before = performance.now();
  const gone = closed(task);
  task.close({ code: 1000, reason: 'bye' });
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(handle.sockets.live).toBe(1);
  expect(server.clients.size).toBe(1);
  expect(await gone).toEqual({ code: 1000, reason: 'bye' });
  expect(performance.now() - before).toBeGreaterThanOrEqual(118);
  expect(handle.sockets.live).toBe(0);
});

test('the fake refuses the third socket to a host and the sixth of all, and still returns a task', async () => {
  make();
  const both = [connect('wss://a.example/1'), connect('wss://a.example:8443/2')];
  expect(await refusal('wss://a.example/3')).toBe('connectSocket:fail exceed max task count');
  both.push(connect('wss://b.example/'), connect('wss://c.example/'), connect('wss://d.example/'));
  expect(await refusal('wss://e.example/')).toMatch(/exceed max task count/);
  expect(connect('wss://e.example/')).toHaveProperty('send');
  await Promise.all(both.map(opened));
  expect(handle.sockets).toMatchObject({ live: 5, maxLive: 5, refused: 3, maxOfAnyHost: 2 });
  expect(handle.sockets.connects).toHaveLength(8);
});

test('the fake counts and refuses nothing without limits', async () => {
  make({ limits: false });
  await Promise.all([1, 2, 3].map((n) => opened(connect(`wss://a.example/${n}`))));
  expect(handle.sockets.perHost.get('a.example')).toBe(3);
});

test('the fake refuses a host outside the domain list and allows any port of a listed host', async () => {
  make({ legalHosts: { socket: ['wss://good.example'] } });
  expect(await refusal('wss://bad.example/')).toBe('connectSocket:fail url not in domain list');
  await opened(connect('wss://good.example:9999/'));
});

test('a refused connection fires onError, then onClose 1006, never inside the call', async () => {
  make({ resolve: () => 'ws://127.0.0.1:1/' });
  const task = connect('wss://link.example/');
  const order: string[] = [];
  task.onError(({ errMsg }) => order.push(errMsg.slice(0, 18)));
  const gone = closed(task);
  expect(order).toEqual([]);
  expect(await gone).toMatchObject({ code: 1006 });
  expect(order).toEqual(['connectSocket:fail']);
  expect(handle.sockets.live).toBe(0);
});

test('code and reason distinguish a close by the server from a cut by the host', async () => {
  make();
  expect(await closed(connect('wss://link.example/goodbye'))).toEqual({
    code: 1001,
    reason: 'server going',
  });
  const task = connect('wss://link.example/x');
  await opened(task);
  const gone = closed(task);
  expect(handle.sockets.cutAll(1000, 'interrupted')).toBe(1);
  expect(await gone).toEqual({ code: 1000, reason: 'interrupted' });
});

test('close() while connecting is carried out, or is ignored and the socket opens', async () => {
  make();
  const task = connect('wss://link.example/x');
  const gone = closed(task);
  task.close({});
  await gone;
  expect(handle.sockets.log.map((each) => each.event)).not.toContain('open');

  make({ closeWhileConnecting: 'ignore' });
  const orphan = connect('wss://link.example/x');
  orphan.close({});
  await opened(orphan);
  expect(handle.sockets.live).toBe(1);
});

test('a socket whose close never ends stays counted', async () => {
  make({ closeNeverFires: true });
  const task = connect('wss://link.example/x');
  await opened(task);
  task.close({});
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(handle.sockets.live).toBe(1);
});

test('frames wait in both directions while offline', async () => {
  make();
  const task = connect('wss://link.example/x');
  await opened(task);
  const echoed: unknown[] = [];
  task.onMessage(({ data }) => echoed.push(data));
  handle.network.set(false);
  const before = framesAtServer;
  task.send({ data: 'kept' });
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(echoed).toEqual([]);
  expect(framesAtServer).toBe(before);
  const back = message(task);
  handle.network.set(true);
  expect(await back).toBe('kept');
});

test('a test can redefine a read-only connectSocket', () => {
  const { wx } = make({ connectReadOnly: true });
  const replacement = () => undefined;
  expect(() => Object.assign(wx, { connectSocket: replacement })).toThrow(TypeError);
  Object.defineProperty(wx, 'connectSocket', { value: replacement, configurable: true });
  expect(wx.connectSocket).toBe(replacement);
});

test('a connect fault throws, returns nothing, fails, or never answers', async () => {
  const faults = ['throw', 'undefined', 'fail', 'silent'] as const;
  make({ connectFault: (_url, index) => faults[index] });
  expect(() => connect('wss://a.example/')).toThrow('connectSocket:fail');
  expect(connect('wss://a.example/')).toBeUndefined();
  expect(await refusal('wss://a.example/')).toMatch(/^connectSocket:fail/);
  const silent = connect('wss://a.example/');
  expect(handle.sockets.live).toBe(1);
  const gone = closed(silent);
  silent.close({});
  await gone;
});
