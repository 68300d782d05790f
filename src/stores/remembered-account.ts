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
      const saved = JSON.parse(this.storage.get(KEY) ?? 'null') as Partial<Remembered> | null;
      if (!saved) return null;
      if (typeof saved.accountId === 'string' && WAYS.includes(saved.way))
        return saved as Remembered;
    } catch {
      // Not ours, or cut off half-way: as good as nothing.
    }
    this.clear();
    return null;
  }

  save(remembered: Remembered): void {
    this.storage.set(KEY, JSON.stringify(remembered));
  }

  clear(): void {
    this.storage.remove(KEY);
  }
}
