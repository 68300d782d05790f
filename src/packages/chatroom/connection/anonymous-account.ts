import type { KeyValueStorage } from '@/platform';

const KEY = 'yunxin.rooms.anonymous';
const LENGTH = 32;
const FORM = /^nimanon_[0-9a-f]{32}$/;
const DIGITS = '0123456789abcdef';

/**
 * The account of an anonymous user, in the form that the SDK uses. It is created once and stored: the SDK
 * would create another account at each entering, and the room would count every reconnect as a new member.
 */
export function anonymousAccount(storage: KeyValueStorage, random: () => number): string {
  const saved = storage.get(KEY);
  if (saved !== undefined && FORM.test(saved)) return saved;
  const digit = () => DIGITS[Math.floor(random() * DIGITS.length)] ?? '0';
  const account = `nimanon_${Array.from({ length: LENGTH }, digit).join('')}`;
  storage.set(KEY, account);
  return account;
}
