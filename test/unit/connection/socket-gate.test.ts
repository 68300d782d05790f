import { installWxSocketGate, SocketGate } from '@/connection';
import type { WxSocketHost } from '@/connection/wx-socket-gate';
import { FakeClock, settle } from '../fakes/fake-clock';
import { FakeWxSockets, gatedSockets } from '../fakes/fake-sockets';

const A = 'wss://a.example/socket';
const B = 'wss://b.example/socket';
const C = 'wss://c.example/socket';
const NEVER_CLOSES = { closeMs: Number.POSITIVE_INFINITY, openMs: 10 };

describe('the socket gate', () => {
  it('counts a socket from connectSocket until its own onClose, including the time of closing', async () => {
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

  it('holds the third socket to a host until another socket to the host fired onClose', async () => {
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

  it('never starts an IM socket while the previous IM socket is still closing', async () => {
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

  it('fails a connect after 7 s without a place, with the reason in errMsg', async () => {
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

  it('never starts a held connect after its close', async () => {
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

  it('closes a socket that opens after close() during connecting', async () => {
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

  it('reports a socket that never fires onClose and keeps it counted', async () => {
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
    // The socket does not lock the user out: the next login may use the second place of the host.
    connect(A, 'im#2');
    expect(gate.counts()).toMatchObject({ live: 2, held: 0 });
  });

  it('stops counting the socket 60 s after close and reports its end to the caller', async () => {
    const clock = new FakeClock();
    const { host, gate, connect } = gatedSockets(clock, NEVER_CLOSES);
    const ends: string[] = [];
    gate.on(({ kind, reason }) => kind === 'closed' && ends.push(reason ?? ''));
    const task = connect(A);
    task.onClose(({ code, reason }) => ends.push(`${code} ${reason}`));
    await clock.advance(20);
    task.close();
    await clock.advance(59_999);
    expect(gate.counts()).toMatchObject({ live: 1, stuck: 1 });
    await clock.advance(1);
    expect(gate.counts()).toMatchObject({ live: 0, stuck: 0 });
    const reason = 'no onClose 60000 ms after close()';
    expect(ends).toEqual([reason, `1006 ${reason}`]);
    // The gate asked the host once more when it reported the socket.
    expect(host.last().closeCalls).toHaveLength(2);
    host.last().fireClose();
    expect(ends).toHaveLength(2);
  });

  it('ends a stuck socket as soon as the host reports that the socket does not exist', async () => {
    const clock = new FakeClock();
    const { host, gate, connect } = gatedSockets(clock, NEVER_CLOSES);
    const task = connect(A);
    await clock.advance(20);
    task.close();
    host.dropSilently('closeSocket:fail task not found');
    await clock.advance(9_999);
    expect(gate.counts().live).toBe(1);
    await clock.advance(1);
    expect(gate.counts()).toMatchObject({ live: 0, stuck: 0 });
  });

  it.each(['closeSocket:fail task not found', 'closeSocket:fail taskID not exist'])(
    'ends a socket whose close fails with "%s", and passes the failure to the caller',
    async (errMsg) => {
      const clock = new FakeClock();
      const { host, gate, connect } = gatedSockets(clock);
      const heard: string[] = [];
      const task = connect(A);
      task.onClose(({ code }) => heard.push(`closed ${code}`));
      await clock.advance(20);
      host.dropSilently(errMsg);
      task.close({ fail: (failure) => heard.push(failure.errMsg) });
      expect(gate.counts().live).toBe(0);
      await settle();
      expect(heard).toEqual([errMsg, 'closed 1006']);
    },
  );

  it('ends a socket whose close throws that the task is gone, and throws nothing itself', async () => {
    const clock = new FakeClock();
    const { host, gate, connect } = gatedSockets(clock);
    const task = connect(A);
    await clock.advance(20);
    host.closeThrows = 'task not found';
    expect(() => task.close()).not.toThrow();
    expect(gate.counts().live).toBe(0);
  });

  it.each(['SocketTask.readyState is not OPEN', 'WebSocket is not connected'])(
    'keeps counting a connecting socket whose close fails with "%s"',
    async (reason) => {
      const clock = new FakeClock();
      const { host, gate, connect } = gatedSockets(clock, { closeMs: 300, openMs: 1000 });
      const task = connect(A);
      host.last().gone = `closeSocket:fail ${reason}`;
      task.close();
      expect(gate.counts().live).toBe(1);
      // The socket opens after all; the gate then closes it.
      host.last().gone = undefined;
      await clock.advance(1300);
      expect(gate.counts().live).toBe(0);
      expect(host.live.size).toBe(0);
    },
  );

  it('closes a socket that opens after the gate stopped counting it', async () => {
    const clock = new FakeClock();
    const { host, gate, connect } = gatedSockets(clock, { closeMs: 300, openMs: 15_000 });
    host.ignoreCloseWhileConnecting = true;
    const opened: string[] = [];
    const task = connect(A);
    task.onOpen(() => opened.push('opened'));
    task.close();
    await clock.advance(10_000);
    expect(gate.counts().live).toBe(0);
    await clock.advance(5_300);
    expect(host.live.size).toBe(0);
    expect(opened).toEqual([]);
  });

  it('stops counting a connect 1 s after an onError without onClose', async () => {
    const clock = new FakeClock();
    const { host, gate, connect } = gatedSockets(clock, {
      closeMs: Number.POSITIVE_INFINITY,
      openMs: Number.POSITIVE_INFINITY,
    });
    const closed: number[] = [];
    connect(A).onClose(({ code }) => closed.push(code));
    host.last().fireError('refused');
    await clock.advance(999);
    expect(gate.counts().live).toBe(1);
    await clock.advance(1);
    expect(gate.counts().live).toBe(0);
    expect(closed).toEqual([1006]);
  });

  it('ends an open socket 1 s after an onError without onClose and tells the caller', async () => {
    const clock = new FakeClock();
    const { host, gate, connect } = gatedSockets(clock, NEVER_CLOSES);
    const closed: number[] = [];
    connect(A).onClose(({ code }) => closed.push(code));
    await clock.advance(20);
    host.last().fireError('Software caused connection abort');
    await clock.advance(1000);
    expect(host.last().closeCalls).toHaveLength(1);
    await clock.advance(1000);
    expect(closed).toEqual([1006]);
    expect(gate.counts().live).toBe(0);
  });

  it('keeps an open socket that receives after its onError', async () => {
    const clock = new FakeClock();
    const { host, gate, connect } = gatedSockets(clock);
    connect(A);
    await clock.advance(20);
    host.last().fireError('one frame was not sent');
    await clock.advance(500);
    host.last().fireMessage('alive');
    await clock.advance(60_000);
    expect(gate.counts().live).toBe(1);
    expect(host.last().closeCalls).toHaveLength(0);
  });

  it('closes every socket of an owner and cancels its held connects', async () => {
    const clock = new FakeClock();
    const { host, gate, connect } = gatedSockets(clock);
    connect(A, 'im#1');
    connect(A, 'room:1');
    const held = connect(A, 'im#1');
    const closed: number[] = [];
    held.onClose(({ code }) => closed.push(code));
    await clock.advance(20);
    gate.closeAll('im#1');
    expect(gate.counts().held).toBe(0);
    await clock.advance(300);
    expect(closed).toEqual([1000]);
    expect(gate.list().map(({ owner }) => owner)).toEqual(['room:1']);
    expect(host.tasks).toHaveLength(2);
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

  it('reports when the sockets of an owner are closed, and stops waiting on request', async () => {
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

  it('waits for a stuck socket once: a later wait returns at once and reports the socket', async () => {
    const clock = new FakeClock();
    const { gate, connect } = gatedSockets(clock, NEVER_CLOSES);
    const task = connect(A, 'im#1');
    await clock.advance(20);
    const results: string[] = [];
    task.close();
    void gate.whenClosed('im#1', 30_000).then((left) => results.push(`first ${left}`));
    await clock.advance(9_999);
    expect(results).toEqual([]);
    await clock.advance(1);
    expect(results).toEqual(['first 1']);
    void gate.whenClosed('im#1', 30_000).then((left) => results.push(`second ${left}`));
    void gate.whenClosed('im#1').then((left) => results.push(`strict ${left}`));
    await settle();
    expect(results).toEqual(['first 1', 'second 1']);
    await clock.advance(50_000);
    expect(results).toEqual(['first 1', 'second 1', 'strict 0']);
  });

  it('names owners by rule when the caller names no owner', () => {
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

  it('applies a fallback rule last, in any order of registration', () => {
    const { gate, host } = gatedSockets(new FakeClock());
    const remove = gate.addOwnerRule(() => 'kit:NERoom', { fallback: true });
    gate.addOwnerRule((url) => (url.includes('b.example') ? 'room:1' : undefined));
    host.connectSocket({ url: B });
    host.connectSocket({ url: A });
    remove();
    host.connectSocket({ url: A });
    expect(gate.list().map(({ owner }) => owner)).toEqual(['room:1', 'kit:NERoom', 'app']);
  });

  describe('a frame that its reader cannot read', () => {
    async function open(owner: string) {
      const clock = new FakeClock();
      const { host, gate, connect } = gatedSockets(clock);
      const kinds: string[] = [];
      gate.on(({ kind, reason }) => kinds.push(reason ? `${kind} ${reason}` : kind));
      const openOne = async () => {
        const task = connect(A, owner);
        task.onMessage(() => {
          throw new TypeError('quotes the frame');
        });
        host.last().fireOpen();
        await settle();
        return host.last();
      };
      return { clock, gate, kinds, openOne, real: await openOne() };
    }

    it.each(['im#1', 'room:9001#1'])('closes the link of %s, which then syncs', async (owner) => {
      const { kinds, real } = await open(owner);
      real.fireMessage('3:::{');
      real.fireMessage('3:::{');
      expect(real.closeCalls).toHaveLength(1);
      expect(kinds).toContain('unreadable TypeError');
    });

    it('closes at most one link a minute, because a sync may bring the same data', async () => {
      const { clock, kinds, openOne, real } = await open('im#1');
      real.fireMessage('3:::{');
      await clock.advance(1000);
      const second = await openOne();
      second.fireMessage('3:::{');
      expect(second.closeCalls).toHaveLength(0);
      await clock.advance(60_000);
      second.fireMessage('3:::{');
      expect(second.closeCalls).toHaveLength(1);
      expect(kinds.filter((kind) => kind.startsWith('unreadable'))).toHaveLength(2);
    });

    it('that its owner noticed later closes the links of this owner', async () => {
      const { gate, kinds, real } = await open('room:9000#1');
      gate.unreadable('room:9001#2', new TypeError('another room'));
      expect(real.closeCalls).toHaveLength(0);
      gate.unreadable('room:9000#1', new TypeError('quotes the frame'));
      expect(real.closeCalls).toHaveLength(1);
      expect(kinds).toContain('unreadable TypeError');
    });

    it('is reported as the error of its reader on a socket that is not of an SDK', async () => {
      const { real } = await open('kit:NERoom');
      jest.useFakeTimers();
      real.fireMessage('x');
      expect(() => jest.runAllTimers()).toThrow('quotes the frame');
      jest.useRealTimers();
      expect(real.closeCalls).toHaveLength(0);
    });
  });

  it('works where wx.connectSocket is read-only and restores the original', async () => {
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
