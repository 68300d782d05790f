import { systemClock } from './clock';
import { DeviceStorage } from './device-storage';
import { Listeners } from './listeners';
import { webFiles } from './web-files';
import { shieldLocalStorage } from './shield-storage';
import {
  HttpFailure,
  type HttpRequest,
  type HttpResponse,
  type NetworkStatus,
  type Platform,
} from './types';

const DEFAULT_TIMEOUT_MS = 8000;

/** Implements the platform with a browser's functions, so that the same app runs on H5. */
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
    storage: webStorage(),
    network: { current: read, onChange: (handler) => changes.add(handler) },
    lifecycle: {
      onHide: (handler) => onVisibility('hidden', handler),
      onShow: (handler) => onVisibility('visible', handler),
      onEnd: (handler) => {
        // A page in the back-forward cache (`persisted`) has not ended.
        const listener = ({ persisted }: PageTransitionEvent) => {
          if (!persisted) handler();
        };
        globalThis.addEventListener('pagehide', listener);
        return () => globalThis.removeEventListener('pagehide', listener);
      },
    },
    files: webFiles(),
    // A reload is the only update of a page.
    updates: { onReady: () => () => undefined, restart: () => globalThis.location.reload() },
    loginCode: () => Promise.resolve(browserLoginCode()),
    request: webRequest,
    language: () => globalThis.navigator?.language ?? 'zh-CN',
  };
}

/** Creates the browser's storage; afterwards `localStorage` uses it too. */
function webStorage(): DeviceStorage {
  const host = localStorageOf(globalThis);
  const storage = new DeviceStorage({
    get: (key) => host().getItem(key),
    set: (key, value) => host().setItem(key, String(value)),
    remove: (key) => host().removeItem(key),
    keys: () => Object.keys(host()),
  });
  shieldLocalStorage(globalThis, storage);
  return storage;
}

/** The getter throws where site data is blocked, and then always; its error is thrown again at each use. */
function localStorageOf(host: { readonly localStorage: Storage }): () => Storage {
  try {
    const { localStorage } = host;
    return () => localStorage;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** A browser has no wx.login; in the demo the address names the account (?account=...). */
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
