import { asyncApi, text, WxFailure, type Api } from './api';
import type { WxContext } from './context';
import type { Fields, StorageFault } from './options';

/** WeChat's limits: 1 MB for a key, 10 MB in all. */
const KEY_LIMIT = 1024 * 1024;
const TOTAL_LIMIT = 10 * 1024 * 1024;

/** `wx.setStorage` and related functions over a Map; copies values in and out as JSON, as WeChat does. */
export function makeStorage(context: WxContext, map: Map<string, unknown>): Record<string, Api> {
  const sizeOf = (key: string, value: unknown): number =>
    Buffer.byteLength(key) + Buffer.byteLength(JSON.stringify(value) ?? '');
  const total = (): number => [...map].reduce((sum, [key, value]) => sum + sizeOf(key, value), 0);

  const refuse = (operation: Parameters<StorageFault>[0], key = ''): void => {
    const reason = context.options.storageFault?.(operation, key);
    if (reason !== undefined) throw new WxFailure(reason);
  };
  const set = (key: unknown, value: unknown): void => {
    if (typeof key !== 'string' || key === '') {
      throw new WxFailure('parameter error: parameter.key should be String instead of Undefined;');
    }
    refuse('set', key);
    const json = JSON.stringify(value) as string | undefined;
    const size = Buffer.byteLength(key) + Buffer.byteLength(json ?? '');
    if (size > KEY_LIMIT) throw new WxFailure('entry size limit reached');
    const old = map.has(key) ? sizeOf(key, map.get(key)) : 0;
    if (total() - old + size > TOTAL_LIMIT) throw new WxFailure('exceed storage max size 10Mb');
    map.set(key, json === undefined ? '' : (JSON.parse(json) as unknown));
  };
  const get = (key: string): unknown => {
    refuse('get', key);
    return map.has(key) ? context.realm.parseJson(JSON.stringify(map.get(key))) : '';
  };
  const remove = (key: string): void => {
    refuse('remove', key);
    map.delete(key);
  };
  const clear = (): void => {
    refuse('clear');
    map.clear();
  };
  const info = (): Fields => {
    refuse('info');
    return {
      keys: [...map.keys()],
      currentSize: Math.ceil(total() / 1024),
      limitSize: TOTAL_LIMIT / 1024,
    };
  };
  const sync =
    (name: string, run: (...args: unknown[]) => unknown): Api =>
    (...args: unknown[]) => {
      try {
        return run(...args);
      } catch (error) {
        const reason = error instanceof WxFailure ? error.reason : String(error);
        throw context.realm.error(`${name}:fail ${reason}`);
      }
    };
  const eachOf = (list: unknown): Fields[] => (Array.isArray(list) ? (list as Fields[]) : []);
  const api = (name: string, work: (options: Fields) => unknown) => asyncApi(context, name, work);

  return {
    setStorageSync: sync('setStorageSync', (key, value) => set(key, value)),
    getStorageSync: sync('getStorageSync', (key) => get(text(key))),
    removeStorageSync: sync('removeStorageSync', (key) => remove(text(key))),
    clearStorageSync: sync('clearStorageSync', clear),
    getStorageInfoSync: sync('getStorageInfoSync', info),
    batchSetStorageSync: sync('batchSetStorageSync', (list) =>
      eachOf(list).forEach(({ key, value }) => set(key, value)),
    ),
    batchGetStorageSync: sync('batchGetStorageSync', (keys) =>
      (Array.isArray(keys) ? keys : []).map((key) => get(text(key))),
    ),
    setStorage: api('setStorage', ({ key, data }) => set(key, data)),
    getStorage: api('getStorage', ({ key }) => {
      refuse('get', text(key));
      if (!map.has(text(key))) throw new WxFailure('data not found');
      return { data: get(text(key)) };
    }),
    removeStorage: api('removeStorage', ({ key }) => remove(text(key))),
    clearStorage: api('clearStorage', clear),
    getStorageInfo: api('getStorageInfo', info),
    batchSetStorage: api('batchSetStorage', ({ kvList }) =>
      eachOf(kvList).forEach(({ key, value }) => set(key, value)),
    ),
  };
}
