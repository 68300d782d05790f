import { isFields, settle, text, WxFailure } from './api';
import type { WxContext } from './context';
import { checkAddress, HttpCall, type Answer } from './http';
import type { Callbacks, Fields } from './options';

const DEFAULT_TIMEOUT_MS = 60_000;

/** A `wx.request` as a test sees it afterwards. */
export interface RequestRecord {
  api: 'request' | 'uploadFile' | 'downloadFile';
  /** The address as the app wrote it. */
  url: string;
  method: string;
  header: Record<string, string>;
  data: unknown;
  statusCode?: number;
  errMsg?: string;
}

export function headersOf(value: unknown): Record<string, string> {
  const headers: Record<string, string> = {};
  if (!isFields(value)) return headers;
  for (const [name, each] of Object.entries(value)) {
    // WeChat sets Referer itself and refuses the app's Referer.
    if (each !== undefined && name.toLowerCase() !== 'referer') headers[name] = String(each);
  }
  return headers;
}

function formOf(data: Fields): string {
  return Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => {
      const plain = isFields(value) ? JSON.stringify(value) : String(value);
      return `${encodeURIComponent(key)}=${encodeURIComponent(plain)}`;
    })
    .join('&');
}

function isBinary(data: unknown): data is ArrayBuffer {
  return Object.prototype.toString.call(data) === '[object ArrayBuffer]';
}

/** Encodes data by WeChat's rules: GET data goes to the query, other data by content type. */
function encode(url: string, method: string, headers: Record<string, string>, data: unknown) {
  const typeKey = Object.keys(headers).find((name) => name.toLowerCase() === 'content-type');
  const contentType = typeKey ? (headers[typeKey] ?? '') : 'application/json';
  if (!typeKey) headers['content-type'] = contentType;
  if (data === undefined || data === null || data === '') return { url, body: undefined };
  if (method === 'GET') {
    const query = isFields(data) && !isBinary(data) ? formOf(data) : String(data);
    return { url: query ? `${url}${url.includes('?') ? '&' : '?'}${query}` : url, body: undefined };
  }
  if (isBinary(data)) return { url, body: Buffer.from(new Uint8Array(data)) };
  if (typeof data === 'string') return { url, body: Buffer.from(data) };
  const form = contentType.includes('application/x-www-form-urlencoded') && isFields(data);
  return { url, body: Buffer.from(form ? formOf(data) : JSON.stringify(data)) };
}

function decode(context: WxContext, options: Fields, answer: Answer): unknown {
  if (options.responseType === 'arraybuffer') return context.realm.toArrayBuffer(answer.body);
  const body = answer.body.toString('utf8');
  if (options.dataType !== undefined && options.dataType !== 'json') return body;
  try {
    return context.realm.parseJson(body);
  } catch {
    // WeChat returns the text when the body is not JSON.
    return body;
  }
}

function altered({ options }: WxContext, url: string, answer: Answer): Answer {
  if (!options.alterAnswer) return answer;
  const { statusCode } = answer;
  const changed = options.alterAnswer(url, { statusCode, body: answer.body.toString('utf8') });
  return { ...answer, statusCode: changed.statusCode, body: Buffer.from(changed.body) };
}

/** `wx.request`: takes callbacks only and always returns a task. */
export function makeRequest(context: WxContext, log: RequestRecord[]) {
  return (options: Fields & Callbacks) => {
    const asked = text(options.url);
    const method = text(options.method, 'GET').toUpperCase();
    const headers = headersOf(options.header);
    const record: RequestRecord = {
      api: 'request',
      url: asked,
      method,
      header: headers,
      data: options.data,
    };
    log.push(record);
    const headerListeners: ((event: Fields) => void)[] = [];
    let call: HttpCall | undefined;
    let aborted = false;

    const run = async (): Promise<Fields> => {
      checkAddress(context, 'request', asked);
      const { url, body } = encode(asked, method, headers, options.data);
      // A tick lies between the call and the connection: `abort()` right after `request()` sends nothing.
      await Promise.resolve();
      if (aborted) throw new WxFailure('abort');
      call = new HttpCall(context, url, {
        method,
        headers: body ? { ...headers, 'content-length': String(body.length) } : headers,
        body,
        timeoutMs: Number(options.timeout) || DEFAULT_TIMEOUT_MS,
        onHeaders: (header, cookies) =>
          headerListeners.forEach((listener) => context.guard(() => listener({ header, cookies }))),
      });
      const answer = altered(context, asked, await call.answer);
      record.statusCode = answer.statusCode;
      const { statusCode, header, cookies } = answer;
      return { data: decode(context, options, answer), statusCode, header, cookies };
    };
    run().then(
      (result) => settle(context, 'request', options, { result }),
      (error: unknown) => {
        record.errMsg = error instanceof WxFailure ? error.reason : String(error);
        settle(context, 'request', options, { error });
      },
    );
    return {
      abort: () => {
        aborted = true;
        call?.abort();
      },
      onHeadersReceived: (listener: (event: Fields) => void) => headerListeners.push(listener),
      offHeadersReceived: () => headerListeners.splice(0),
      onChunkReceived: () => undefined,
      offChunkReceived: () => undefined,
    };
  };
}
