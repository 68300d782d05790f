import { createAtom, type IAtom } from 'mobx';
import type { KeyValueStorage } from '@/platform';
import { AccountRecords, keepRecordsOf } from '../messages/account-records';

const PREFIX = 'yunxin.drafts.';
/** How many of the newest drafts are stored. */
const KEPT = 50;
/** Longest stored draft, UTF-16 units: the limit of a message. A longer draft is held until the app ends. */
const LONGEST = 5000;

/** A text that was written and not sent. */
interface DraftRecord {
  conversationId: string;
  text: string;
  /** What the composer keeps beside the text, as JSON: the mentions. */
  extra?: string;
}

/**
 * The drafts of an account, one for each conversation. They are stored when a chat is left, for users who stay signed
 * in, and are removed at the sign-out.
 */
export class Drafts {
  private readonly records: AccountRecords<DraftRecord>;
  /** By conversation, the oldest first. */
  private readonly texts = new Map<string, string>();
  private readonly extras = new Map<string, string>();
  private readonly atoms = new Map<string, IAtom>();
  private disposed = false;

  constructor(
    storage: KeyValueStorage,
    accountId: string,
    private readonly isKept: () => boolean,
  ) {
    this.records = new AccountRecords(storage, PREFIX, accountId, isDraftRecord);
    if (!isKept()) this.records.clear();
    for (const { conversationId, text, extra } of this.records.loadRecords()) {
      this.texts.set(conversationId, text);
      if (extra) this.extras.set(conversationId, extra);
    }
  }

  /** The draft of a conversation; empty without one. Observed for each conversation alone. */
  of(conversationId: string): string {
    let atom = this.atoms.get(conversationId);
    if (!atom) this.atoms.set(conversationId, (atom = createAtom('draft')));
    atom.reportObserved();
    return this.texts.get(conversationId) ?? '';
  }

  get isEmpty(): boolean {
    return this.texts.size === 0;
  }

  /** What was kept beside the text; empty without a draft. */
  extraOf(conversationId: string): string {
    return this.extras.get(conversationId) ?? '';
  }

  /** Replaces the draft. A text of spaces is none. */
  keep(conversationId: string, text: string, extra = ''): void {
    const draft = text.trim() === '' ? '' : text;
    if (this.disposed || draft === (this.texts.get(conversationId) ?? '')) return;
    this.texts.delete(conversationId);
    this.extras.delete(conversationId);
    if (draft) {
      this.texts.set(conversationId, draft);
      if (extra) this.extras.set(conversationId, extra);
    }
    this.save();
    this.atoms.get(conversationId)?.reportChanged();
  }

  /** `forget`: the user signed out; no draft of the account may stay on the device. */
  dispose({ forget }: { forget: boolean }): void {
    this.disposed = true;
    if (forget) this.records.clear();
  }

  private save(): void {
    if (!this.isKept()) return;
    const drafts = Array.from(this.texts, ([conversationId, text]) => {
      const extra = this.extras.get(conversationId);
      return { conversationId, text, ...(extra && { extra }) };
    });
    const kept = drafts.filter(isDraftRecord).slice(-KEPT);
    if (kept.length > 0) this.records.saveRecords(kept);
    else if (!this.records.isEmpty) this.records.clear();
  }
}

/** Removes the drafts of all accounts but the one that stays signed in. */
export function keepDraftsOf(accountId: string | undefined, storage: KeyValueStorage): void {
  keepRecordsOf(accountId, PREFIX, storage);
}

function isDraftRecord(value: unknown): value is DraftRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { conversationId, text, extra } = value as Partial<Record<keyof DraftRecord, unknown>>;
  const isShort = (field: unknown) => typeof field === 'string' && field.length <= LONGEST;
  return (
    typeof conversationId === 'string' && isShort(text) && (extra === undefined || isShort(extra))
  );
}
