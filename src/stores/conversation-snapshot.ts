import type { KeyValueStorage } from '@/platform';
import type { ConversationRecord } from './conversation-row';

const PREFIX = 'yunxin.conversations.';
/** Two screens full. */
export const SNAPSHOT_ROWS = 30;

/** The first rows of the list as they were last seen, so that the next start shows them while it syncs. */
export class ConversationSnapshot {
  private readonly key: string;

  constructor(
    private readonly storage: KeyValueStorage,
    accountId: string,
  ) {
    this.key = PREFIX + accountId;
  }

  load(): ConversationRecord[] {
    const text = this.storage.get(this.key);
    if (!text) return [];
    try {
      const records: unknown = JSON.parse(text);
      return Array.isArray(records) ? records.filter(isRecord).slice(0, SNAPSHOT_ROWS) : [];
    } catch {
      this.clear();
      return [];
    }
  }

  save(records: readonly ConversationRecord[]): void {
    this.storage.set(this.key, JSON.stringify(records.slice(0, SNAPSHOT_ROWS)));
  }

  clear(): void {
    this.storage.remove(this.key);
  }
}

function isRecord(value: unknown): value is ConversationRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    'conversationId' in value &&
    typeof value.conversationId === 'string' &&
    'preview' in value &&
    typeof value.preview === 'object' &&
    'time' in value &&
    typeof value.time === 'number'
  );
}
