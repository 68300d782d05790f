import { autorun, observable, runInAction, untracked } from 'mobx';
import type { Chat } from './chat';
import { isLineKind } from '../messages/kinds';
import type { MessageRow } from '../messages/message-row';

/** The part of a chat in which the line is placed. */
type Rows = Pick<Chat, 'history' | 'live' | 'hasOlder' | 'ready' | 'row'>;

/** The unread messages at the opening of a chat. */
interface Unread {
  /** The read time of the conversation. */
  readonly readUntil: number;
  /** Number of unread messages; notices do not count. */
  readonly count: number;
}

/** The first message of another sender after the read time; undefined while older such messages may be missing. */
export function firstUnreadIn(
  { history, live, hasOlder }: Pick<Rows, 'history' | 'live' | 'hasOlder'>,
  { readUntil, count }: Unread,
): MessageRow | undefined {
  const rows = [...[...history].reverse(), ...live];
  const unread = rows.filter(({ createTime, mine }) => createTime > readUntil && !mine);
  const isComplete =
    !hasOlder ||
    rows.some(({ createTime }) => createTime <= readUntil) ||
    // The first page of a conversation that was never read: only another request would say that it is complete.
    unread.filter(({ kind }) => !isLineKind(kind)).length >= count;
  return isComplete ? unread[0] : undefined;
}

/**
 * The line above the first message that was unread when the chat was opened. The line comes with the page that has the
 * message, in the same setData, and stays until `dispose`. When the message is deleted, the next unread message has it.
 */
export class UnreadLine {
  /** The messageClientId of the row below the line; a map, so that a change draws two rows at most. */
  private readonly below = observable.map<string, true>();
  private stop: () => void = () => undefined;
  private disposed = false;

  constructor(chat: Rows, readUntil: Promise<number>, count: number) {
    void readUntil.then(
      (time) => {
        if (!this.disposed) this.stop = autorun(() => this.place(chat, { readUntil: time, count }));
      },
      // Without the read time there is no line.
      () => undefined,
    );
  }

  /** Whether the line is above this message. */
  isAbove(messageClientId: string): boolean {
    return this.below.has(messageClientId);
  }

  /** Puts the line above the message, which the server has named as the first. */
  put(messageClientId: string): void {
    if (this.below.has(messageClientId)) return;
    runInAction(() => {
      this.below.clear();
      this.below.set(messageClientId, true);
    });
  }

  dispose(): void {
    this.disposed = true;
    this.stop();
  }

  private place(chat: Rows, unread: Unread): void {
    const { ready, hasOlder, history, live } = chat;
    if (!ready || history.length + live.length === 0) return;
    untracked(() => {
      const [known] = this.below.keys();
      if (known && chat.row(known)) return;
      const first = firstUnreadIn({ hasOlder, history, live }, unread);
      if (first) this.put(first.messageClientId);
    });
  }
}
