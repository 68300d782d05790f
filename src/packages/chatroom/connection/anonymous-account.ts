import type { KeyValueStorage } from '@/platform';

const KEY = 'yunxin.rooms.anonymous';
const LENGTH = 32;
const FORM = /^nimanon_[0-9a-f]{32}$/;
const DIGITS = '0123456789abcdef';

/**
 * Who one is without an account. The SDK would make up another one at each entering, and a room would take
 * every reconnect for somebody new: so it is made once, in the SDK's form, and kept.
 */
export function anonymousAccount(storage: KeyValueStorage, random: () => number): string {
  const saved = storage.get(KEY);
  if (saved !== undefined && FORM.test(saved)) return saved;
  const digit = () => DIGITS[Math.floor(random() * DIGITS.length)] ?? '0';
  const account = `nimanon_${Array.from({ length: LENGTH }, digit).join('')}`;
  storage.set(KEY, account);
  return account;
}
