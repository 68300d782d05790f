import type { DeviceStorage } from './device-storage';

/**
 * Puts the device storage in front of the storage functions of `wx`. Both SDK builds and third-party kits
 * read these at call time and expect no exception: the IM SDK loses the answer to its login by one, and the
 * chatroom SDK cannot be created. They are read-only properties in WeChat, so they are defined anew.
 */
export function shieldWxStorage(host: object, storage: DeviceStorage): void {
  define(host, 'getStorageSync', (key: string) => storage.read(key) ?? '');
  define(host, 'setStorageSync', (key: string, value: unknown) => void storage.write(key, value));
  define(host, 'removeStorageSync', (key: string) => void storage.remove(key));
}

/**
 * The same for `localStorage`, whose getter itself throws where the browser blocks site data; the SDKs read
 * it when they are evaluated. The functions need no `this`: the SDK copies them off the object.
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
  // Where the host does not let it be defined, the app's own storage still never throws.
  Reflect.defineProperty(host, name, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}
