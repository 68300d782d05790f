import type { ImConnection } from '@/connection';
import type { Clock, Platform, TimerHandle } from '@/platform';
import { MessageType } from '@/sdk/constants';
import type { V2NIMMessage, V2NIMMessageCreator } from '@/sdk/types';
import { unsentEntry } from '../messages/entry';
import { fieldsIn } from '../messages/kinds/fields';
import type { Outbox, RestoredFile } from '../messages/outbox';
import { hasAddress } from '../messages/sender';
import { ownMessage } from './own-message';
import { UnsentFiles } from './unsent-files';
import { type UnsentRecord, UnsentRecords } from './unsent-records';

/** Delay of a save: a message that is acknowledged sooner is never stored. */
const SAVE_DELAY_MS = 300;

export interface UnsentKeeperOptions {
  connection: ImConnection;
  platform: Platform;
  /**
   * The outbox is made after the keeper, so that the keeper handles the login first and restores messages before the
   * outbox sends.
   */
  outbox: () => Outbox<V2NIMMessage>;
  /** Whether the user stays signed in on this device; messages are stored only then. */
  isKept: () => boolean;
}

/**
 * Stores the unsent messages of an account on the device, with copies of their files, and restores them to the outbox
 * at the next start as failed messages. The outbox then sends those that are not too old.
 */
export class UnsentKeeper {
  private readonly records: UnsentRecords;
  private readonly files: UnsentFiles;
  private readonly clock: Clock;
  private readonly stops: (() => void)[];
  private isRestored = false;
  /** Ids of own messages that the sync of the login brought before the restoring. */
  private readonly arrived = new Set<string>();
  private saving: TimerHandle | null = null;
  private disposed = false;

  constructor(private readonly options: UnsentKeeperOptions) {
    const { connection, platform, isKept } = options;
    this.clock = platform.clock;
    this.records = new UnsentRecords(platform.storage, connection.accountId);
    this.files = new UnsentFiles(platform.files, platform.clock);
    if (!isKept()) {
      this.records.clear();
      this.files.removeAll();
    }
    this.stops = [
      // The message creator is part of the SDK instance, which exists only from the login on.
      connection.on('state', ({ to }) => {
        if (to.name === 'online') this.restore();
      }),
      platform.lifecycle.onHide(() => this.save()),
    ];
  }

  /** The server has this own message. The SDK refuses to send a message again that it has received. */
  received(messageClientId: string): void {
    if (!this.isRestored) this.arrived.add(messageClientId);
  }

  /** Copies the file of a message that goes into the outbox now. */
  keepFile(messageClientId: string, file: string | File): void {
    if (this.options.isKept()) void this.files.keep(messageClientId, file);
  }

  /** A message was added to the outbox or removed, or its file is on the server. */
  changed(): void {
    if (!this.disposed) this.saving ??= this.clock.setTimeout(() => this.save(), SAVE_DELAY_MS);
  }

  /** The file of a message is on the server: its address is stored in place of the copy. */
  uploaded(messageClientId: string): void {
    if (this.files.nameOf(messageClientId) === undefined) return;
    this.save();
    this.files.remove(messageClientId);
  }

  /** A message left the outbox. */
  releaseFile(messageClientId: string): void {
    this.files.remove(messageClientId);
  }

  /** `forget`: the user signed out; no message of the account may stay on the device. */
  dispose({ forget }: { forget: boolean }): void {
    if (forget) {
      this.records.clear();
      this.files.removeAll();
    } else {
      this.save();
    }
    this.disposed = true;
    this.clock.clearTimeout(this.saving);
    for (const stop of this.stops) stop();
  }

  private restore(): void {
    if (this.isRestored) return;
    const stored = this.records.load();
    const kept = stored.filter(({ messageClientId }) => !this.arrived.has(messageClientId));
    this.isRestored = true;
    this.arrived.clear();
    if (kept.length < stored.length) this.changed();
    for (const record of kept) {
      try {
        this.restoreOne(record);
      } catch {
        // The message is dropped: a message that the SDK refuses would be refused at each start.
      }
    }
    void this.files.removeOthers(kept.flatMap(({ file }) => file ?? []));
  }

  /** The outbox gets every message at once, in the order of writing; files follow. */
  private restoreOne(record: UnsentRecord): void {
    const { connection, outbox } = this.options;
    const { conversationId, messageClientId, time, file } = record;
    const draft = draftOf(connection.services.messageCreator, record);
    const { threadReply, threadRoot } = record;
    const thread = { ...(threadReply && { threadReply }), ...(threadRoot && { threadRoot }) };
    const message = { ...draft, ...thread, messageClientId, createTime: time } as V2NIMMessage;
    const entry = unsentEntry(ownMessage(message, conversationId, connection.accountId));
    const findFile = file === undefined ? undefined : () => this.fileOf(messageClientId, file);
    outbox().restore(conversationId, entry, time, findFile);
  }

  /** The fields of the attachment of a restored message, for an upload from the copy of its file. */
  private async fileOf(messageClientId: string, name: string): Promise<RestoredFile> {
    const { file, address } = await this.files.restore(messageClientId, name);
    return {
      original: typeof file === 'string' ? { path: file } : { file },
      shown: { path: address },
    };
  }

  private save(): void {
    this.clock.clearTimeout(this.saving);
    this.saving = null;
    // Before the first sync the messages of the last start are not in the outbox yet.
    if (this.disposed || !this.options.isKept()) return;
    const kept = this.isRestored ? [] : this.records.load();
    const unsent = this.options
      .outbox()
      .all()
      .flatMap(({ conversationId, message, since }) =>
        this.recordOf(conversationId, message, since),
      );
    this.records.save([...kept, ...unsent]);
  }

  /** Empty for a message whose file is neither on the server nor to be copied: it cannot be sent again. */
  private recordOf(conversationId: string, message: V2NIMMessage, time: number): UnsentRecord[] {
    const { messageClientId, messageType, text, serverExtension, threadReply, threadRoot } =
      message;
    const file = this.files.nameOf(messageClientId);
    if (isFile(message) && !hasAddress(message) && file === undefined) return [];
    const attachment = plainAttachment(message);
    return [
      {
        conversationId,
        messageClientId,
        time,
        messageType,
        ...(text ? { text } : {}),
        ...(serverExtension ? { serverExtension } : {}),
        ...(attachment ? { attachment } : {}),
        ...(threadReply ? { threadReply, threadRoot } : {}),
        ...(file !== undefined && !hasAddress(message) ? { file } : {}),
      },
    ];
  }
}

const FILES: readonly number[] = [
  MessageType.IMAGE,
  MessageType.AUDIO,
  MessageType.VIDEO,
  MessageType.FILE,
];
/** V2NIMMessageAttachmentUploadState: not uploaded, and uploaded. */
const NOT_UPLOADED = 0;
const UPLOADED = 1;

function isFile({ messageType }: V2NIMMessage): boolean {
  return FILES.includes(messageType);
}

/** The attachment without what does not survive the end of the app: File, path, and the state of the upload. */
function plainAttachment({ attachment }: V2NIMMessage): Record<string, unknown> | undefined {
  if (typeof attachment !== 'object' || attachment === null) return undefined;
  const { file: _, path: __, uploadState: ___, ...plain } = fieldsIn(attachment);
  return plain;
}

function draftOf(creator: V2NIMMessageCreator, record: UnsentRecord): V2NIMMessage {
  const { messageType = MessageType.TEXT, text = '', serverExtension, attachment } = record;
  if (messageType === (MessageType.TEXT as number) && !attachment)
    return { ...creator.createTextMessage(text), ...(serverExtension ? { serverExtension } : {}) };
  const uploadState = attachment?.url ? UPLOADED : NOT_UPLOADED;
  return {
    ...creator.createTextMessage(text || ' '),
    messageType,
    text,
    ...(serverExtension ? { serverExtension } : {}),
    attachment: (FILES.includes(messageType)
      ? { ...attachment, uploadState }
      : attachment) as V2NIMMessage['attachment'],
  };
}
