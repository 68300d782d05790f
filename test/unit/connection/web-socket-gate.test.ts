import { SocketGate } from '@/connection';
import { installWebSocketGate } from '@/connection/web-socket-gate';
import { FakeClock, settle } from '../fakes/fake-clock';

const A = 'wss://a.example/socket';

/** The browser's socket: the test fires its events. */
class BrowserSocket {
  static all: BrowserSocket[] = [];
  static isForbidden = false;
  bufferedAmount = 7;
  protocol = 'chat';
  extensions = 'deflate';
  binaryType = 'unset';
  readonly sent: unknown[] = [];
  readonly closed: unknown[][] = [];
  onopen: () => void = () => undefined;
  onmessage: (event: { data: unknown; origin: string }) => void = () => undefined;
  onerror: () => void = () => undefined;
  onclose: (event: { code: number; reason: string; wasClean: boolean }) => void = () => undefined;

  constructor(
    readonly url: string,
    readonly protocols?: string[],
  ) {
    if (BrowserSocket.isForbidden) throw new Error('insecure address');
    BrowserSocket.all.push(this);
  }

  send(data: unknown): void {
    this.sent.push(data);
  }
  close(...given: unknown[]): void {
    this.closed.push(given);
  }
}

/** Node 20 has no CloseEvent. */
class FakeCloseEvent extends Event {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;

  constructor(type: string, init: { code: number; reason: string; wasClean: boolean }) {
    super(type);
    this.code = init.code;
    this.reason = init.reason;
    this.wasClean = init.wasClean;
  }
}

function setUp() {
  BrowserSocket.all = [];
  BrowserSocket.isForbidden = false;
  const clock = new FakeClock();
  const gate = new SocketGate(clock);
  const host = { WebSocket: BrowserSocket as unknown as typeof WebSocket };
  const uninstall = installWebSocketGate(host, gate);
  const open = (url: string | URL = A, protocols?: string[], owner = 'app') => {
    const socket = gate.withOwner(owner, () => new host.WebSocket(url, protocols));
    const log: unknown[] = [];
    socket.onopen = (event) => log.push(event.type);
    socket.onmessage = ({ data, origin }: MessageEvent) => log.push(['message', data, origin]);
    socket.onerror = (event) => log.push(event.type);
    socket.onclose = ({ code, reason, wasClean }) => log.push(['close', code, reason, wasClean]);
    return { socket, log };
  };
  const real = (index = 0) => {
    const one = BrowserSocket.all[index];
    if (!one) throw new Error('no real socket');
    return one;
  };
  return { clock, gate, host, open, real, uninstall };
}

describe("the gate of the browser's WebSocket", () => {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'CloseEvent');
  beforeAll(() => {
    Object.defineProperty(globalThis, 'CloseEvent', { value: FakeCloseEvent, configurable: true });
  });
  afterAll(() => {
    if (before) Object.defineProperty(globalThis, 'CloseEvent', before);
    else Reflect.deleteProperty(globalThis, 'CloseEvent');
  });

  it('has the constants of a WebSocket, and restores the original', () => {
    const { host, open, uninstall } = setUp();
    const { socket } = open();
    for (const one of [host.WebSocket, socket])
      expect([one.CONNECTING, one.OPEN, one.CLOSING, one.CLOSED]).toEqual([0, 1, 2, 3]);
    uninstall();
    expect(host.WebSocket).toBe(BrowserSocket);
  });

  it('opens the real socket with the address and the protocols, and passes its events on', () => {
    const { gate, open, real } = setUp();
    const { socket, log } = open(new URL(A), ['v1']);
    const heard: string[] = [];
    for (const name of ['open', 'message', 'error'])
      socket.addEventListener(name, ({ type }) => heard.push(type));
    expect([real().url, real().protocols, socket.url]).toEqual([A, ['v1'], A]);
    expect(socket.readyState).toBe(0);
    real().onopen();
    expect(socket.readyState).toBe(1);
    real().onmessage({ data: 'hello', origin: 'wss://a.example' });
    real().onerror();
    expect(log).toEqual(['open', ['message', 'hello', 'wss://a.example'], 'error']);
    expect(heard).toEqual(['open', 'message', 'error']);
    expect(gate.list()[0]?.lastReceivedAt).toBe(gate.list()[0]?.requestedAt);
  });

  it('closes the real socket and waits for its close event', async () => {
    const { gate, open, real } = setUp();
    const { socket, log } = open();
    real().onopen();
    socket.close(4000, 'bye');
    expect(real().closed).toEqual([[4000, 'bye']]);
    expect(socket.readyState).toBe(2);
    expect(gate.counts().live).toBe(1);
    real().onclose({ code: 4000, reason: 'bye', wasClean: true });
    expect(socket.readyState).toBe(3);
    expect(gate.counts().live).toBe(0);
    await settle();
    expect(log).toEqual(['open', ['close', 4000, 'bye', true]]);
    socket.close();
    real().onclose({ code: 1000, reason: '', wasClean: true });
    await settle();
    expect(log).toHaveLength(2);
    expect(real().closed).toHaveLength(1);
  });

  it('holds a socket for which there is no room, and starts it later with what was set meanwhile', () => {
    const { open, real } = setUp();
    open();
    open();
    const { socket } = open();
    expect(BrowserSocket.all).toHaveLength(2);
    expect([socket.bufferedAmount, socket.protocol, socket.extensions]).toEqual([0, '', '']);
    expect(() => socket.send('early')).toThrow('CONNECTING');
    expect(socket.binaryType).toBe('blob');
    socket.binaryType = 'arraybuffer';
    real(0).onclose({ code: 1000, reason: '', wasClean: true });
    expect(real(2).binaryType).toBe('arraybuffer');
    socket.binaryType = 'blob';
    expect([real(2).binaryType, socket.binaryType]).toEqual(['blob', 'blob']);
    expect([socket.bufferedAmount, socket.protocol, socket.extensions]).toEqual([
      7,
      'chat',
      'deflate',
    ]);
    socket.send('late');
    expect(real(2).sent).toEqual(['late']);
  });

  it('never starts a held socket after its close, and reports its end', async () => {
    const { open, real } = setUp();
    open();
    open();
    const ends = [open(), open()];
    ends[0]?.socket.close();
    ends[1]?.socket.close(4001, 'no need');
    await settle();
    expect(ends.map(({ log }) => log)).toEqual([
      [['close', 1000, 'closed before it started', true]],
      [['close', 4001, 'no need', true]],
    ]);
    expect(ends.map(({ socket }) => socket.readyState)).toEqual([3, 3]);
    real(0).onclose({ code: 1000, reason: '', wasClean: true });
    expect(BrowserSocket.all).toHaveLength(2);
  });

  it('fails a socket that got no room in 7 s with an error and a close event', async () => {
    const { clock, open } = setUp();
    open();
    open();
    const { socket, log } = open();
    await clock.advance(7000);
    expect(log).toEqual([
      'error',
      ['close', 1006, expect.stringContaining('held for 7000 ms'), false],
    ]);
    expect(socket.readyState).toBe(3);
  });

  it('fails a socket that the browser refuses to make', async () => {
    const { gate, open } = setUp();
    BrowserSocket.isForbidden = true;
    const { socket, log } = open();
    expect(socket.readyState).toBe(3);
    expect(gate.counts().live).toBe(0);
    await settle();
    expect(log).toEqual(['error', ['close', 1006, 'insecure address', false]]);
  });

  it('reports the end of a socket that never fires its close event', async () => {
    const { clock, open, real } = setUp();
    const { socket, log } = open();
    socket.close();
    expect(real().closed).toEqual([[undefined, undefined]]);
    await clock.advance(60_000);
    expect(log).toEqual([['close', 1006, expect.stringContaining('never'), false]]);
  });

  it('closes the link of an SDK that throws on a frame', () => {
    const { open, real, gate } = setUp();
    const { socket } = open(A, undefined, 'im#1');
    const events: string[] = [];
    gate.on(({ kind }) => events.push(kind));
    real().onopen();
    socket.onmessage = () => {
      throw new TypeError('unreadable');
    };
    real().onmessage({ data: '?', origin: '' });
    expect(events).toEqual(['opened', 'unreadable', 'closing']);
    expect(real().closed).toHaveLength(1);
  });
});
