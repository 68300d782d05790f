import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import sirv from 'sirv';

export interface Served {
  origin: string;
  close(): Promise<void>;
}

export interface AppOptions {
  directory: string;
  /** `TARO_APP_*` values for the page before the app starts: the emulator's addresses. */
  env: Readonly<Record<string, string>>;
  port?: number;
}

/** Serves the built H5 app on its own origin, so that two phones have separate storages. */
export function serveApp({ directory, env, port = 0 }: AppOptions): Promise<Served> {
  const injected = `<script>globalThis.__YUNXIN_ENV__=${JSON.stringify(env).replace(/</g, '\\u003c')}</script>`;
  const index = readFileSync(path.join(directory, 'index.html'), 'utf8').replace(
    '<head>',
    `<head>${injected}`,
  );
  const files = sirv(directory, { etag: true });
  return listen(port, (request, response) => {
    const pathname = (request.url ?? '/').split('?')[0];
    if (pathname === '/' || pathname === '/index.html') sendHtml(response, index);
    else files(request, response, () => sendStatus(response, 404));
  });
}

/** Serves one HTML page. */
export function servePage(html: string, port = 0): Promise<Served> {
  return listen(port, (request, response) => {
    if ((request.url ?? '/').split('?')[0] === '/') sendHtml(response, html);
    else sendStatus(response, 404);
  });
}

function sendHtml(response: http.ServerResponse, html: string): void {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(html);
}

function sendStatus(response: http.ServerResponse, status: number): void {
  response.writeHead(status);
  response.end();
}

function listen(port: number, handler: http.RequestListener): Promise<Served> {
  return new Promise((resolve, reject) => {
    const server = http.createServer(handler);
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      resolve({
        origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}
