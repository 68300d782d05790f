import { DeviceStorage } from '@/platform';

/** Decides for a test whether the device's storage refuses a call. */
export type Refusal = (operation: 'get' | 'set' | 'remove' | 'keys', key: string) => boolean;

/** The app's own storage over a Map that can refuse by an exception, as WeChat does. */
export function memoryStorage(
  entries = new Map<string, string>(),
  refuses: () => Refusal | undefined = () => undefined,
): DeviceStorage {
  const ask = (operation: Parameters<Refusal>[0], key: string) => {
    if (refuses()?.(operation, key)) throw new Error(`${operation}StorageSync:fail refused`);
  };
  return new DeviceStorage({
    get: (key) => {
      ask('get', key);
      return entries.get(key);
    },
    set: (key, value) => {
      ask('set', key);
      entries.set(key, String(value));
    },
    remove: (key) => {
      ask('remove', key);
      entries.delete(key);
    },
    keys: () => {
      ask('keys', '');
      return [...entries.keys()];
    },
  });
}
