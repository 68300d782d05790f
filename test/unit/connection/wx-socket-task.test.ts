import type { WxConnectSocketOptions } from '@/connection/wx-socket-gate';
import { SocketGate, installWxSocketGate } from '@/connection';
import { FakeClock, settle } from '../fakes/fake-clock';
import { gatedSockets } from '../fakes/fake-sockets';

const A = 'wss://a.example/socket';

/** Callbacks of a call of WeChat, and what they heard. */
function callbacks() {
  const heard: string[] = [];
  return {
    heard,
    success: ({ errMsg }: { errMsg: string }) => heard.push(`success ${errMsg}`),
    fail: ({ errMsg }: { errMsg: string }) => heard.push(`fail ${errMsg}`),
    complete: ({ errMsg }: { errMsg: string }) => heard.push(`complete ${errMsg}`),
  };
}

describe('the SocketTask of the gate', () => {
  const ended = (task: ReturnType<ReturnType<typeof gatedSockets>['connect']>) => {
    const log: unknown[] = [];
    task.onOpen(() => log.push('open'));
    task.onMessage((event) => log.push(event));
    task.onError(({ errMsg }) => log.push(errMsg));
    task.onClose(({ code, reason }) => log.push([code, reason]));
    return log;
  };

  it('has the states of a WebSocket', async () => {
    const clock = new FakeClock();
    const { connect } = gatedSockets(clock);
    const task = connect(A);
    const states = [task.readyState];
    await clock.advance(10);
    states.push(task.readyState);
    task.close();
    states.push(task.readyState);
    await clock.advance(300);
    states.push(task.readyState);
    expect(states).toEqual([0, 1, 2, 3]);
  });

  it('sends while it is open, and fails a send before and after as WeChat does', async () => {
    const clock = new FakeClock();
    const { host, connect } = gatedSockets(clock);
    const task = connect(A);
    const early = callbacks();
    task.send({ data: 'early', ...early });
    const failure = 'sendSocketMessage:fail SocketTask.readyState is not OPEN';
    expect(early.heard).toEqual([`fail ${failure}`, `complete ${failure}`]);
    await clock.advance(10);
    task.send({ data: 'now' });
    expect(host.last().sent).toEqual(['now']);
    task.close();
    task.send({ data: 'late' });
    expect(host.last().sent).toEqual(['now']);
  });

  it('passes messages and errors on until its end', async () => {
    const clock = new FakeClock();
    const { host, connect, gate } = gatedSockets(clock);
    const task = connect(A);
    const log = ended(task);
    await clock.advance(10);
    host.last().fireMessage('hello');
    host.last().fireError('odd');
    expect(gate.list()[0]?.lastReceivedAt).toBe(clock.now());
    host.last().fireClose(1001);
    host.last().fireMessage('late');
    await settle();
    expect(log).toEqual(['open', { data: 'hello' }, 'odd', [1001, '']]);
  });

  it('closes before it started with the callbacks of WeChat and the code that the caller gave', async () => {
    const clock = new FakeClock();
    const { connect } = gatedSockets(clock);
    connect(A);
    connect(A);
    const held = [connect(A), connect(A)];
    const logs = held.map(ended);
    const { heard, ...given } = callbacks();
    held[0]?.close(given);
    held[1]?.close({ code: 4000, reason: 'no need' });
    await settle();
    expect(heard).toEqual(['success closeSocket:ok', 'complete closeSocket:ok']);
    expect(logs).toEqual([[[1000, 'closed before it started']], [[4000, 'no need']]]);
    held[0]?.close(given);
    expect(heard).toHaveLength(2);
  });

  it('closes a second time without a second end', async () => {
    const clock = new FakeClock();
    const { host, connect } = gatedSockets(clock);
    const task = connect(A);
    const log = ended(task);
    await clock.advance(10);
    task.close({ code: 1000, reason: 'bye' });
    task.close();
    await clock.advance(300);
    task.close();
    expect(log).toEqual(['open', [1000, '']]);
    expect(host.last().closeCalls).toEqual([
      expect.objectContaining({ code: 1000, reason: 'bye' }),
      expect.anything(),
    ]);
  });

  it('closes a socket that opens although it was closed during connecting', async () => {
    const clock = new FakeClock();
    const { host, connect } = gatedSockets(clock);
    host.ignoreCloseWhileConnecting = true;
    const task = connect(A);
    const log = ended(task);
    task.close();
    await clock.advance(10);
    expect(host.last().closeCalls.at(-1)).toMatchObject({
      code: 1000,
      reason: 'closed while connecting',
    });
    expect(log).not.toContain('open');
  });

  it.each([
    ['fail', 'connectSocket:fail exceed max task count'],
    ['throw', 'connectSocket:fail no socket today'],
    ['nothing', 'connectSocket:fail no SocketTask was returned'],
  ] as const)(
    'reports a connect that ends with %s as fail, error and close',
    async (how, errMsg) => {
      const clock = new FakeClock();
      const { gate, host, connect } = gatedSockets(clock);
      host.nextConnect = how;
      const { heard, fail } = callbacks();
      const task = connect(A, 'app', { fail });
      const log = ended(task);
      await clock.advance(10);
      expect(heard).toEqual([`fail ${errMsg}`]);
      expect(log).toEqual([errMsg, [1006, errMsg]]);
      expect(gate.counts().live).toBe(0);
    },
  );

  it('gives success and complete to WeChat, and its own fail', () => {
    const clock = new FakeClock();
    const seen: WxConnectSocketOptions[] = [];
    const host = {
      connectSocket: (options: WxConnectSocketOptions) => {
        seen.push(options);
        return undefined;
      },
    };
    installWxSocketGate(host, new SocketGate(clock));
    const { success, fail, complete } = callbacks();
    host.connectSocket({ url: A, success, fail, complete });
    host.connectSocket({ url: A });
    expect(seen[0]).toEqual({ url: A, success, complete, fail: expect.any(Function) });
    expect(seen[0]?.fail).not.toBe(fail);
    expect(Object.keys(seen[1] ?? {}).sort()).toEqual(['fail', 'url']);
  });

  it('is a property that others can see and replace, and goes away when there was none', () => {
    const gate = new SocketGate(new FakeClock());
    const own = { connectSocket: () => undefined };
    const stop = installWxSocketGate(own, gate);
    expect(Object.getOwnPropertyDescriptor(own, 'connectSocket')).toMatchObject({
      configurable: true,
      writable: true,
      enumerable: true,
    });
    stop();
    const inherited = Object.create({ connectSocket: () => undefined }) as typeof own;
    installWxSocketGate(inherited, gate)();
    expect(Object.hasOwn(inherited, 'connectSocket')).toBe(false);
  });
});
