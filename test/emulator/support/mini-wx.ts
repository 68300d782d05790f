import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { WebSocket } from 'ws';

interface RequestOptions {
  url: string;
  method?: string;
  data?: unknown;
  header?: Record<string, string>;
  timeout?: number;
  success?: (answer: unknown) => void;
  fail?: (error: unknown) => void;
}

interface UploadOptions {
  url: string;
  filePath: string;
  name: string;
  formData?: Record<string, string>;
  header?: Record<string, string>;
  success?: (answer: unknown) => void;
  fail?: (error: unknown) => void;
}

const UPLOAD_SLICE = 16_384;

/** Minimal `wx` with which the SDK reaches an emulator from Node. */
export function createMiniWx(): {
  wx: object;
  /** Breaks open sockets on the client's side, without a close frame. */
  breakSockets(): void;
  dispose(): void;
} {
  const sockets = new Set<WebSocket>();
  const agents = { http: new http.Agent(), https: new https.Agent({ rejectUnauthorized: false }) };
  const storage = new Map<string, unknown>();

  const request = (options: RequestOptions): { abort(): void } => {
    const secure = options.url.startsWith('https:');
    const sent = (secure ? https : http).request(
      options.url,
      {
        method: options.method ?? 'GET',
        headers: options.header ?? {},
        agent: secure ? agents.https : agents.http,
        timeout: options.timeout ?? 60_000,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          let data: unknown = text;
          try {
            data = JSON.parse(text);
          } catch {
            // The answer to the handshake is text.
          }
          options.success?.({ statusCode: response.statusCode, data, header: response.headers });
        });
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('timeout')));
    sent.on('error', (error: Error) =>
      options.fail?.({ errMsg: `request:fail ${error.message}`, errno: 5 }),
    );
    sent.end(
      options.data === undefined || options.method === 'GET'
        ? undefined
        : JSON.stringify(options.data),
    );
    return { abort: () => void sent.destroy() };
  };

  const connectSocket = ({ url }: { url: string }): object => {
    const socket = new WebSocket(url, { rejectUnauthorized: false });
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    return {
      onOpen: (listener: () => void) => socket.on('open', listener),
      onClose: (listener: (event: object) => void) =>
        socket.on('close', (code, reason) => listener({ code, reason: String(reason) })),
      onError: (listener: (event: object) => void) =>
        socket.on('error', (error) => listener({ errMsg: error.message })),
      onMessage: (listener: (event: object) => void) =>
        socket.on('message', (data) => listener({ data: String(data) })),
      send: ({ data, success, fail }: { data: string; success?: () => void; fail?: () => void }) =>
        socket.send(data, (error) => (error ? fail?.() : success?.())),
      close: ({ code }: { code?: number } = {}) => socket.close(code ?? 1000),
    };
  };

  const uploadFile = (options: UploadOptions): object => {
    const boundary = `----wx${Date.now()}`;
    const head = (disposition: string): string =>
      `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n`;
    const fields = Object.entries(options.formData ?? {}).map(
      ([name, value]) => `${head(`name="${name}"`)}\r\n${value}\r\n`,
    );
    const name = path.basename(options.filePath);
    const body = Buffer.concat([
      Buffer.from(`${fields.join('')}${head(`name="${options.name}"; filename="${name}"`)}\r\n`),
      readFileSync(options.filePath),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    const listeners = new Set<(progress: object) => void>();
    let aborted = false;
    const sent = http.request(
      options.url,
      {
        method: 'POST',
        agent: agents.http,
        headers: {
          ...options.header,
          'content-type': `multipart/form-data; boundary=${boundary}`,
          'content-length': body.length,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          options.success?.({
            statusCode: response.statusCode,
            data: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    sent.on('error', (error: Error) =>
      options.fail?.({ errMsg: `uploadFile:fail ${aborted ? 'abort' : error.message}`, errno: 1 }),
    );
    // Each slice counts as sent when the socket has taken it, so progress follows a slow server.
    const sendFrom = (start: number): void => {
      const end = Math.min(start + UPLOAD_SLICE, body.length);
      sent.write(body.subarray(start, end), () => {
        const progress = {
          progress: Math.round((100 * end) / body.length),
          totalBytesSent: end,
          totalBytesExpectedToSend: body.length,
        };
        for (const listener of listeners) listener(progress);
        if (end < body.length) sendFrom(end);
        else sent.end();
      });
    };
    sendFrom(0);
    return {
      abort: () => {
        aborted = true;
        sent.destroy(new Error('abort'));
      },
      onProgressUpdate: (listener: (progress: object) => void) => listeners.add(listener),
    };
  };

  const breakSockets = (): void => {
    for (const socket of sockets) socket.terminate();
  };

  const systemInfo = { platform: 'devtools', system: 'iOS 16', SDKVersion: '3.0.0', model: 'test' };
  const wx = {
    request,
    connectSocket,
    uploadFile,
    getSystemInfoSync: () => systemInfo,
    getSystemInfo: ({ success }: { success?: (info: object) => void }) => success?.(systemInfo),
    getNetworkType: ({ success }: { success?: (answer: object) => void }) =>
      success?.({ networkType: 'wifi' }),
    onNetworkStatusChange: () => undefined,
    offNetworkStatusChange: () => undefined,
    getStorageSync: (key: string) => storage.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => storage.set(key, value),
    removeStorageSync: (key: string) => storage.delete(key),
    getStorage: ({ key, success }: { key: string; success?: (answer: object) => void }) =>
      success?.({ data: storage.get(key) }),
    setStorage: ({ key, data }: { key: string; data: unknown }) => storage.set(key, data),
    removeStorage: ({ key }: { key: string }) => storage.delete(key),
  };
  return {
    wx,
    breakSockets,
    dispose: () => {
      breakSockets();
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}
