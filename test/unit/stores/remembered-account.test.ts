import { type Remembered, RememberedAccount } from '@/stores/session/remembered-account';
import { memoryStorage } from '../fakes/memory-storage';

const KEY = 'yunxin.account';
const ANNA: Remembered = { way: 'oneTap', accountId: 'anna', token: 'old' };

function create() {
  const entries = new Map<string, string>();
  const host: { isBroken: boolean; isFull: boolean } = { isBroken: false, isFull: false };
  const storage = memoryStorage(entries, () => {
    if (host.isBroken) return () => true;
    return host.isFull ? (operation) => operation === 'set' : undefined;
  });
  const start = () => new RememberedAccount(memoryStorage(entries, () => undefined)).load();
  return { entries, host, storage, accounts: new RememberedAccount(storage), start };
}

describe('a record that the storage refuses', () => {
  test('of the same account: the older record stays, and the new one is stored once the storage works', () => {
    const { accounts, host, storage, start } = create();
    accounts.save(ANNA);
    host.isBroken = true;
    accounts.save({ ...ANNA, token: 'new' });
    expect(start()).toEqual(ANNA);
    host.isBroken = false;
    storage.set('draft', 'text');
    expect(start()).toEqual({ ...ANNA, token: 'new' });
  });

  test('without an account that the user has forgotten: the older record is removed with its token', () => {
    const { accounts, entries, host } = create();
    accounts.save({ way: 'oneTap', accountId: 'ben', token: 'secret' });
    accounts.setAside();
    accounts.save(ANNA);
    expect(entries.get(KEY)).toContain('secret');
    host.isFull = true;
    accounts.dropOther('ben');
    expect(entries.get(KEY) ?? '').not.toContain('secret');
  });

  test('of another account: the older record is removed once the storage works', () => {
    const { accounts, entries, host, storage, start } = create();
    accounts.save(ANNA);
    host.isBroken = true;
    accounts.save({ way: 'oneTap', accountId: 'ben' });
    host.isBroken = false;
    storage.set('draft', 'text');
    expect(start()).toBeNull();
    expect(entries.has(KEY)).toBe(false);
  });
});
