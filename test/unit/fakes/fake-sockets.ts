import { installWxSocketGate, SocketGate } from '@/connection';
import type { WxConnectSocketOptions, WxSocketTask } from '@/connection/wx-socket-gate';
import type { FakeClock } from './fake-clock';

export interface FakeSocketOptions {
  /** Time from close() to onClose; Infinity: onClose never fires. */
  closeMs: number;
  /** Time from connectSocket to onOpen; Infinity: the socket never opens. */
  openMs: number;
}

/** A SocketTask of the fake host with controls for a test. */
class FakeTask implements WxSocketTask {
  state: 'connecting' | 'open' | 'closing' | 'closed' = 'connecting';
  readonly closeCalls: { code?: number; reason?: string }[] = [];
  readonly sent: (string | ArrayBuffer)[] = [];
  /** The host dropped the socket without an event; `close` fails with this text. */
  gone: string | undefined;
  private readonly handlers: Record<string, ((event: never) => void)[]> = {};

  constructor(
    readonly url: string,
    private readonly host: FakeWxSockets,
  ) {}

  onOpen(handler: (event: unknown) => void): void {
    this.add('open', handler);
  }
  onMessage(handler: (event: unknown) => void): void {
    this.add('message', handler);
  }
  onError(handler: (event: { errMsg: string }) => void): void {
    this.add('error', handler);
  }
  onClose(handler: (event: { code: number; reason: string }) => void): void {
    this.add('close', handler);
  }
  send({ data }: { data: string | ArrayBuffer }): void {
    this.sent.push(data);
  }

  close(
    options: {
      code?: number;
      reason?: string;
      fail?: (failure: { errMsg: string }) => void;
    } = {},
  ): void {
    this.closeCalls.push(options);
    if (this.host.closeThrows) throw new Error(this.host.closeThrows);
    if (this.gone !== undefined) {
      options.fail?.({ errMsg: this.gone });
      return;
    }
    if (this.state === 'connecting' && this.host.ignoreCloseWhileConnecting) return;
    if (this.state === 'closing' || this.state === 'closed') return;
    this.state = 'closing';
    if (Number.isFinite(this.host.options.closeMs)) {
      this.host.clock.setTimeout(
        () => this.fireClose(options.code ?? 1000),
        this.host.options.closeMs,
      );
    }
  }

  fireOpen(): void {
    if (this.state === 'connecting' && this.gone === undefined) {
      this.state = 'open';
      this.emit('open', {});
    }
  }
  fireMessage(data: string): void {
    this.emit('message', { data });
  }
  fireError(errMsg: string): void {
    this.emit('error', { errMsg });
  }
  fireClose(code = 1006): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    this.host.live.delete(this);
    this.emit('close', { code, reason: '' });
  }

  private add(name: string, handler: (event: never) => void): void {
    (this.handlers[name] ??= []).push(handler);
  }
  private emit(name: string, event: object): void {
    for (const handler of this.handlers[name] ?? []) handler(event as never);
  }
}

/** `wx.connectSocket` under a fake clock; records the maximum number of live sockets. */
export class FakeWxSockets {
  readonly tasks: FakeTask[] = [];
  readonly live = new Set<FakeTask>();
  maxLive = 0;
  maxPerHost = 0;
  ignoreCloseWhileConnecting = false;
  /** `close` throws this. */
  closeThrows: string | undefined;
  /** Makes the next connect fail, throw or return nothing. */
  nextConnect: 'ok' | 'fail' | 'throw' | 'nothing' = 'ok';

  constructor(
    readonly clock: FakeClock,
    readonly options: FakeSocketOptions = { closeMs: 300, openMs: 10 },
  ) {}

  connectSocket = (options: WxConnectSocketOptions): WxSocketTask | undefined => {
    const how = this.nextConnect;
    this.nextConnect = 'ok';
    if (how === 'throw') throw new Error('no socket today');
    if (how === 'nothing') return undefined;
    const task = new FakeTask(options.url, this);
    this.tasks.push(task);
    if (how === 'fail') {
      this.clock.setTimeout(
        () => options.fail?.({ errMsg: 'connectSocket:fail exceed max task count' }),
        0,
      );
      return task;
    }
    this.live.add(task);
    this.maxLive = Math.max(this.maxLive, this.live.size);
    const host = new URL(task.url).hostname;
    const onHost = [...this.live].filter((other) => new URL(other.url).hostname === host).length;
    this.maxPerHost = Math.max(this.maxPerHost, onHost);
    if (Number.isFinite(this.options.openMs))
      this.clock.setTimeout(() => task.fireOpen(), this.options.openMs);
    return task;
  };

  /** Drops every live socket of the host without an event; `close` then fails with `errMsg`. */
  dropSilently(errMsg: string): void {
    for (const task of this.live) task.gone = errMsg;
    this.live.clear();
  }

  last(): FakeTask {
    const task = this.tasks[this.tasks.length - 1];
    if (!task) throw new Error('no socket was opened');
    return task;
  }
}

export function gatedSockets(clock: FakeClock, options?: FakeSocketOptions) {
  const host = new FakeWxSockets(clock, options);
  const gate = new SocketGate(clock);
  const uninstall = installWxSocketGate(host, gate);
  const connect = (
    url: string,
    owner = 'app',
    extra: Partial<WxConnectSocketOptions> = {},
  ): WxSocketTask => {
    const task = gate.withOwner(owner, () => host.connectSocket({ url, ...extra }));
    if (!task) throw new Error('the gate always returns a task');
    return task;
  };
  return { host, gate, connect, uninstall };
}
