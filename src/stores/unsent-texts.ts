import type { KeyValueStorage } from '@/platform';

const PREFIX = 'yunxin.unsent.';
/** The newest ones; a text has 5,000 characters at most. */
const KEPT = 50;

/** A text of mine that the server has not acknowledged. */
export interface UnsentText {
  conversationId: string;
  /** Sent again under the same id, so that the server counts it once. */
  messageClientId: string;
  text: string;
  /** When it was written, by the clock of the device; milliseconds. */
  time: number;
}

/** Unsent texts of one account on the device, for the start after the app was ended. */
export class UnsentTexts {
  private readonly key: string;
  /** How the ids of the account's conversations begin. */
  private readonly own: string;

  constructor(
    private readonly storage: KeyValueStorage,
    accountId: string,
  ) {
    this.key = PREFIX + accountId;
    this.own = `${accountId}|`;
  }

  /** Records of another version, or of another account, are left out. */
  load(): UnsentText[] {
    const text = this.storage.get(this.key);
    if (!text) return [];
    try {
      const records: unknown = JSON.parse(text);
      if (!Array.isArray(records)) return [];
      return records
        .filter(isUnsentText)
        .filter(({ conversationId }) => conversationId.startsWith(this.own))
        .slice(-KEPT);
    } catch {
      return [];
    }
  }

  /** Where it cannot be kept an older list goes as well: it may name what was sent meanwhile. */
  save(texts: readonly UnsentText[]): void {
    if (texts.length === 0) {
      if (this.storage.get(this.key)) this.clear();
    } else if (!this.storage.set(this.key, JSON.stringify(texts.slice(-KEPT)))) {
      this.clear();
    }
  }

  clear(): void {
    this.storage.remove(this.key);
  }
}

/** Removes the unsent texts of all accounts but the one that stays signed in. */
export function keepUnsentOf(accountId: string | undefined, storage: KeyValueStorage): void {
  for (const key of storage.keys()) {
    if (key.startsWith(PREFIX) && key !== `${PREFIX}${accountId ?? ''}`) storage.remove(key);
  }
}

function isUnsentText(value: unknown): value is UnsentText {
  if (typeof value !== 'object' || value === null) return false;
  const { conversationId, messageClientId, text, time } = value as Partial<
    Record<keyof UnsentText, unknown>
  >;
  return (
    typeof conversationId === 'string' &&
    typeof messageClientId === 'string' &&
    messageClientId !== '' &&
    typeof text === 'string' &&
    typeof time === 'number'
  );
}
