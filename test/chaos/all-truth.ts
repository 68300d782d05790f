import type { Emulator, RoomMessage } from '../../emulator';
import { visibleTo } from '../../emulator/im/history';
import { MessageTag } from '../../emulator/protocol/tags';
import { logKey } from '../../emulator/world/message-log';
import type { ConversationType, StoredMessage } from '../../emulator/world/world-state';
import type { MessageRow } from '@/stores';
import { type Device, ROOM, type Sent } from './all-device';
import { PEOPLE, type Person, type Place } from './all-story';
import type { Class, Problem } from './problems';

const TEXTS: readonly number[] = [0, 10];
/** Tag of the text in a message of a room. */
const ROOM_TEXT = 13;
/** A cold start gets at most 100 messages of a chat, so a count is exact up to 99; above, the list says "99+". */
const MOST_COUNTED = 100;

/** The unique part of a message: its text, the name of its file, or the name in its custom content. */
function markOf({ text, tags }: StoredMessage): string {
  if (text) return text.replace(/ v\d+$/, '');
  const { name } = fieldsOf(tags[MessageTag.attachment]);
  return String(name ?? '').replace(/\.\w+$/, '');
}

function fieldsOf(json: unknown): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(String(json));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The records of the server, what each person has seen, and their comparison with the devices. */
export class AllTruth {
  readonly problems: Problem[] = [];
  /** Server time of every accepted message, by messageClientId. */
  private readonly times = new Map<string, number>();
  private readonly marks = new Map<string, string>();
  private readonly recalled = new Set<string>();
  /** Marks of room messages that were recalled. */
  readonly recalledInRoom = new Set<string>();
  /**
   * Messages that came between a deletion of a chat and its answer, by `person place`: with the answer the SDK sets the
   * unread number to 0.
   */
  private readonly uncounted = new Map<string, number>();
  /**
   * Server time up to which a person has seen the messages of a place, by `person place`: `sure` for messages in the
   * rows of a device that was online, which tells the server; `most` for everything above the end of a chat, and for
   * what was shown during a sync, which is not told when the app ends then.
   */
  private readonly seen = new Map<string, { sure: number; most: number }>();
  private stops: (() => void)[] = [];

  constructor(
    private emulator: Emulator,
    private readonly teamId: string,
  ) {
    this.watch(emulator);
  }

  /** Messages that the server has accepted in chats and in the room. */
  get messages(): number {
    return this.times.size + this.roomLog().length;
  }

  /** Follows another emulator, which has the world of the last. */
  watch(emulator: Emulator): void {
    this.dispose();
    this.emulator = emulator;
    const { events } = emulator.world;
    this.stops = [
      events.on('message', ({ message }) => {
        this.times.set(message.messageClientId, message.createTime);
        this.marks.set(message.messageClientId, markOf(message));
      }),
      events.on('recall', ({ recall }) => void this.recalled.add(recall.messageClientId)),
    ];
  }

  dispose(): void {
    for (const stop of this.stops) stop();
  }

  /** A chat was deleted: the request was sent at the time `from`, and its answer came at the time `until`. */
  cleared({ accountId }: Device, place: Place, from: number, until: number): void {
    const key = `${accountId} ${place}`;
    const between = this.log(accountId, place).filter(
      ({ senderId, createTime }) =>
        senderId !== accountId && createTime >= from && createTime <= until,
    );
    this.uncounted.set(key, (this.uncounted.get(key) ?? 0) + between.length);
  }

  report(problem: Class, text: string): void {
    this.problems.push({ class: problem, text });
  }

  /** Records the messages on the screen as seen. */
  look(device: Device): void {
    const { chat } = device;
    if (!chat || !device.isShown) return;
    const rows = device.rows();
    device.watchRows(rows);
    if (!device.isAtEnd) return;
    const key = `${device.accountId} ${device.placeOf(chat)}`;
    let { sure, most } = this.seenIn(key);
    for (const { mine, status, messageClientId } of rows) {
      const time = status === 'sent' ? (this.times.get(messageClientId) ?? 0) : 0;
      if (!mine && device.isOnline) sure = Math.max(sure, time);
      most = Math.max(most, time);
    }
    this.seen.set(key, { sure, most });
  }

  private seenIn(key: string): { sure: number; most: number } {
    return this.seen.get(key) ?? { sure: 0, most: 0 };
  }

  private typeOf(place: Place): [ConversationType, string] {
    return place === 'team' ? ['team', this.teamId] : ['p2p', place];
  }

  /** Returns the messages of a chat that the server shows to a person, oldest first. */
  log(person: Person, place: Place): StoredMessage[] {
    const [type, target] = this.typeOf(place);
    return this.emulator.world
      .serverLog(type, person, target)
      .filter(visibleTo(this.emulator.world, person))
      .filter(({ messageType }) => messageType !== 5);
  }

  roomLog() {
    return this.emulator.rooms.messages(ROOM).filter(({ messageType }) => messageType === 0);
  }

  /** Returns whether the server has a message, or had it before its recall. */
  hasTaken({ id, mark, place }: Sent): boolean {
    if (place !== 'room') return this.times.has(id);
    return this.recalledInRoom.has(mark) || this.roomLog().some((one) => roomText(one) === mark);
  }

  /** Checks that every message that was sent on a device has reached the server once. */
  checkSent(devices: readonly Device[]): void {
    const ids = new Map<string, Set<string>>();
    for (const [id, mark] of this.marks) ids.set(mark, (ids.get(mark) ?? new Set()).add(id));
    for (const { name, sent } of devices) {
      for (const one of sent) {
        const copies =
          one.place === 'room'
            ? this.roomLog().filter((each) => roomText(each) === one.mark).length
            : (ids.get(one.mark)?.size ?? 0);
        if (copies > 1) this.report('double', `the server has ${one.mark} ${copies} times`);
        if (copies === 0 && !one.mayBeLost && !this.hasTaken(one))
          this.report('lost', `${name} sent ${one.mark} to ${one.place}, missing on the server`);
      }
    }
  }

  /** Checks badges, previews and drafts of the list. */
  checkList(device: Device): void {
    const { name, accountId, account, drafts } = device;
    if (!account) return;
    for (const place of [...PEOPLE, 'team'] as const) {
      if (place === accountId) continue;
      const id = device.conversationId(place);
      const row = account.conversations.get(id);
      const log = this.log(accountId, place);
      const key = `${accountId} ${place}`;
      const { sure, most } = this.seenIn(key);
      const after = (time: number) =>
        log.filter(({ senderId, createTime }) => senderId !== accountId && createTime > time)
          .length;
      const shown = Math.min(row?.unread ?? 0, MOST_COUNTED);
      const least = Math.min(after(most) - (this.uncounted.get(key) ?? 0), MOST_COUNTED);
      if (shown > after(sure) || shown < least)
        this.report(
          'unread',
          `${name} shows ${row?.unread ?? 0} unread of ${place}, expected ${after(most)} to ${after(sure)}`,
        );
      const draft = account.messages.drafts.of(id);
      const wanted = drafts.get(place) ?? '';
      if (draft !== wanted)
        this.report('draft', `${name}'s draft for ${place} is "${draft}", expected "${wanted}"`);
      if (row) this.checkPreview(device, place, row.preview, log.at(-1));
    }
  }

  private checkPreview(
    { name }: Device,
    place: Place,
    preview: { text: string; recalledBy: string | null },
    last: StoredMessage | undefined,
  ): void {
    if (preview.recalledBy !== null) return;
    const isText = !last || TEXTS.includes(last.messageType);
    if (!isText || preview.text === (last?.text ?? '')) return;
    this.report(
      'preview',
      `${name}'s list says "${preview.text}" of ${place}, expected "${last?.text ?? ''}"`,
    );
  }

  /** Compares the rows of the open chat with the server's record. `whole`: every page is loaded. */
  checkRows(device: Device, when: string, whole: boolean): void {
    const { chat, accountId } = device;
    if (!chat) return;
    const place = device.placeOf(chat);
    const where = `${device.name} with ${place} (${when})`;
    const rows = device.rows().filter(({ kind }) => kind !== 'notification');
    const log = this.log(accountId, place);
    const byId = new Map(log.map((message) => [message.messageClientId, message]));
    const ids = new Set<string>();
    const marks = new Set<string>();
    let last = { time: 0, name: '' };
    for (const row of rows) {
      const { messageClientId: id } = row;
      const mark = this.marks.get(id) ?? row.text;
      if (ids.has(id) || (mark && marks.has(mark)))
        this.report('double', `${where}: ${mark} is shown twice`);
      ids.add(id);
      marks.add(mark);
      if (row.status !== 'sent')
        this.report('stuck', `${where}: ${mark} is ${row.status} ${row.errorCode}`);
      const time = this.times.get(id);
      if (row.status === 'sent' && time !== undefined) {
        if (time < last.time) this.report('order', `${where}: ${mark} after ${last.name}`);
        last = { time, name: mark };
      }
      this.checkRow(row, byId.get(id), where);
    }
    // A reader further up sees a part of the chat.
    const first = whole ? 0 : (rows[0]?.createTime ?? 0);
    const end = chat.hasNewer ? (rows.at(-1)?.createTime ?? 0) : Infinity;
    const missing = log.filter(
      ({ messageClientId, createTime }) =>
        !ids.has(messageClientId) && createTime >= first && createTime <= end,
    );
    if (missing.length > 0)
      this.report('lost', `${where}: ${missing.map((one) => markOf(one)).join(', ')} missing`);
    if (whole) this.checkExtras(device, rows, byId, where);
  }

  private checkRow(row: MessageRow, message: StoredMessage | undefined, where: string): void {
    const id = row.messageClientId;
    const mark = this.marks.get(id) ?? row.text;
    if (row.recalled) {
      if (!this.recalled.has(id))
        this.report('recalled', `${where}: a recall notice for ${mark}, which was not recalled`);
      if (row.text !== '') this.report('recalled', `${where}: ${row.text} in a recall notice`);
    } else if (!message) {
      if (row.status !== 'sent') return;
      const how = this.recalled.has(id) ? 'recalled' : 'deleted';
      this.report(how, `${where}: ${mark} is ${how} and still shown`);
    } else if (row.text !== message.text) {
      this.report('state', `${where}: "${row.text}", expected "${message.text}"`);
    } else if (!message.text && row.kind !== 'custom') {
      const { name } = row.content as { name?: string };
      if (name !== fieldsOf(message.tags[MessageTag.attachment]).name)
        this.report('state', `${where}: the file ${String(name)} of ${mark}`);
    }
  }

  /** Compares reactions, marks and receipts of the open chat. */
  private checkExtras(
    device: Device,
    rows: readonly MessageRow[],
    byId: ReadonlyMap<string, StoredMessage>,
    where: string,
  ): void {
    const { acts, chat, accountId } = device;
    if (!acts || !chat) return;
    const { extras } = this.emulator.world;
    const place = device.placeOf(chat);
    const same = (what: string, shown: string, expected: string) => {
      if (shown !== expected)
        this.report('state', `${where}: ${what} "${shown}", expected "${expected}"`);
    };
    for (const row of rows) {
      const message = byId.get(row.messageClientId);
      if (!message || row.status !== 'sent') continue;
      const mark = markOf(message);
      const shown = acts.reactions
        .of(row.messageClientId)
        .flatMap(({ index, accounts }) => accounts.map((by) => `${index} ${by}`));
      const given = extras.reactionsOf(message).map((one) => `${one.index} ${one.operatorId}`);
      same(`reactions to ${mark}`, shown.sort().join(), given.sort().join());
      if (!row.mine) continue;
      if (place === 'team') {
        const readers = extras.receiptOf(message)?.readers.length;
        const count = acts.readCounts.of(row.messageClientId)?.read;
        if (readers !== undefined) same(`readers of ${mark}`, String(count), String(readers));
      } else {
        const { receipts } = this.emulator.world.mailbox(accountId);
        const until = receipts.find(({ targetId }) => targetId === place)?.time ?? 0;
        same(`read state of ${mark}`, String(row.read), String(message.createTime <= until));
      }
    }
    const [type, target] = this.typeOf(place);
    const pins = extras
      .pinsOf(logKey(type, accountId, target))
      .map(({ messageServerId }) => messageServerId)
      .filter((id) => [...byId.values()].some((one) => one.messageServerId === id));
    const shown = acts.pins
      .of(chat.conversationId)
      .list.map(({ refer }) => refer.messageServerId)
      .filter((id) => pins.includes(id) || byId.has(id));
    same('marks', shown.sort().join(), pins.sort().join());
  }

  /** Compares the window of the room with the server's record. */
  checkRoom(device: Device): void {
    const { room, name } = device;
    const where = `${name} in the room`;
    if (room?.state.name !== 'inside' || !room.feed.ready) {
      this.report('stuck', `${where}: ${room?.state.name}, ready ${String(room?.feed.ready)}`);
      return;
    }
    if (room.feed.isIncomplete) this.report('stuck', `${where}: messages are still missing`);
    const log = this.roomLog();
    const places = new Map(log.map(({ messageClientId }, place) => [messageClientId, place]));
    const seen = new Set<string>();
    const texts = new Set<string>();
    let last = -1;
    for (const row of room.feed.rows()) {
      const { messageClientId: id, text, status, recalled, errorCode, kind } = row;
      if (kind !== 'text') continue;
      if (status !== 'sent') {
        this.report('stuck', `${where}: ${text} is ${status} ${errorCode}`);
        continue;
      }
      if (seen.has(id) || (!recalled && texts.has(text)))
        this.report('double', `${where}: ${text} twice`);
      seen.add(id);
      texts.add(text);
      const place = places.get(id);
      if (recalled) {
        if (text) this.report('recalled', `${where}: ${text} in a recall notice`);
        if (place !== undefined)
          this.report('recalled', `${where}: a recall notice for a message that is not recalled`);
      } else if (place === undefined) {
        this.report('recalled', `${where}: ${text} is recalled and still shown`);
      } else {
        if (place < last) this.report('order', `${where}: ${text} is out of order`);
        last = place;
      }
    }
    // In a flood the window leaves messages out, and says how many.
    const skipped = room.feed.rows().reduce((sum, { foldedBefore }) => sum + foldedBefore, 0);
    // The window is bounded: at its oldest page the newest rows have left it.
    const until = room.feed.hasNewer ? last : log.length;
    const missing = log.filter(
      ({ messageClientId }, place) => place <= until && !seen.has(messageClientId),
    );
    if (missing.length > skipped)
      this.report('lost', `${where}: ${missing.map(roomText).join(', ')} missing`);
  }
}

export function roomText({ wire }: RoomMessage): string {
  return String(wire[ROOM_TEXT] ?? '');
}
