import { Listeners } from '@/platform';
import type { SocketGate } from './socket-gate';
import type { SocketTicket } from './socket-ticket';

/** The part of WeChat's `SocketTask` that exists since 1.7.0. */
export interface WxSocketTask {
  send(options: { data: string | ArrayBuffer } & Callbacks): void;
  close(options?: { code?: number; reason?: string } & Callbacks): void;
  onOpen(handler: (event: unknown) => void): void;
  onMessage(handler: (event: unknown) => void): void;
  onError(handler: (event: { errMsg: string }) => void): void;
  onClose(handler: (event: { code: number; reason: string }) => void): void;
  readonly readyState?: number;
}

interface Callbacks {
  success?: (result: { errMsg: string }) => void;
  fail?: (failure: { errMsg: string }) => void;
  complete?: (result: { errMsg: string }) => void;
}

export interface WxConnectSocketOptions extends Callbacks {
  url: string;
}

type ConnectSocket = (options: WxConnectSocketOptions) => WxSocketTask | undefined;

/** `wx`, or anything that opens sockets as `wx` does. */
export interface WxSocketHost {
  connectSocket: ConnectSocket;
}

/** WeChat's code for a link that ended without a closing handshake. */
const ABNORMAL_CLOSURE = 1006;
/** `close` fails with such a text when the host has dropped the socket: "task not found", "taskID not exist". */
const TASK_GONE = /not found|not exist|no such/i;
/** A dropped socket, if it was open before; a socket that is still connecting is "not connected" as well. */
const NOT_CONNECTED = /not connected|not established/i;

/**
 * Replaces `wx.connectSocket` by a function that passes through the gate. Both SDK builds and every third-party kit
 * read the function at call time, so it is enough to replace it before they run. The property is redefined,
 * because WeChat makes it read-only.
 * @returns a function that restores the original.
 */
export function installWxSocketGate(host: WxSocketHost, gate: SocketGate): () => void {
  const before = Object.getOwnPropertyDescriptor(host, 'connectSocket');
  const original = host.connectSocket;
  const gated: ConnectSocket = (options) => new GatedSocketTask(original.bind(host), options, gate);
  Object.defineProperty(host, 'connectSocket', {
    value: gated,
    configurable: true,
    writable: true,
    enumerable: true,
  });
  return () => {
    if (before) Object.defineProperty(host, 'connectSocket', before);
    else Reflect.deleteProperty(host, 'connectSocket');
  };
}

/** Stands in for the SocketTask; callers get it at once, and the real task starts when the gate has room. */
class GatedSocketTask implements WxSocketTask {
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSING = 2;
  readonly CLOSED = 3;
  private readonly openHandlers = new Listeners<[unknown]>();
  private readonly messageHandlers = new Listeners<[unknown]>((error) =>
    this.ticket.unreadable(error),
  );
  private readonly errorHandlers = new Listeners<[{ errMsg: string }]>();
  private readonly closeHandlers = new Listeners<[{ code: number; reason: string }]>();
  private readonly ticket: SocketTicket;
  private task: WxSocketTask | undefined;
  private everOpen = false;
  private ended = false;

  constructor(
    private readonly connect: ConnectSocket,
    private readonly options: WxConnectSocketOptions,
    gate: SocketGate,
  ) {
    let startNow: (() => void) | undefined;
    let ready = false;
    this.ticket = gate.request({
      url: options.url,
      // The gate may start a connect inside request(), before `this.ticket` is set.
      start: () => {
        if (ready) this.start();
        else startNow = () => this.start();
      },
      refuse: (errMsg) => this.fail(errMsg),
      close: () => this.close(),
      giveUp: (reason) => this.finish(ABNORMAL_CLOSURE, reason),
    });
    ready = true;
    startNow?.();
  }

  get readyState(): number {
    switch (this.ticket.state) {
      case 'open':
        return this.OPEN;
      case 'closing':
        return this.CLOSING;
      case 'closed':
        return this.CLOSED;
      default:
        return this.CONNECTING;
    }
  }

  onOpen(handler: (event: unknown) => void): void {
    this.openHandlers.add(handler);
  }

  onMessage(handler: (event: unknown) => void): void {
    this.messageHandlers.add(handler);
  }

  onError(handler: (event: { errMsg: string }) => void): void {
    this.errorHandlers.add(handler);
  }

  onClose(handler: (event: { code: number; reason: string }) => void): void {
    this.closeHandlers.add(handler);
  }

  send(options: { data: string | ArrayBuffer } & Callbacks): void {
    if (this.task && this.ticket.state === 'open') {
      this.task.send(options);
      return;
    }
    const failure = { errMsg: 'sendSocketMessage:fail SocketTask.readyState is not OPEN' };
    options.fail?.(failure);
    options.complete?.(failure);
  }

  close(options: { code?: number; reason?: string } & Callbacks = {}): void {
    if (this.ended) return;
    const started = this.ticket.closing();
    if (started && this.task) {
      this.closeTask(this.task, options);
      return;
    }
    const done = { errMsg: 'closeSocket:ok' };
    options.success?.(done);
    options.complete?.(done);
    if (!started) this.finish(options.code ?? 1000, options.reason ?? 'closed before it started');
  }

  /** During CONNECTING WeChat may ignore this; `opened` closes again then. */
  private closeTask(
    task: WxSocketTask,
    options: { code?: number; reason?: string } & Callbacks,
  ): void {
    const failed = (failure: { errMsg: string }) => {
      options.fail?.(failure);
      const isGone =
        TASK_GONE.test(failure.errMsg) || (this.everOpen && NOT_CONNECTED.test(failure.errMsg));
      if (isGone) this.finish(ABNORMAL_CLOSURE, failure.errMsg);
    };
    try {
      task.close({ ...options, fail: failed });
    } catch (error) {
      failed({
        errMsg: `closeSocket:fail ${error instanceof Error ? error.message : String(error)}`,
      });
    }
  }

  private start(): void {
    const { success, fail, complete, ...rest } = this.options;
    try {
      this.task = this.connect({
        ...rest,
        ...(success ? { success } : {}),
        ...(complete ? { complete } : {}),
        fail: (failure) => this.fail(failure.errMsg, fail),
      });
    } catch (error) {
      this.fail(`connectSocket:fail ${error instanceof Error ? error.message : String(error)}`);
      return;
    }
    if (!this.task) {
      this.fail('connectSocket:fail no SocketTask was returned');
      return;
    }
    const { task } = this;
    task.onOpen((event) => this.opened(event));
    task.onMessage((event) => {
      if (this.ended) return;
      this.ticket.received();
      this.messageHandlers.emit(event);
    });
    task.onError((event) => {
      this.errorHandlers.emit(event);
      this.ticket.errored();
    });
    task.onClose(({ code, reason }) => this.finish(code, reason));
  }

  private opened(event: unknown): void {
    const orphan = this.ended || this.ticket.state === 'closing';
    this.everOpen = true;
    this.ticket.opened();
    if (orphan) {
      // close() came during CONNECTING and WeChat let the socket open: it has no owner, so close it.
      if (this.task) this.closeTask(this.task, { code: 1000, reason: 'closed while connecting' });
      return;
    }
    this.openHandlers.emit(event);
  }

  /** The socket never existed. The SDK only logs `fail`, so the error and close events follow. */
  private fail(errMsg: string, callback = this.options.fail): void {
    if (this.ended) return;
    this.ticket.closed(ABNORMAL_CLOSURE, errMsg);
    // WeChat calls back later, never inside the call; a caller may still be attaching its handlers.
    void Promise.resolve().then(() => {
      callback?.({ errMsg });
      this.errorHandlers.emit({ errMsg });
      this.finish(ABNORMAL_CLOSURE, errMsg);
    });
  }

  private finish(code: number, reason: string): void {
    if (this.ended) return;
    this.ended = true;
    this.ticket.closed(code, reason);
    void Promise.resolve().then(() => this.closeHandlers.emit({ code, reason }));
  }
}
