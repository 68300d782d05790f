import { systemClock } from './clock';
import { Listeners } from './listeners';
import {
  HttpFailure,
  type HttpRequest,
  type HttpResponse,
  type NetworkStatus,
  type Platform,
} from './types';

const DEFAULT_TIMEOUT_MS = 8000;

/** A browser's capabilities, so that the same app runs on H5. */
export function createWebPlatform(): Platform {
  const changes = new Listeners<[NetworkStatus]>();
  const read = (): NetworkStatus => {
    const isConnected = globalThis.navigator?.onLine ?? true;
    return { isConnected, networkType: isConnected ? 'wifi' : 'none' };
  };
  globalThis.addEventListener('online', () => changes.emit(read()));
  globalThis.addEventListener('offline', () => changes.emit(read()));

  const onVisibility = (wanted: DocumentVisibilityState, handler: () => void) => {
    const listener = () => {
      if (globalThis.document.visibilityState === wanted) handler();
    };
    globalThis.document.addEventListener('visibilitychange', listener);
    return () => globalThis.document.removeEventListener('visibilitychange', listener);
  };

  return {
    name: 'h5',
    clock: systemClock,
    random: Math.random,
    storage: {
      get: (key) => globalThis.localStorage.getItem(key) ?? undefined,
      set: (key, value) => globalThis.localStorage.setItem(key, value),
      remove: (key) => globalThis.localStorage.removeItem(key),
      keys: () => Object.keys(globalThis.localStorage),
    },
    network: { current: read, onChange: (handler) => changes.add(handler) },
    lifecycle: {
      onHide: (handler) => onVisibility('hidden', handler),
      onShow: (handler) => onVisibility('visible', handler),
    },
    // A page is as new as its last load.
    updates: { onReady: () => () => undefined, restart: () => globalThis.location.reload() },
    loginCode: () => Promise.resolve(browserLoginCode()),
    request: webRequest,
    language: () => globalThis.navigator?.language ?? 'zh-CN',
  };
}

/** A browser has no wx.login; the demo names the wished account in the address (?account=...). */
function browserLoginCode(): string {
  const account = new URLSearchParams(globalThis.location.search).get('account');
  return account ? `demo:${account}` : `h5-${globalThis.location.host}`;
}

async function webRequest(request: HttpRequest): Promise<HttpResponse> {
  const abort = new AbortController();
  const timer = systemClock.setTimeout(
    () => abort.abort(),
    request.timeoutMs ?? DEFAULT_TIMEOUT_MS,
  );
  try {
    const response = await fetch(request.url, {
      method: request.method ?? 'GET',
      headers: { 'content-type': 'application/json', ...request.headers },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      signal: abort.signal,
    });
    const text = await response.text();
    return { status: response.status, body: parseJson(text) };
  } catch (error) {
    throw new HttpFailure(
      error instanceof Error ? error.message : String(error),
      abort.signal.aborted,
    );
  } finally {
    systemClock.clearTimeout(timer);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
