import type { KeyValueStorage } from '@/platform';
import type { ConversationRecord } from './conversation-row';
import { isPreview } from './preview';

const PREFIX = 'yunxin.conversations.';
/** Two screens full. */
export const SNAPSHOT_ROWS = 30;

/** The first rows of the list as they were last seen, so that the next start shows them while it syncs. */
export class ConversationSnapshot {
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
  load(): ConversationRecord[] {
    const text = this.storage.get(this.key);
    if (!text) return [];
    try {
      const records: unknown = JSON.parse(text);
      if (!Array.isArray(records)) return [];
      const byId = new Map<string, ConversationRecord>();
      for (const record of records.filter(isRecord)) {
        if (record.conversationId.startsWith(this.own) && !byId.has(record.conversationId))
          byId.set(record.conversationId, record);
      }
      return [...byId.values()].slice(0, SNAPSHOT_ROWS);
    } catch {
      this.clear();
      return [];
    }
  }

  /** Where it cannot be kept an older one goes as well: it may show what was recalled meanwhile. */
  save(records: readonly ConversationRecord[]): void {
    if (!this.storage.set(this.key, JSON.stringify(records.slice(0, SNAPSHOT_ROWS)))) this.clear();
  }

  clear(): void {
    this.storage.remove(this.key);
  }
}

/** Removes the snapshots of all accounts but the one that stays signed in. */
export function keepSnapshotOf(accountId: string | undefined, storage: KeyValueStorage): void {
  for (const key of storage.keys()) {
    if (key.startsWith(PREFIX) && key !== `${PREFIX}${accountId ?? ''}`) storage.remove(key);
  }
}

/** What a row is drawn of has to be there whole: one wrong field leaves the list blank at every start. */
const FIELDS: { readonly [Field in keyof ConversationRecord]: (value: unknown) => boolean } = {
  conversationId: isText,
  name: isText,
  avatar: isText,
  preview: isPreview,
  time: isNumber,
  unread: isNumber,
  stickTop: isBoolean,
  muted: isBoolean,
};

function isRecord(value: unknown): value is ConversationRecord {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Readonly<Record<string, unknown>>;
  return Object.entries(FIELDS).every(([field, isValid]) => isValid(record[field]));
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && value >= 0;
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}
