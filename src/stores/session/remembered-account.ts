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
/** Most accounts beside the current account, the last used first. */
const MOST_OTHERS = 4;

/** The record under the key: the account that the next start signs in, and accounts to switch to. */
interface Stored {
  readonly current: Remembered | null;
  readonly others: readonly Remembered[];
}

const NOTHING: Stored = { current: null, others: [] };

/**
 * The only place that stores tokens, and only where the user asked to stay signed in: one key, which a sign-out
 * removes.
 */
export class RememberedAccount {
  /** The account of the stored record as it was last read or stored; '' without one. */
  private storedAccount = '';

  constructor(private readonly storage: KeyValueStorage) {}

  /** The account that the next start signs in. */
  load(): Remembered | null {
    return this.read().current;
  }

  /** The accounts that the user has left for another account, the last first. */
  others(): readonly Remembered[] {
    return this.read().others;
  }

  /**
   * When storing fails, an older record of another account is removed: the next start would sign in that account. A
   * record of the same account stays, because a start renews its token.
   */
  save(remembered: Remembered): void {
    const { accountId } = remembered;
    const others = this.othersWith(accountId);
    if (this.write({ current: remembered, others })) this.storedAccount = accountId;
    else if (this.storedAccount !== accountId) this.clear();
  }

  /** The next start signs nobody in; the account can be switched to. */
  setAside(): void {
    const { current, others } = this.read();
    if (!current) return;
    const all = [current, ...others.filter(({ accountId }) => accountId !== current.accountId)];
    this.replace({ current: null, others: all.slice(0, MOST_OTHERS) });
  }

  /** The next start signs nobody in, and the account with its token is forgotten; the others stay. */
  drop(): void {
    const { current, others } = this.read();
    if (current) this.replace({ current: null, others });
  }

  /** Forgets one of the others. */
  dropOther(accountId: string): void {
    const { current } = this.read();
    this.replace({ current, others: this.othersWith(accountId) });
  }

  /** Forgets all accounts. */
  clear(): void {
    this.storedAccount = '';
    this.storage.remove(KEY);
  }

  private othersWith(left: string): Remembered[] {
    return this.read().others.filter(({ accountId }) => accountId !== left);
  }

  private read(): Stored {
    const text = this.storage.get(KEY);
    if (text === undefined) return NOTHING;
    try {
      const saved = JSON.parse(text) as Record<string, unknown>;
      const { others } = saved;
      const current = isRemembered(saved) ? recordOf(saved) : null;
      this.storedAccount = current?.accountId ?? '';
      if (Array.isArray(others))
        return { current, others: others.filter(isRemembered).map(recordOf).slice(0, MOST_OTHERS) };
      if (current) return { current, others: [] };
    } catch {
      // The value is foreign or truncated: treated as absent.
    }
    this.clear();
    return NOTHING;
  }

  /** Stores a record without an account that was in it. When storing fails, everything is removed: it has a token. */
  private replace(stored: Stored): void {
    const isEmpty = !stored.current && stored.others.length === 0;
    if (isEmpty || !this.write(stored)) this.clear();
    else this.storedAccount = stored.current?.accountId ?? '';
  }

  /** @returns whether the device has the record */
  private write({ current, others }: Stored): boolean {
    const text = JSON.stringify({ ...current, ...(others.length > 0 && { others }) });
    // Each start saves the account again; a full storage must not make the device forget the account.
    return this.storage.get(KEY) === text || this.storage.set(KEY, text);
  }
}

function recordOf({ way, accountId, token }: Remembered): Remembered {
  return { way, accountId, ...(token === undefined ? {} : { token }) };
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
