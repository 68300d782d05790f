import http from 'node:http';
import { WebSocket } from 'ws';

type Handler = ((event: object) => void) | null;

const SLICE = 65_536;

/** The part of XMLHttpRequest that the SDK uses, over Node's http. */
function xhrClass(agent: http.Agent) {
  return class MiniXhr {
    readyState = 0;
    status = 0;
    statusText = '';
    response = '';
    timeout = 0;
    onreadystatechange: Handler = null;
    onerror: Handler = null;
    ontimeout: Handler = null;
    readonly upload: { onprogress: Handler } = { onprogress: null };
    private request: http.ClientRequest | undefined;
    private readonly headers: Record<string, string> = {};
    private method = 'GET';
    private url = '';

    get responseText(): string {
      return this.response;
    }

    open(method: string, url: string): void {
      [this.method, this.url] = [method.toUpperCase(), url];
    }

    setRequestHeader(name: string, value: string): void {
      this.headers[name] = value;
    }

    send(body?: string | ArrayBuffer): void {
      const bytes =
        typeof body === 'string' ? Buffer.from(body) : Buffer.from(body ?? new ArrayBuffer(0));
      const request = http.request(this.url, {
        method: this.method,
        agent,
        headers: { ...this.headers, ...(bytes.length ? { 'content-length': bytes.length } : {}) },
      });
      this.request = request;
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          this.status = response.statusCode ?? 0;
          this.response = Buffer.concat(chunks).toString('utf8');
          this.finish();
        });
      });
      request.on('error', () => {
        this.status = 0;
        this.finish();
        this.onerror?.({});
      });
      const sendFrom = (start: number): void => {
        const end = Math.min(start + SLICE, bytes.length);
        request.write(bytes.subarray(start, end), () => {
          this.upload.onprogress?.({ lengthComputable: true, loaded: end, total: bytes.length });
          if (end < bytes.length) sendFrom(end);
          else request.end();
        });
      };
      if (bytes.length) sendFrom(0);
      else request.end();
    }

    abort(): void {
      this.request?.destroy();
    }

    private finish(): void {
      this.readyState = 4;
      this.onreadystatechange?.({});
    }
  };
}

/** The part of FileReader that the SDK uses. */
class MiniFileReader {
  result: ArrayBuffer | undefined;
  private readonly listeners = new Map<string, (event: object) => void>();

  addEventListener(name: string, listener: (event: object) => void): void {
    this.listeners.set(name, listener);
  }

  readAsArrayBuffer(blob: Blob): void {
    void blob.arrayBuffer().then((result) => {
      // The SDK asks for an ArrayBuffer of its own realm.
      this.result = new Uint8Array(result).slice().buffer;
      this.listeners.get('load')?.({ target: this });
    });
  }
}

/** Globals with which the SDK's browser adapters reach an emulator from Node. */
export function createMiniBrowser(): {
  globals: Record<string, unknown>;
  breakSockets(): void;
  dispose(): void;
} {
  const agent = new http.Agent();
  const sockets = new Set<WebSocket>();
  const storage = new Map<string, string>();
  class TrackedSocket extends WebSocket {
    constructor(url: string) {
      super(url);
      sockets.add(this);
      this.on('close', () => sockets.delete(this));
      this.on('error', () => undefined);
    }
  }
  const XMLHttpRequest = xhrClass(agent);
  const navigator = { userAgent: 'mini-browser', onLine: true };
  const localStorage = {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => void storage.set(key, value),
    removeItem: (key: string) => void storage.delete(key),
  };
  const window = {
    localStorage,
    navigator,
    WebSocket: TrackedSocket,
    XMLHttpRequest,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  };
  const breakSockets = (): void => {
    for (const socket of sockets) socket.terminate();
  };
  return {
    globals: {
      window,
      navigator,
      localStorage,
      XMLHttpRequest,
      File,
      FileReader: MiniFileReader,
      WebSocket: TrackedSocket,
      // The SDK's uploader reports failures to the console whatever the debug level is.
      console: { ...console, error: () => undefined },
    },
    breakSockets,
    dispose: () => {
      breakSockets();
      agent.destroy();
    },
  };
}
