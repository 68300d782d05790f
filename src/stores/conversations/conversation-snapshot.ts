import type { KeyValueStorage } from '@/platform';
import { AccountRecords, keepRecordsOf } from '../messages/account-records';
import type { ConversationRecord } from './conversation-row';
import { isPreview } from './preview';

const PREFIX = 'yunxin.conversations.';
/** Rows of two screens. */
export const SNAPSHOT_ROWS = 30;

/** The first rows of the list on the device, so that the next start shows them while it synchronises. */
export class ConversationSnapshot {
  private readonly records: AccountRecords<ConversationRecord>;

  constructor(storage: KeyValueStorage, accountId: string) {
    this.records = new AccountRecords(storage, PREFIX, accountId, isRecord);
  }

  load(): ConversationRecord[] {
    const byId = new Map<string, ConversationRecord>();
    for (const record of this.records.loadRecords()) {
      if (!byId.has(record.conversationId)) byId.set(record.conversationId, record);
    }
    return [...byId.values()].slice(0, SNAPSHOT_ROWS);
  }

  /** An older snapshot must not outlive a newer snapshot: it may show what was recalled meanwhile. */
  save(records: readonly ConversationRecord[]): void {
    this.records.saveRecords(records.slice(0, SNAPSHOT_ROWS));
  }

  clear(): void {
    this.records.clear();
  }
}

/** Removes the snapshots of all accounts but the one that stays signed in. */
export function keepSnapshotOf(accountId: string | undefined, storage: KeyValueStorage): void {
  keepRecordsOf(accountId, PREFIX, storage);
}

/** A record is taken only with all of its fields: a wrong field would leave the list blank at every start. */
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
