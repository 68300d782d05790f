import { DeviceStorage } from '@/platform';

/** What a test says the device's storage refuses, and with which text. */
export type Refusal = (operation: 'get' | 'set' | 'remove' | 'keys', key: string) => boolean;

/** The app's own storage over a Map that can refuse as WeChat does: by an exception. */
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
