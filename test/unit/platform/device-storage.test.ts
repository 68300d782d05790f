import { shieldLocalStorage, shieldWxStorage } from '@/platform/shield-storage';
import { memoryStorage, type Refusal } from '../fakes/memory-storage';

function setUp() {
  const entries = new Map<string, string>();
  const host: { refuses: Refusal | undefined } = { refuses: undefined };
  const storage = memoryStorage(entries, () => host.refuses);
  const told: string[] = [];
  storage.onFailure(({ operation, key }) => told.push(`${operation} ${key}`));
  return { entries, host, storage, told };
}
const everything: Refusal = () => true;

describe('the storage of the device', () => {
  it('reports whether a value was stored, and returns the value in this run in either case', () => {
    const { entries, host, storage } = setUp();
    expect(storage.set('a', '1')).toBe(true);
    host.refuses = everything;
    expect(storage.set('b', '2')).toBe(false);
    expect(storage.get('b')).toBe('2');
    expect(storage.keys()).toEqual(['b']);
    host.refuses = undefined;
    expect(storage.keys()).toEqual(['a', 'b']);
    expect([...entries.keys()]).toEqual(['a']);
    expect(storage.set('b', '3')).toBe(true);
    expect(entries.get('b')).toBe('3');
  });

  it('treats an unreadable value as missing', () => {
    const { entries, host, storage } = setUp();
    entries.set('a', '1');
    host.refuses = everything;
    expect(storage.get('a')).toBeUndefined();
    expect(storage.keys()).toEqual([]);
  });

  it('empties a value that it cannot remove', () => {
    const { entries, host, storage } = setUp();
    entries.set('token', 'secret');
    host.refuses = (operation) => operation === 'remove';
    expect(storage.remove('token')).toBe(true);
    expect(entries.get('token')).toBe('');
    expect(storage.get('token')).toBeUndefined();
  });

  it('hides a value that it can neither remove nor empty, and removes it later', () => {
    const { entries, host, storage } = setUp();
    entries.set('token', 'secret');
    host.refuses = everything;
    expect(storage.remove('token')).toBe(false);
    host.refuses = (operation) => operation === 'set';
    expect(storage.get('token')).toBeUndefined();
    expect(storage.keys()).toEqual([]);
    storage.set('other', 'x');
    expect(entries.has('token')).toBe(false);
  });

  it('stores a refused value after the next write that the host accepts', () => {
    const { entries, host, storage } = setUp();
    host.refuses = everything;
    storage.set('unsent', '1');
    storage.set('unsent', '2');
    host.refuses = undefined;
    storage.set('other', 'x');
    expect(entries.get('unsent')).toBe('2');
    storage.remove('unsent');
    storage.set('other', 'y');
    expect(entries.has('unsent')).toBe(false);
  });

  it('reports each kind of failure once, also to later subscribers', () => {
    const { host, storage, told } = setUp();
    host.refuses = everything;
    for (let i = 0; i < 3; i++) storage.set('a', '1');
    storage.get('c');
    expect(told).toEqual(['set a', 'get c']);
    const later: string[] = [];
    storage.onFailure(({ errMsg }) => later.push(errMsg));
    expect(later).toEqual(['setStorageSync:fail refused', 'getStorageSync:fail refused']);
  });
});

describe('the storage functions that the SDKs use', () => {
  it('never throw in WeChat, and return a value that is not a string unchanged', () => {
    const { host, storage } = setUp();
    const wx = Object.freeze({ other: 1 });
    expect(() => shieldWxStorage(wx, storage)).not.toThrow();
    const open = {} as Record<string, (...args: unknown[]) => unknown>;
    shieldWxStorage(open, storage);
    expect(open.getStorageSync?.('a')).toBe('');
    host.refuses = everything;
    open.setStorageSync?.('a', { deep: [1] });
    expect(open.getStorageSync?.('a')).toEqual({ deep: [1] });
    open.removeStorageSync?.('a');
    expect(open.getStorageSync?.('a')).toBe('');
  });

  it('never throw in a browser, not even where reading localStorage throws', () => {
    const { host, storage } = setUp();
    const window: { localStorage: Storage } = Object.defineProperty({} as Window, 'localStorage', {
      get: () => {
        throw new Error('SecurityError');
      },
      configurable: true,
    });
    shieldLocalStorage(window, storage);
    // As the SDK does: the SDK copies the functions off the object.
    const { getItem, setItem, removeItem, clear } = { ...window.localStorage };
    host.refuses = everything;
    expect(getItem('a')).toBeNull();
    setItem('a', '1');
    expect(getItem('a')).toBe('1');
    expect(window.localStorage.length).toBe(1);
    expect(window.localStorage.key(0)).toBe('a');
    removeItem('a');
    setItem('b', '1');
    clear();
    expect(getItem('b')).toBeNull();
  });
});
