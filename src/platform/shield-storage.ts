import type { DeviceStorage } from './device-storage';

/**
 * Replaces the storage functions of `wx` by the device storage. Both SDK builds and third-party kits
 * read these functions at call time and expect no exception: by an exception the IM SDK loses the answer to its
 * login, and the chatroom SDK cannot be created. The properties are redefined, because WeChat makes them read-only.
 */
export function shieldWxStorage(host: object, storage: DeviceStorage): void {
  define(host, 'getStorageSync', (key: string) => storage.read(key) ?? '');
  define(host, 'setStorageSync', (key: string, value: unknown) => void storage.write(key, value));
  define(host, 'removeStorageSync', (key: string) => void storage.remove(key));
}

/**
 * Replaces `localStorage`. Its getter throws where the browser blocks site data, and the SDKs read it when they
 * are evaluated. The functions need no `this`, because the SDK copies them from the object.
 */
export function shieldLocalStorage(host: object, storage: DeviceStorage): void {
  define(host, 'localStorage', {
    getItem: (key: string) => storage.read(key) ?? null,
    setItem: (key: string, value: unknown) => void storage.write(key, String(value)),
    removeItem: (key: string) => void storage.remove(key),
    clear: () => {
      for (const key of storage.keys()) storage.remove(key);
    },
    key: (index: number) => storage.keys()[index] ?? null,
    get length() {
      return storage.keys().length;
    },
  });
}

function define(host: object, name: string, value: unknown): void {
  // A host may refuse the definition; the app's own storage still never throws.
  Reflect.defineProperty(host, name, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}
