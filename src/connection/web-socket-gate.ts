import type { SocketGate } from './socket-gate';
import type { SocketTicket } from './socket-ticket';

type WebSocketClass = typeof WebSocket;

/** `globalThis` of a browser, or anything with a WebSocket constructor. */
export interface WebSocketHost {
  WebSocket: WebSocketClass;
}

const ABNORMAL_CLOSURE = 1006;

/**
 * Replaces the browser's WebSocket by one that passes through the gate, so that H5 keeps the same rules as WeChat
 * and the inspector shows the same figures.
 * @returns a function that restores the original.
 */
export function installWebSocketGate(host: WebSocketHost, gate: SocketGate): () => void {
  const Original = host.WebSocket;

  class GatedWebSocket extends EventTarget {
    static readonly CONNECTING = 0;
    static readonly OPEN = 1;
    static readonly CLOSING = 2;
    static readonly CLOSED = 3;
    readonly CONNECTING = 0;
    readonly OPEN = 1;
    readonly CLOSING = 2;
    readonly CLOSED = 3;
    readonly url: string;
    onopen: ((event: Event) => void) | null = null;
    onmessage: ((event: MessageEvent) => void) | null = null;
    onerror: ((event: Event) => void) | null = null;
    onclose: ((event: CloseEvent) => void) | null = null;
    private readonly ticket: SocketTicket;
    private socket: WebSocket | undefined;
    private wantedBinaryType: BinaryType = 'blob';
    private ended = false;

    constructor(
      url: string | URL,
      private readonly protocols?: string | string[],
    ) {
      super();
      this.url = String(url);
      let startNow = false;
      let ready = false;
      this.ticket = gate.request({
        url: this.url,
        start: () => {
          if (ready) this.start();
          else startNow = true;
        },
        refuse: (errMsg) => this.fail(errMsg),
        close: () => this.close(),
        giveUp: (reason) => this.finish(ABNORMAL_CLOSURE, reason, false),
      });
      ready = true;
      if (startNow) this.start();
    }

    get readyState(): number {
      if (this.ended || this.ticket.state === 'closed') return this.CLOSED;
      if (this.ticket.state === 'closing') return this.CLOSING;
      return this.ticket.state === 'open' ? this.OPEN : this.CONNECTING;
    }

    get bufferedAmount(): number {
      return this.socket?.bufferedAmount ?? 0;
    }

    get protocol(): string {
      return this.socket?.protocol ?? '';
    }

    get extensions(): string {
      return this.socket?.extensions ?? '';
    }

    get binaryType(): BinaryType {
      return this.wantedBinaryType;
    }

    set binaryType(type: BinaryType) {
      this.wantedBinaryType = type;
      if (this.socket) this.socket.binaryType = type;
    }

    send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
      if (!this.socket) throw new DOMException('Still in CONNECTING state.', 'InvalidStateError');
      this.socket.send(data as string);
    }

    close(code?: number, reason?: string): void {
      if (this.ended) return;
      if (this.ticket.closing()) this.socket?.close(code, reason);
      else this.finish(code ?? 1000, reason ?? 'closed before it started', true);
    }

    private start(): void {
      try {
        this.socket = new Original(this.url, this.protocols);
      } catch (error) {
        this.fail(error instanceof Error ? error.message : String(error));
        return;
      }
      const { socket } = this;
      socket.binaryType = this.wantedBinaryType;
      socket.onopen = () => {
        this.ticket.opened();
        this.deliver(new Event('open'), this.onopen);
      };
      socket.onmessage = ({ data, origin }) => {
        this.ticket.received();
        const event = new MessageEvent('message', { data: data as unknown, origin });
        try {
          this.deliver(event, this.onmessage);
        } catch (error) {
          this.ticket.unreadable(error);
        }
      };
      socket.onerror = () => this.deliver(new Event('error'), this.onerror);
      socket.onclose = ({ code, reason, wasClean }) => this.finish(code, reason, wasClean);
    }

    private fail(reason: string): void {
      this.ticket.closed(ABNORMAL_CLOSURE, reason);
      void Promise.resolve().then(() => {
        this.deliver(new Event('error'), this.onerror);
        this.finish(ABNORMAL_CLOSURE, reason, false);
      });
    }

    private finish(code: number, reason: string, wasClean: boolean): void {
      if (this.ended) return;
      this.ended = true;
      this.ticket.closed(code, reason);
      void Promise.resolve().then(() =>
        this.deliver(new CloseEvent('close', { code, reason, wasClean }), this.onclose),
      );
    }

    private deliver<E extends Event>(event: E, handler: ((event: E) => void) | null): void {
      handler?.call(this, event);
      this.dispatchEvent(event);
    }
  }

  host.WebSocket = GatedWebSocket as unknown as WebSocketClass;
  return () => {
    host.WebSocket = Original;
  };
}
