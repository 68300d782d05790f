import type { Property } from '../protocol/packet';
import { Reason, Refusal } from '../protocol/reasons';
import { isSwitchedOff, textOf, truthOf } from '../protocol/request-items';
import { MessageTag } from '../protocol/tags';
import { logKey, type MessageLogs } from './message-log';
import type { Teams } from './teams';
import type { WorldCore } from './world-core';
import type {
  CollectionRecord,
  ExtrasState,
  PinRecord,
  ReactionRecord,
  ReceiptRecord,
  StoredMessage,
} from './world-state';

/** Limits of a message, a conversation and an account; Yunxin's documents name 100 pins and 20 reactions. */
const MOST_REACTIONS = 20;
const MOST_PINS = 100;
const MOST_COLLECTIONS = 500;
/** The largest team with receipts, the sender included; the service's default. */
const LARGEST_RECEIPT_TEAM = 100;

/** The fields of a message that `modify` changes; a missing field stays. */
export interface MessageEdit {
  text?: string;
  tags: Property;
}

/** The parts of the world that the extras need. */
interface ExtrasWorld extends WorldCore {
  readonly logs: MessageLogs;
  readonly teams: Teams;
  recipients(message: StoredMessage): string[];
  nextServerId(): string;
}

/** What happens to a message after it was sent: edits, reactions, pins, read counts of teams, collections. */
export class MessageExtras {
  constructor(private readonly world: ExtrasWorld) {}

  /** Changes a message and emits `edit`. `by` is the account that changes the message. */
  modify(message: StoredMessage, edit: MessageEdit, by: string, originConsid?: string): void {
    const { world } = this;
    if (edit.text !== undefined) message.text = edit.text;
    const modifyTime = Math.max(world.now(), Number(message.tags[MessageTag.modifyTime] ?? 0) + 1);
    Object.assign(message.tags, edit.tags, {
      [MessageTag.modifyTime]: modifyTime,
      [MessageTag.modifyAccountId]: by,
    });
    message.modifyStamp = world.stamp();
    world.events.emit('edit', { message, originConsid });
  }

  // --- reactions -----------------------------------------------------------------------------------

  reactionsOf({ messageServerId }: StoredMessage): readonly ReactionRecord[] {
    return this.state.reactions[messageServerId] ?? [];
  }

  /** Adds a reaction; repeating a reaction changes its extension only. @throws Refusal 107321 above 20 */
  addReaction(
    message: StoredMessage,
    reaction: Omit<ReactionRecord, 'createTime'>,
    originConsid?: string,
  ): ReactionRecord {
    const known = this.reactionsOf(message).filter((other) => !isSame(other, reaction));
    if (known.length >= MOST_REACTIONS) throw new Refusal(Reason.quickCommentLimit);
    const added = { ...reaction, createTime: this.world.now() };
    this.state.reactions[message.messageServerId] = [...known, added];
    this.reactionChanged(message, added, true, originConsid);
    return added;
  }

  /** @throws Refusal 404 when the account has not reacted in this way */
  removeReaction(
    message: StoredMessage,
    reaction: Omit<ReactionRecord, 'createTime'>,
    originConsid?: string,
  ): ReactionRecord {
    const known = this.reactionsOf(message);
    const kept = known.filter((other) => !isSame(other, reaction));
    if (kept.length === known.length) throw new Refusal(Reason.notFound);
    this.state.reactions[message.messageServerId] = kept;
    const removed = { ...reaction, createTime: this.world.now() };
    this.reactionChanged(message, removed, false, originConsid);
    return removed;
  }

  // --- pins ----------------------------------------------------------------------------------------

  /** The pins of a conversation, the oldest first; see `logKey`. */
  pinsOf(key: string): readonly PinRecord[] {
    return this.state.pins[key] ?? [];
  }

  /** @throws Refusal 107322 when the message is pinned, 107319 above 100 pins in the conversation */
  pin(message: StoredMessage, operatorId: string, ext: string, originConsid?: string): PinRecord {
    const key = keyOf(message);
    if (this.pinOf(message)) throw new Refusal(Reason.pinAlreadyExist);
    if (this.pinsOf(key).length >= MOST_PINS) throw new Refusal(Reason.pinLimit);
    const now = this.world.now();
    const pin: PinRecord = {
      messageServerId: message.messageServerId,
      operatorId,
      serverExtension: ext,
      createTime: now,
      updateTime: now,
    };
    this.state.pins[key] = [...this.pinsOf(key), pin];
    this.pinChanged(message, pin, 'pinned', originConsid);
    return pin;
  }

  /** @throws Refusal 107320 when the message is not pinned */
  updatePin(
    message: StoredMessage,
    operatorId: string,
    ext: string,
    originConsid?: string,
  ): PinRecord {
    const pin = this.requirePin(message);
    pin.operatorId = operatorId;
    pin.serverExtension = ext;
    pin.updateTime = Math.max(this.world.now(), pin.updateTime + 1);
    this.pinChanged(message, pin, 'updated', originConsid);
    return pin;
  }

  /** @throws Refusal 107320 when the message is not pinned */
  unpin(message: StoredMessage, operatorId: string, ext: string, originConsid?: string): PinRecord {
    const pin = this.requirePin(message);
    const key = keyOf(message);
    this.state.pins[key] = this.pinsOf(key).filter((other) => other !== pin);
    const removed = { ...pin, operatorId, serverExtension: ext, updateTime: this.world.now() };
    this.pinChanged(message, removed, 'unpinned', originConsid);
    return removed;
  }

  // --- read counts of team messages ------------------------------------------------------------------

  /** Remembers the receivers of a team message whose sender asks for receipts. Super teams have no receipts. */
  expectReceipts(message: StoredMessage): void {
    if (message.type !== 'team' || !truthOf(message.tags[MessageTag.readReceiptEnabled])) return;
    const receivers = this.world.recipients(message);
    if (receivers.length >= LARGEST_RECEIPT_TEAM) return;
    this.state.receipts[message.messageServerId] = { receivers, readers: [] };
    message.tags[MessageTag.receiptSnapshot] = receivers.length;
  }

  receiptOf({ messageServerId }: StoredMessage): ReceiptRecord | undefined {
    return this.state.receipts[messageServerId];
  }

  /** Returns whether the account has read the message for the first time; the sender is told then. */
  readBy(message: StoredMessage, accountId: string): boolean {
    const receipt = this.receiptOf(message);
    const isFirst =
      receipt?.receivers.includes(accountId) === true && !receipt.readers.includes(accountId);
    if (!isFirst) return false;
    receipt.readers.push(accountId);
    this.world.events.emit('teamReceipt', { message, latestReader: accountId });
    this.world.stamp();
    return true;
  }

  // --- collections -----------------------------------------------------------------------------------

  collectionsOf(accountId: string): CollectionRecord[] {
    return (this.state.collections[accountId] ??= []);
  }

  /** Adds a collection. The same `uniqueId` replaces the earlier. @throws Refusal 189301 above 500 */
  collect(
    accountId: string,
    fields: Pick<
      CollectionRecord,
      'collectionType' | 'collectionData' | 'serverExtension' | 'uniqueId'
    >,
  ): CollectionRecord {
    const all = this.collectionsOf(accountId);
    const now = this.world.now();
    const known = fields.uniqueId
      ? all.find(({ uniqueId }) => uniqueId === fields.uniqueId)
      : undefined;
    if (known) return Object.assign(known, fields, { updateTime: now });
    if (all.length >= MOST_COLLECTIONS) throw new Refusal(Reason.collectionLimit);
    // The time in the order of adding is unique, so that a page has an anchor.
    const createTime = Math.max(now, (all.at(-1)?.createTime ?? 0) + 1);
    const collectionId = this.world.nextServerId();
    const added = { ...fields, collectionId, createTime, updateTime: createTime };
    all.push(added);
    this.world.stamp();
    return added;
  }

  /** Returns the number of removed collections. */
  removeCollections(accountId: string, ids: readonly string[]): number {
    const all = this.collectionsOf(accountId);
    const kept = all.filter(({ collectionId }) => !ids.includes(collectionId));
    this.state.collections[accountId] = kept;
    this.world.stamp();
    return all.length - kept.length;
  }

  /** A recalled message loses its reactions and its pin. */
  forgetMessage(message: StoredMessage): void {
    const key = keyOf(message);
    delete this.state.reactions[message.messageServerId];
    delete this.state.receipts[message.messageServerId];
    if (this.pinOf(message))
      this.state.pins[key] = this.pinsOf(key).filter(
        ({ messageServerId }) => messageServerId !== message.messageServerId,
      );
  }

  // --- search ----------------------------------------------------------------------------------------

  /** The newest messages first of which the account is a party, whose text or file name has the keyword. */
  search(accountId: string, matches: (message: StoredMessage) => boolean): StoredMessage[] {
    const { world } = this;
    const keys = [
      ...world.logs.p2pKeys(accountId),
      ...(['team', 'superTeam'] as const).flatMap((kind) =>
        world.teams
          .membershipsOf(accountId, kind)
          .filter(({ inTeam }) => inTeam)
          .map(({ teamId }) => logKey(kind, accountId, teamId)),
      ),
    ];
    return keys
      .flatMap((key) => world.logs.readLog(key))
      .filter((message) => !isSwitchedOff(message.tags[MessageTag.historyEnabled]))
      .filter(matches)
      .sort((a, b) => b.createTime - a.createTime);
  }

  /** The replies in the thread of a message, the oldest first. */
  threadOf(root: StoredMessage): StoredMessage[] {
    return this.world.logs
      .readLog(keyOf(root))
      .filter(({ tags }) => textOf(tags[MessageTag.threadRootServerId]) === root.messageServerId);
  }

  private get state(): ExtrasState {
    return (this.world.state.extras ??= {
      reactions: {},
      pins: {},
      receipts: {},
      collections: {},
    });
  }

  private pinOf(message: StoredMessage): PinRecord | undefined {
    return this.pinsOf(keyOf(message)).find(
      ({ messageServerId }) => messageServerId === message.messageServerId,
    );
  }

  private requirePin(message: StoredMessage): PinRecord {
    const pin = this.pinOf(message);
    if (!pin) throw new Refusal(Reason.pinNotExist);
    return pin;
  }

  private reactionChanged(
    message: StoredMessage,
    reaction: ReactionRecord,
    isAdded: boolean,
    originConsid: string | undefined,
  ): void {
    this.world.events.emit('reaction', { message, reaction, isAdded, originConsid });
    this.world.stamp();
  }

  private pinChanged(
    message: StoredMessage,
    pin: PinRecord,
    change: 'pinned' | 'updated' | 'unpinned',
    originConsid: string | undefined,
  ): void {
    this.world.events.emit('pin', { message, pin, change, originConsid });
    this.world.stamp();
  }
}

function keyOf({ type, senderId, receiverId }: StoredMessage): string {
  return logKey(type, senderId, receiverId);
}

function isSame(
  a: Pick<ReactionRecord, 'operatorId' | 'index'>,
  b: Pick<ReactionRecord, 'operatorId' | 'index'>,
): boolean {
  return a.operatorId === b.operatorId && a.index === b.index;
}
