import type { Emulator } from '../../emulator';
import type { StoredMessage } from '../../emulator/world/world-state';
import { visibleTo } from '../../emulator/im/history';
import { PEOPLE, type Person } from './chat-story';
import type { Phone } from './chat-phone';
import type { Class, Problem } from './problems';

type Row = ReturnType<Phone['rows']>[number];

/**
 * The expected state: the server's record, the fate of each message, and the messages that each person has
 * seen.
 */
export class Truth {
  readonly problems: Problem[] = [];
  /** Every message that the server accepted, by its text. */
  private readonly accepted = new Map<string, StoredMessage[]>();
  /** The server's time of every accepted message, by messageClientId. */
  private readonly times = new Map<string, number>();
  private readonly recalled = new Set<string>();
  /** Server time up to which a person has seen the messages of a peer, by `person peer`. */
  private readonly seen = new Map<string, number>();
  private readonly stops: (() => void)[];

  constructor(private readonly emulator: Emulator) {
    this.stops = [
      emulator.world.events.on('message', ({ message }) => {
        const all = this.accepted.get(message.text) ?? [];
        this.accepted.set(message.text, [...all, message]);
        this.times.set(message.messageClientId, message.createTime);
      }),
      emulator.world.events.on('recall', ({ recall }) => {
        this.recalled.add(recall.messageClientId);
      }),
    ];
  }

  dispose(): void {
    for (const stop of this.stops) stop();
  }

  report(problem: Class, text: string): void {
    this.problems.push({ class: problem, text });
  }

  hasTaken(text: string): boolean {
    return this.accepted.has(text);
  }

  /** Records the messages on the screen as seen, and checks that none is shown twice or out of order. */
  look(phone: Phone): void {
    const { chat } = phone;
    if (!chat || !phone.isShown || !phone.isAtEnd) return;
    const peer = chat.targetId;
    const key = `${phone.accountId} ${peer}`;
    for (const row of phone.rows()) {
      if (row.mine) continue;
      const time = this.times.get(row.messageClientId) ?? 0;
      if (time > (this.seen.get(key) ?? 0)) this.seen.set(key, time);
    }
  }

  /** Returns the messages of a conversation that the server shows to a person, oldest first. */
  log(person: Person, peer: Person): StoredMessage[] {
    return this.emulator.world
      .serverLog('p2p', person, peer)
      .filter(visibleTo(this.emulator.world, person));
  }

  /** Counts the messages of `peer` that the person has not seen. */
  unread(person: Person, peer: Person): number {
    const seen = this.seen.get(`${person} ${peer}`) ?? 0;
    return this.log(person, peer).filter(
      ({ senderId, createTime }) => senderId === peer && createTime > seen,
    ).length;
  }

  /** Returns the server's count for a new device. */
  private unreadOnServer(person: Person, peer: Person): number {
    const { readPositions } = this.emulator.world.mailbox(person);
    const read = readPositions.find(({ targetId }) => targetId === peer)?.time ?? 0;
    return this.log(person, peer).filter(
      ({ senderId, createTime }) => senderId === peer && createTime > read,
    ).length;
  }

  /** Checks that every written text has reached the server once. */
  checkWritten(phones: readonly Phone[]): void {
    for (const { name, written } of phones) {
      for (const { text } of written) {
        const copies = this.accepted.get(text)?.length ?? 0;
        if (copies === 0) this.report('lost', `${name} wrote ${text}, missing on the server`);
        if (copies > 1) this.report('double', `the server has ${text} of ${name} ${copies} times`);
      }
    }
  }

  /** Checks the badges and previews of the list. */
  checkList(phone: Phone): void {
    const { name, accountId } = phone;
    for (const peer of PEOPLE) {
      if (peer === accountId) continue;
      const row = phone.client.account.conversations.get(phone.conversationId(peer));
      const expected = this.unread(accountId, peer);
      const shown = row?.unread ?? 0;
      if (shown !== expected) {
        const server = this.unreadOnServer(accountId, peer);
        this.report(
          'unread',
          `${name} shows ${shown} unread of ${peer}, expected ${expected}, server ${server}`,
        );
      }
      if (row) this.checkPreview(phone, peer, row.preview);
    }
  }

  private checkPreview(
    { name, accountId }: Phone,
    peer: Person,
    preview: { text: string; recalledBy: string | null },
  ): void {
    const last = this.log(accountId, peer).at(-1);
    if (preview.recalledBy !== null) return;
    if (preview.text === (last?.text ?? '')) return;
    const copies = this.accepted.get(preview.text) ?? [];
    const isRecalled = copies.some(({ messageClientId }) => this.recalled.has(messageClientId));
    this.report(
      isRecalled ? 'recalled' : 'preview',
      `${name}'s list says "${preview.text}" of ${peer}, expected "${last?.text ?? ''}"`,
    );
  }

  /** Compares the rows of a chat with the server's record. `whole`: every page of the chat is loaded. */
  checkRows(phone: Phone, when: string, whole: boolean): void {
    const { chat, accountId } = phone;
    if (!chat) return;
    const peer = chat.targetId as Person;
    const rows = phone.rows();
    const where = `${phone.name} with ${peer} (${when})`;
    for (const row of rows) {
      if (row.status !== 'sent')
        this.report('stuck', `${where}: ${row.text} is ${row.status} ${row.errorCode}`);
    }
    this.checkOrder(where, rows);
    const log = this.log(accountId, peer);
    const byId = new Map(log.map((message) => [message.messageClientId, message]));
    for (const row of rows) {
      if (row.recalled) {
        if (!this.recalled.has(row.messageClientId))
          this.report('recalled', `${where}: a recall notice for a message that was not recalled`);
        if (row.text !== '') this.report('recalled', `${where}: ${row.text} in a recall notice`);
      } else if (!byId.has(row.messageClientId)) {
        const how = this.recalled.has(row.messageClientId) ? 'recalled' : 'deleted';
        this.report(how, `${where}: ${row.text} is ${how} and still shown`);
      } else if (byId.get(row.messageClientId)?.text !== row.text) {
        this.report('order', `${where}: "${row.text}" instead of another text`);
      }
    }
    const first = rows[0]?.createTime ?? 0;
    const shown = new Set(rows.map(({ messageClientId }) => messageClientId));
    const missing = log.filter(
      ({ messageClientId, createTime }) =>
        !shown.has(messageClientId) && (whole || createTime >= first),
    );
    if (missing.length > 0)
      this.report('lost', `${where}: ${missing.map(({ text }) => text).join(', ')} missing`);
  }

  /** Checks that no message is shown twice and all are in the order of the server. */
  checkOrder(where: string, rows: readonly Row[]): void {
    const texts = new Set<string>();
    let last = { time: 0, text: '' };
    for (const row of rows) {
      const { messageClientId, text } = row;
      const key = row.recalled ? messageClientId : text;
      if (texts.has(key)) this.report('double', `${where}: ${key} twice`);
      texts.add(key);
      const time = this.times.get(messageClientId);
      if (row.status !== 'sent' || time === undefined) continue;
      if (time < last.time) this.report('order', `${where}: ${text} after ${last.text}`);
      last = { time, text };
    }
  }
}
