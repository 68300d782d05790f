import WebSocket from 'ws';
import { isFields, Listeners, settle, text, WxFailure } from './api';
import type { WxContext } from './context';
import { hostName, isLegal } from './domains';
import type { Callbacks, Fields } from './options';
import { SocketLedger } from './socket-ledger';

const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;
/** Time after which a peer that does not answer our close frame is dropped. */
const CLOSE_HANDSHAKE_MS = 500;

/** A `wx.connectSocket` on a real WebSocket. */
class FakeSocketTask {
  readyState = CONNECTING;
  readonly CONNECTING = CONNECTING;
  readonly OPEN = OPEN;
  readonly CLOSING = CLOSING;
  readonly CLOSED = CLOSED;
  private socket: WebSocket | undefined;
  private heldBack: (string | Uint8Array)[] = [];
  private closing: { code: number; reason: string } | undefined;
  /** False from `close()` until `closeDelayMs` have passed. */
  private mayEnd = true;
  private endedEarly = false;
  /** The host no longer has the task: `close()` fails with this text. */
  private gone: string | undefined;
  private readonly listeners: Record<'open' | 'message' | 'close' | 'error', Listeners<Fields>>;

  constructor(
    private readonly context: WxContext,
    private readonly ledger: SocketLedger,
    readonly id: number,
    readonly url: string,
  ) {
    const make = () => new Listeners<Fields>(context);
    this.listeners = { open: make(), message: make(), close: make(), error: make() };
  }

  readonly onOpen = (listener: (event: Fields) => void) => this.listen('open', listener);
  readonly onMessage = (listener: (event: Fields) => void) => this.listen('message', listener);
  readonly onClose = (listener: (event: Fields) => void) => this.listen('close', listener);
  readonly onError = (listener: (event: Fields) => void) => this.listen('error', listener);

  /** Starts the connection; the task is counted until its `onClose`. */
  start(options: Fields): void {
    const protocols = Array.isArray(options.protocols) ? options.protocols.map(String) : [];
    const headers: Record<string, string> = {};
    if (isFields(options.header)) {
      for (const [name, value] of Object.entries(options.header)) headers[name] = String(value);
    }
    const { ca } = this.context.options;
    if (!this.context.online) {
      this.context.later(() => this.failed('network is down'));
      return;
    }
    const socket = new WebSocket(this.context.resolve(this.url), protocols, {
      headers,
      handshakeTimeout: Number(options.timeout) || 60_000,
      // Delivers a message per macrotask, as WeChat does; ws would deliver several frames in a turn.
      allowSynchronousEvents: false,
      ...(ca ? { ca } : {}),
    });
    this.socket = socket;
    socket.on('open', () => this.opened());
    socket.on('message', (data, binary) => this.received(data, binary));
    socket.on('error', (error) => this.failed(error.message));
    socket.on('close', (code, reason) => this.ended(code, reason.toString()));
  }

  readonly send = (options: Fields & Callbacks): void => {
    if (this.readyState !== OPEN) {
      const error = new WxFailure('SocketTask.readyState is not OPEN');
      settle(this.context, 'sendSocketMessage', options, { error });
      return;
    }
    const { data } = options;
    const frame = typeof data === 'string' ? data : new Uint8Array(data as ArrayBuffer).slice();
    // Offline does not close a socket: TCP keeps the bytes and sends them when the network is back.
    if (this.context.online) this.socket?.send(frame);
    else this.heldBack.push(frame);
    this.ledger.note(this, 'send', typeof data === 'string' ? data : '[binary]');
    settle(this.context, 'sendSocketMessage', options, { result: {} });
  };

  readonly close = (options: Fields & Callbacks = {}): void => {
    const {
      closeWhileConnecting = 'honour',
      closeDelayMs = 0,
      closeNeverFires,
    } = this.context.options;
    if (this.gone !== undefined) {
      settle(this.context, 'closeSocket', options, { error: new WxFailure(this.gone) });
      return;
    }
    const deaf = this.readyState === CONNECTING && closeWhileConnecting !== 'honour';
    if (this.readyState >= CLOSING || (deaf && closeWhileConnecting === 'fail')) {
      const error = new WxFailure('SocketTask.readyState is not OPEN');
      settle(this.context, 'closeSocket', options, { error });
      return;
    }
    settle(this.context, 'closeSocket', options, { result: {} });
    if (deaf) return;
    this.readyState = CLOSING;
    this.closing = { code: Number(options.code) || 1000, reason: text(options.reason) };
    this.ledger.note(this, 'closing', `${this.closing.code} ${this.closing.reason}`);
    const never =
      typeof closeNeverFires === 'function' ? closeNeverFires(this.url) : closeNeverFires === true;
    if (never) return;
    // A server that closes meanwhile does not speed up the host.
    this.mayEnd = false;
    this.context.clock.setTimeout(() => {
      this.mayEnd = true;
      if (this.endedEarly) this.ended(1000, '');
      else this.hangUp();
    }, closeDelayMs);
  };

  /** The host ends the connection: the app sees `onClose` with this code and reason. */
  cut(code: number, reason: string): void {
    if (this.readyState === CLOSED) return;
    this.closing = { code, reason };
    this.mayEnd = true;
    this.abandon();
    this.context.later(() => this.ended(code, reason));
  }

  /** The host closes the connection without an event. */
  drop(errMsg: string): void {
    this.gone = errMsg;
    this.readyState = CLOSED;
    this.abandon();
    this.ledger.free(this, 'dropped');
  }

  /** Drops the connection without telling the app (end of the test). */
  abandon(): void {
    const { socket } = this;
    if (!socket) return;
    socket.removeAllListeners();
    // ws reports an abandoned handshake as an error that nobody handles any more.
    socket.on('error', () => undefined);
    socket.terminate();
  }

  networkChanged(): void {
    if (this.readyState !== OPEN) return;
    if (!this.context.online) {
      this.socket?.pause();
      return;
    }
    this.socket?.resume();
    this.heldBack.splice(0).forEach((frame) => this.socket?.send(frame));
  }

  private listen(
    event: keyof FakeSocketTask['listeners'],
    listener: (event: Fields) => void,
  ): void {
    if (this.context.options.singleListener) this.listeners[event].off();
    this.listeners[event].on(listener);
  }

  private opened(): void {
    // The app closed the socket while connecting: WeChat does not announce such a socket as open.
    if (this.readyState !== CONNECTING) return;
    this.readyState = OPEN;
    this.ledger.note(this, 'open');
    this.deliver('open', { header: {}, profile: {} });
  }

  private received(data: WebSocket.RawData, binary: boolean): void {
    if (this.readyState !== OPEN && this.readyState !== CLOSING) return;
    const bytes = Buffer.isBuffer(data)
      ? data
      : Array.isArray(data)
        ? Buffer.concat(data)
        : Buffer.from(data);
    const { alterFrame = (frame: string) => [frame] } = this.context.options;
    if (binary) this.deliver('message', { data: this.context.realm.toArrayBuffer(bytes) });
    else
      for (const frame of alterFrame(bytes.toString('utf8')))
        this.deliver('message', {
          data: typeof frame === 'string' ? frame : this.context.realm.toArrayBuffer(frame),
        });
  }

  private failed(reason: string): void {
    if (this.readyState === CLOSED || this.readyState === CLOSING) return;
    this.deliver('error', { errMsg: `connectSocket:fail ${reason}` });
    if (this.context.options.errorWithoutClose) this.drop('task not found');
    else if (!this.socket) this.ended(1006, 'abnormal closure');
  }

  private hangUp(): void {
    const { socket, closing } = this;
    if (!closing || this.readyState === CLOSED) return;
    if (!socket) {
      this.ended(closing.code, closing.reason);
      return;
    }
    if (socket.readyState === WebSocket.OPEN && this.context.online) {
      socket.close(closing.code, closing.reason);
      const impatience = setTimeout(() => socket.terminate(), CLOSE_HANDSHAKE_MS);
      socket.once('close', () => clearTimeout(impatience));
    } else {
      socket.terminate();
    }
  }

  private ended(code: number, reason: string): void {
    if (this.readyState === CLOSED || this.context.disposed) return;
    if (!this.mayEnd) {
      this.endedEarly = true;
      return;
    }
    this.readyState = CLOSED;
    const said = this.closing ?? {
      code,
      reason: reason || (code === 1006 ? 'abnormal closure' : ''),
    };
    // Frees the place before the listeners run: an app that reconnects inside onClose can use the place.
    this.ledger.free(this, `${said.code} ${said.reason}`);
    this.deliver('close', said);
  }

  private deliver(event: keyof FakeSocketTask['listeners'], fields: Fields): void {
    if (!this.context.disposed) this.listeners[event].emit(fields);
  }
}

/** `wx.connectSocket` with WeChat's limits, domain list and kinds of refusal. */
export function makeConnectSocket(context: WxContext, ledger: SocketLedger) {
  let count = 0;
  return (options: Fields & Callbacks): FakeSocketTask | undefined => {
    const url = text(options.url);
    const index = count++;
    const task = new FakeSocketTask(context, ledger, index, url);
    const refusal = refusalOf(context, ledger, url);
    const fault = context.options.connectFault?.(url, index);
    if (fault === 'throw') throw new Error('connectSocket:fail');
    if (fault === 'undefined') return undefined;
    if (refusal || fault === 'fail') {
      ledger.refuse(task, refusal || 'by test');
      settle(context, 'connectSocket', options, { error: new WxFailure(refusal) });
      return task;
    }
    ledger.take(task);
    if (fault !== 'silent') {
      task.start(options);
      settle(context, 'connectSocket', options, { result: { socketTaskId: index } });
    }
    return task;
  };
}

function refusalOf(context: WxContext, ledger: SocketLedger, url: string): string {
  const { limits, legalHosts } = context.options;
  if (!/^wss?:\/\//i.test(url)) return 'invalid url';
  if (!isLegal(legalHosts, 'socket', url)) return 'url not in domain list';
  const { total, perHost } = limits === undefined ? { total: 5, perHost: 2 } : limits || {};
  if (total !== undefined && ledger.live >= total) return 'exceed max task count';
  if (perHost !== undefined && (ledger.perHost.get(hostName(url)) ?? 0) >= perHost) {
    return 'exceed max task count';
  }
  return '';
}
