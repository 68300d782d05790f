import { installWxSocketGate, SocketGate } from '@/connection';
import type { WxSocketHost } from '@/connection/wx-socket-gate';
import { FakeClock, settle } from '../fakes/fake-clock';
import { FakeWxSockets, gatedSockets } from '../fakes/fake-sockets';

const A = 'wss://a.example/socket';
const B = 'wss://b.example/socket';
const C = 'wss://c.example/socket';

describe('the socket gate', () => {
  it('counts a socket from connectSocket until its own onClose, closing included', async () => {
    const clock = new FakeClock();
    const { gate, connect } = gatedSockets(clock);
    const task = connect(A);
    expect(gate.counts().live).toBe(1);
    await clock.advance(10);
    task.close();
    await clock.advance(299);
    expect(gate.counts().live).toBe(1);
    await clock.advance(1);
    expect(gate.counts().live).toBe(0);
  });

  it('holds the third socket to one host until one of the two fired onClose', async () => {
    const clock = new FakeClock();
    const { host, connect } = gatedSockets(clock);
    const first = connect(A);
    connect(A);
    const opened: string[] = [];
    connect(A).onOpen(() => opened.push('third'));
    await clock.advance(20);
    expect(host.tasks).toHaveLength(2);
    first.close();
    await clock.advance(299);
    expect(host.tasks).toHaveLength(2);
    await clock.advance(20);
    expect(opened).toEqual(['third']);
    expect(host.maxPerHost).toBe(2);
  });

  it('holds the sixth socket of the app', async () => {
    const clock = new FakeClock();
    const { host, gate, connect } = gatedSockets(clock);
    for (const url of [A, A, B, B, C]) connect(url);
    connect(C);
    await clock.advance(1000);
    expect(host.maxLive).toBe(5);
    expect(gate.counts()).toMatchObject({ live: 5, held: 1 });
  });

  it('starts held connects in order, IM before rooms', async () => {
    const clock = new FakeClock();
    const { host, connect } = gatedSockets(clock);
    const first = connect(A, 'room:1');
    const second = connect(A, 'room:2');
    connect(A + '?room3', 'room:3');
    connect(A + '?im', 'im#1');
    await clock.advance(20);
    first.close();
    await clock.advance(320);
    expect(host.last().url).toBe(A + '?im');
    second.close();
    await clock.advance(320);
    expect(host.last().url).toBe(A + '?room3');
  });

  it('never starts an IM socket while the one before is still closing', async () => {
    const clock = new FakeClock();
    const { host, connect } = gatedSockets(clock, { closeMs: 2000, openMs: 10 });
    const old = connect(A, 'im#1');
    await clock.advance(20);
    old.close();
    connect(B, 'im#2');
    await clock.advance(1999);
    expect(host.tasks).toHaveLength(1);
    await clock.advance(1);
    expect(host.tasks).toHaveLength(2);
    expect(host.maxLive).toBe(1);
  });

  it('fails a connect that found no room in 7 s, with the reason in errMsg', async () => {
    const clock = new FakeClock();
    const { host, gate, connect } = gatedSockets(clock);
    connect(A);
    connect(A);
    const heard: string[] = [];
    const held = connect(A, 'room:9', { fail: ({ errMsg }) => heard.push(errMsg) });
    held.onError(({ errMsg }) => heard.push(`error ${errMsg}`));
    held.onClose(({ code }) => heard.push(`close ${code}`));
    await clock.advance(6999);
    expect(heard).toEqual([]);
    await clock.advance(1);
    const why =
      'connectSocket:fail held for 7000 ms by the socket gate: 2 of 2 sockets to a.example are live';
    expect(heard).toEqual([why, `error ${why}`, 'close 1006']);
    expect(host.tasks).toHaveLength(2);
    expect(gate.counts().held).toBe(0);
  });

  it('never starts a held connect that was closed first', async () => {
    const clock = new FakeClock();
    const { host, gate, connect } = gatedSockets(clock);
    const first = connect(A);
    connect(A);
    const held = connect(A);
    const closed: number[] = [];
    held.onClose(({ code }) => closed.push(code));
    held.close({ code: 1000 });
    first.close();
    await clock.advance(1000);
    expect(closed).toEqual([1000]);
    expect(host.tasks).toHaveLength(2);
    expect(gate.counts()).toMatchObject({ live: 1, held: 0 });
  });

  it('closes a socket that opens although it was closed while connecting', async () => {
    const clock = new FakeClock();
    const { host, gate, connect } = gatedSockets(clock, { closeMs: 300, openMs: 1000 });
    host.ignoreCloseWhileConnecting = true;
    const opened: string[] = [];
    const task = connect(A);
    task.onOpen(() => opened.push('opened'));
    task.close();
    await clock.advance(1000);
    expect(opened).toEqual([]);
    expect(host.last().closeCalls).toHaveLength(2);
    await clock.advance(300);
    expect(gate.counts().live).toBe(0);
  });

  it('reports a socket that never fires onClose and goes on counting it', async () => {
    const clock = new FakeClock();
    const { gate, connect } = gatedSockets(clock, {
      closeMs: Number.POSITIVE_INFINITY,
      openMs: 10,
    });
    const stuck: string[] = [];
    gate.on(({ kind, ticket }) => kind === 'stuck' && stuck.push(ticket.owner));
    const task = connect(A, 'im#1');
    await clock.advance(20);
    task.close();
    await clock.advance(10_000);
    expect(stuck).toEqual(['im#1']);
    expect(gate.counts()).toMatchObject({ live: 1, stuck: 1 });
    // But it does not lock the user out: the next login may use the second place of the host.
    connect(A, 'im#2');
    expect(gate.counts()).toMatchObject({ live: 2, held: 0 });
  });

  it('lets go of a connect that failed without ever opening or closing', async () => {
    const clock = new FakeClock();
    const { host, gate, connect } = gatedSockets(clock, {
      closeMs: Number.POSITIVE_INFINITY,
      openMs: Number.POSITIVE_INFINITY,
    });
    connect(A);
    host.last().fireError('refused');
    await clock.advance(10_000);
    expect(gate.counts().live).toBe(0);
  });

  it.each(['fail', 'throw', 'nothing'] as const)(
    'turns a connectSocket that %ss into events',
    async (how) => {
      const clock = new FakeClock();
      const { host, gate, connect } = gatedSockets(clock);
      host.nextConnect = how;
      const heard: string[] = [];
      const task = connect(A);
      task.onError(() => heard.push('error'));
      task.onClose(() => heard.push('close'));
      await clock.advance(10);
      expect(heard).toEqual(['error', 'close']);
      expect(gate.counts().live).toBe(0);
    },
  );

  it('says when the sockets of one owner are closed, and gives up when asked to', async () => {
    const clock = new FakeClock();
    const { gate, connect } = gatedSockets(clock);
    const mine = connect(A, 'im#1');
    connect(B, 'room:1');
    await clock.advance(20);
    const results: number[] = [];
    void gate.whenClosed('im#1').then((left) => results.push(left));
    void gate.whenClosed('room:1', 500).then((left) => results.push(left));
    mine.close();
    await clock.advance(299);
    expect(results).toEqual([]);
    await clock.advance(1);
    expect(results).toEqual([0]);
    await clock.advance(300);
    expect(results).toEqual([0, 1]);
    await expect(gate.whenClosed('nobody')).resolves.toBe(0);
  });

  it('names owners by rule when nobody said whose socket it is', () => {
    const clock = new FakeClock();
    const { gate, host } = gatedSockets(clock);
    const remove = gate.addOwnerRule((url) =>
      url.includes('b.example') ? 'kit:NERoom' : undefined,
    );
    host.connectSocket({ url: B });
    host.connectSocket({ url: A });
    remove();
    host.connectSocket({ url: B });
    expect(gate.list().map(({ owner }) => owner)).toEqual(['kit:NERoom', 'app', 'app']);
  });

  it('asks a fallback rule last, whichever came first', () => {
    const { gate, host } = gatedSockets(new FakeClock());
    const remove = gate.addOwnerRule(() => 'kit:NERoom', { fallback: true });
    gate.addOwnerRule((url) => (url.includes('b.example') ? 'room:1' : undefined));
    host.connectSocket({ url: B });
    host.connectSocket({ url: A });
    remove();
    host.connectSocket({ url: A });
    expect(gate.list().map(({ owner }) => owner)).toEqual(['room:1', 'kit:NERoom', 'app']);
  });

  it('works where wx.connectSocket is read-only and puts everything back', async () => {
    const clock = new FakeClock();
    const sockets = new FakeWxSockets(clock);
    const host = {} as WxSocketHost;
    Object.defineProperty(host, 'connectSocket', {
      value: sockets.connectSocket,
      writable: false,
      configurable: true,
      enumerable: true,
    });
    const before = Object.getOwnPropertyDescriptor(host, 'connectSocket');
    const gate = new SocketGate(clock);
    const uninstall = installWxSocketGate(host, gate);
    host.connectSocket({ url: A });
    await settle();
    expect(gate.counts().live).toBe(1);
    uninstall();
    expect(Object.getOwnPropertyDescriptor(host, 'connectSocket')).toEqual(before);
  });
});
