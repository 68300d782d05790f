import type { KeyValueStorage } from '@/platform';

/** The ways to sign in that the sign-in page offers. */
export type SignInWay = 'oneTap' | 'static' | 'dynamic' | 'thirdParty';

/** The stored part of a sign-in when the user asked to stay signed in. */
export interface Remembered {
  way: SignInWay;
  accountId: string;
  /** Only for ways whose token does not expire; the other ways ask the app server again. */
  token?: string;
}

const KEY = 'yunxin.account';
const WAYS: readonly unknown[] = ['oneTap', 'static', 'dynamic', 'thirdParty'];

/** The only place that stores a token, and only when the user asked for it. */
export class RememberedAccount {
  constructor(private readonly storage: KeyValueStorage) {}

  load(): Remembered | null {
    try {
      const saved: unknown = JSON.parse(this.storage.get(KEY) ?? 'null');
      if (saved === null) return null;
      if (isRemembered(saved)) return saved;
    } catch {
      // The value is foreign or truncated: treated as absent.
    }
    this.clear();
    return null;
  }

  /** When storing fails, an older record is removed as well: it would sign in another account. */
  save(remembered: Remembered): void {
    if (!this.storage.set(KEY, JSON.stringify(remembered))) this.clear();
  }

  clear(): void {
    this.storage.remove(KEY);
  }
}

function isRemembered(value: unknown): value is Remembered {
  if (typeof value !== 'object' || value === null) return false;
  const { way, accountId, token } = value as Partial<Record<keyof Remembered, unknown>>;
  return (
    typeof accountId === 'string' &&
    accountId !== '' &&
    WAYS.includes(way) &&
    (token === undefined || typeof token === 'string')
  );
}
