import http from 'node:http';
import https from 'node:https';
import { WxFailure } from './api';
import type { WxContext } from './context';
import { isLegal } from './domains';
import type { Fields, LegalHosts } from './options';

export interface Exchange {
  method: string;
  headers: Record<string, string>;
  body?: Buffer | undefined;
  timeoutMs: number;
  onHeaders?: (header: Fields, cookies: string[]) => void;
  onReceived?: (received: number, expected: number) => void;
  onSent?: (sent: number, total: number) => void;
}

export interface Answer {
  statusCode: number;
  header: Record<string, string>;
  cookies: string[];
  body: Buffer;
}

const SEND_SLICE = 64 * 1024;

/** Refuses requests that WeChat refuses before any byte leaves the phone. */
export function checkAddress(context: WxContext, list: keyof LegalHosts, url: string): void {
  if (!/^https?:\/\//i.test(url)) throw new WxFailure(`invalid url "${url}"`, 600009);
  if (!isLegal(context.options.legalHosts, list, url)) {
    throw new WxFailure('url not in domain list', 600002);
  }
  if (!context.online) {
    throw new WxFailure(
      'errcode:-106 cronet_error_code:-106 error_msg:net::ERR_INTERNET_DISCONNECTED',
      600001,
    );
  }
}

/** An HTTP exchange that can be aborted; fails with WeChat's texts and numbers. */
export class HttpCall {
  readonly answer: Promise<Answer>;
  private request: http.ClientRequest | undefined;
  private refuse: (error: WxFailure) => void = () => undefined;

  constructor(context: WxContext, url: string, exchange: Exchange) {
    this.answer = new Promise((resolve, reject) => {
      const timer = context.clock.setTimeout(
        () => this.end(new WxFailure('timeout', 5)),
        exchange.timeoutMs,
      );
      const settled = () => context.clock.clearTimeout(timer);
      this.refuse = (error) => {
        settled();
        reject(error);
      };
      this.open(context, url, exchange, (answer) => {
        settled();
        resolve(answer);
      });
    });
    context.onDispose(() => this.end(new WxFailure('interrupted')));
  }

  abort(): void {
    this.end(new WxFailure('abort'));
  }

  private end(error: WxFailure): void {
    this.refuse(error);
    this.request?.destroy();
  }

  private open(
    context: WxContext,
    url: string,
    exchange: Exchange,
    done: (answer: Answer) => void,
  ): void {
    const target = context.resolve(url);
    const { ca } = context.options;
    const request = (target.startsWith('https') ? https : http).request(target, {
      method: exchange.method,
      headers: exchange.headers,
      agent: false,
      ...(ca ? { ca } : {}),
    });
    this.request = request;
    request.on('error', (error: NodeJS.ErrnoException) => this.refuse(networkFailure(error)));
    request.on('response', (response) => {
      const { header, cookies } = readHeader(response.rawHeaders);
      exchange.onHeaders?.(header, cookies);
      const expected = Number(response.headers['content-length'] ?? 0);
      const chunks: Buffer[] = [];
      let received = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        received += chunk.length;
        exchange.onReceived?.(received, expected);
      });
      response.on('error', (error: NodeJS.ErrnoException) => this.refuse(networkFailure(error)));
      response.on('end', () =>
        done({
          statusCode: response.statusCode ?? 0,
          header,
          cookies,
          body: Buffer.concat(chunks),
        }),
      );
    });
    void sendBody(request, exchange);
  }
}

async function sendBody(request: http.ClientRequest, exchange: Exchange): Promise<void> {
  const body = exchange.body ?? Buffer.alloc(0);
  for (let at = 0; at < body.length && !request.destroyed; at += SEND_SLICE) {
    const slice = body.subarray(at, at + SEND_SLICE);
    await new Promise<void>((resolve) => request.write(slice, () => resolve()));
    exchange.onSent?.(Math.min(at + SEND_SLICE, body.length), body.length);
  }
  if (!request.destroyed) request.end();
}

function readHeader(raw: string[]): { header: Record<string, string>; cookies: string[] } {
  const header: Record<string, string> = {};
  const cookies: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at] ?? '';
    const value = raw[at + 1] ?? '';
    header[name] = name in header ? `${header[name] ?? ''},${value}` : value;
    if (name.toLowerCase() === 'set-cookie') cookies.push(value);
  }
  return { header, cookies };
}

const NET_ERRORS: Record<string, [number, string]> = {
  ECONNREFUSED: [-102, 'net::ERR_CONNECTION_REFUSED'],
  ECONNRESET: [-101, 'net::ERR_CONNECTION_RESET'],
  ENOTFOUND: [-105, 'net::ERR_NAME_NOT_RESOLVED'],
  EAI_AGAIN: [-105, 'net::ERR_NAME_NOT_RESOLVED'],
};

function networkFailure(error: NodeJS.ErrnoException): WxFailure {
  const [code, name] = NET_ERRORS[error.code ?? ''] ?? [-2, `net::ERR_FAILED (${error.message})`];
  return new WxFailure(`errcode:${code} cronet_error_code:${code} error_msg:${name}`, 600001);
}
