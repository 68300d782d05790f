import type { KeyValueStorage } from '@/platform';

/** Records about one account's conversations, kept on the device as JSON under one key. */
export class AccountRecords<R extends { readonly conversationId: string }> {
  private readonly key: string;
  /** The first characters of every conversation id of the account. */
  private readonly idPrefix: string;

  constructor(
    private readonly storage: KeyValueStorage,
    keyPrefix: string,
    accountId: string,
    private readonly isRecord: (value: unknown) => value is R,
  ) {
    this.key = keyPrefix + accountId;
    this.idPrefix = `${accountId}|`;
  }

  get isEmpty(): boolean {
    return !this.storage.get(this.key);
  }

  /** Leaves out records of another version or of another account. */
  loadRecords(): R[] {
    const text = this.storage.get(this.key);
    if (!text) return [];
    try {
      const records: unknown = JSON.parse(text);
      if (!Array.isArray(records)) return [];
      return records
        .filter(this.isRecord)
        .filter(({ conversationId }) => conversationId.startsWith(this.idPrefix));
    } catch {
      this.clear();
      return [];
    }
  }

  /** When the storage refuses the records, the older ones are removed as well: they are out of date. */
  saveRecords(records: readonly R[]): void {
    if (!this.storage.set(this.key, JSON.stringify(records))) this.clear();
  }

  clear(): void {
    this.storage.remove(this.key);
  }
}

/** Removes the records with this key prefix of all accounts but the one that stays signed in. */
export function keepRecordsOf(
  accountId: string | undefined,
  keyPrefix: string,
  storage: KeyValueStorage,
): void {
  for (const key of storage.keys()) {
    if (key.startsWith(keyPrefix) && key !== keyPrefix + (accountId ?? '')) storage.remove(key);
  }
}
