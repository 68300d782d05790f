import type { KeyValueStorage } from '@/platform';

/** How one signs in; what the sign-in page offers. */
export type SignInWay = 'oneTap' | 'static' | 'dynamic' | 'thirdParty';

/** What is kept of a sign-in when the user asked to stay signed in. */
export interface Remembered {
  way: SignInWay;
  accountId: string;
  /** Only for the ways whose token does not expire; the others ask the app server again. */
  token?: string;
}

const KEY = 'yunxin.account';
const WAYS: readonly unknown[] = ['oneTap', 'static', 'dynamic', 'thirdParty'];

/** The one place where a token rests, and only where the user asked for it. */
export class RememberedAccount {
  constructor(private readonly storage: KeyValueStorage) {}

  load(): Remembered | null {
    try {
      const saved: unknown = JSON.parse(this.storage.get(KEY) ?? 'null');
      if (saved === null) return null;
      if (isRemembered(saved)) return saved;
    } catch {
      // Not ours, or cut off half-way: as good as nothing.
    }
    this.clear();
    return null;
  }

  /** What cannot be kept is not kept in an older form either: that would sign another account in. */
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
