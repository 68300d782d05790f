import type { KeyValueStorage } from '@/platform';
import { AccountRecords, keepRecordsOf } from '../messages/account-records';
import { fieldsIn } from '../messages/kinds/fields';

const PREFIX = 'yunxin.unsent.';
/** How many of the newest messages are kept. */
const KEPT = 50;
/** Longest record, characters of JSON: a text has 5,000 characters at most, an attachment 4,096 bytes. */
const RECORD_LENGTH = 20_000;

/** A message of mine that the server has not acknowledged. */
export interface UnsentRecord {
  readonly conversationId: string;
  /** The message is sent again under the same id, so that the server counts it once. */
  readonly messageClientId: string;
  /** When the message was written, by the clock of the device; milliseconds. */
  readonly time: number;
  /** A V2NIMMessageType. Missing in records of earlier versions, which kept texts alone. */
  readonly messageType?: number;
  readonly text?: string;
  readonly serverExtension?: string;
  /** V2NIMMessageRefers of a reply. */
  readonly threadReply?: object;
  readonly threadRoot?: object;
  /** Without File and path; has the `url` when the file is on the server. */
  readonly attachment?: Readonly<Record<string, unknown>>;
  /** The name of the copy of a file that is not on the server yet; see `KeptFiles`. */
  readonly file?: string;
}

/** Unsent messages of one account on the device, for the start after the app was ended. */
export class UnsentRecords {
  private readonly records: AccountRecords<UnsentRecord>;

  constructor(storage: KeyValueStorage, accountId: string) {
    this.records = new AccountRecords(storage, PREFIX, accountId, isUnsentRecord);
  }

  load(): UnsentRecord[] {
    return this.records.loadRecords().slice(-KEPT);
  }

  /** An older list must not outlive a newer list: it may name messages that were sent meanwhile. */
  save(all: readonly UnsentRecord[]): void {
    const kept = all.filter((record) => JSON.stringify(record).length <= RECORD_LENGTH);
    if (kept.length > 0) this.records.saveRecords(kept.slice(-KEPT));
    else if (!this.records.isEmpty) this.clear();
  }

  clear(): void {
    this.records.clear();
  }
}

/** Removes the unsent messages of all accounts but the one that stays signed in. */
export function keepUnsentOf(accountId: string | undefined, storage: KeyValueStorage): void {
  keepRecordsOf(accountId, PREFIX, storage);
}

function isUnsentRecord(value: unknown): value is UnsentRecord {
  const {
    conversationId,
    messageClientId,
    time,
    messageType,
    text,
    serverExtension,
    attachment,
    file,
    threadReply,
    threadRoot,
  } = fieldsIn(value);
  const isOptional = (field: unknown, type: 'string' | 'number' | 'object') =>
    field === undefined || (typeof field === type && field !== null);
  return (
    typeof conversationId === 'string' &&
    typeof messageClientId === 'string' &&
    messageClientId !== '' &&
    typeof time === 'number' &&
    isOptional(messageType, 'number') &&
    isOptional(text, 'string') &&
    isOptional(serverExtension, 'string') &&
    isOptional(attachment, 'object') &&
    isOptional(threadReply, 'object') &&
    isOptional(threadRoot, 'object') &&
    isOptional(file, 'string') &&
    (messageType !== undefined || typeof text === 'string')
  );
}
