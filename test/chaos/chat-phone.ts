import type { Emulator } from '../../emulator';
import type { Chat, MessageRow } from '@/stores';
import { type Client, createClient, rowsOf } from '../harness';
import type { Person, PhoneName } from './chat-story';
import { dateOf, timersOf } from './story-clock';

/** Whether a promise of the stores may reject with this error; any other rejection is a defect. */
function isConnectionError(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'ConnectionError';
}

export interface PhoneOptions {
  emulator: Emulator;
  name: PhoneName | `${Person}/new`;
  skewMs?: number;
  closeDelayMs?: number;
}

/** The app on a phone, with the actions of its user. */
export class Phone {
  readonly name: string;
  readonly accountId: Person;
  readonly client: Client;
  /** The chat on the screen, as the chat page holds it. */
  chat: Chat | null = null;
  /** Whether the end of the chat is on the screen; further up the user does not see new messages. */
  isAtEnd = true;
  /** Called with every opened chat, so that a test can plant a fault. */
  onChat: (chat: Chat) => void = () => undefined;
  /** Texts written on this phone. */
  written: { peer: Person; text: string }[] = [];
  /** Called when a chat is deleted on this phone, which drops its unsent messages. */
  onCleared: (peer: Person) => void = () => undefined;
  private readonly toClear = new Set<Person>();
  /** Rejections of the user's taps other than ConnectionErrors. */
  readonly thrown: unknown[] = [];

  constructor({ emulator, name, skewMs = 0, closeDelayMs = 0 }: PhoneOptions) {
    this.name = name;
    this.accountId = name.split('/')[0] as Person;
    this.client = createClient({
      emulator,
      name,
      wxOptions: {
        closeDelayMs,
        clock: timersOf(),
      },
      globals: skewMs === 0 ? {} : { Date: dateOf(() => Date.now() + skewMs) },
    });
  }

  get isShown(): boolean {
    return this.client.wx.app.visible;
  }

  get isOnline(): boolean {
    return this.client.root.connection.isOnline;
  }

  async signIn(): Promise<void> {
    const { accountId } = this;
    await this.client.signIn({ way: 'static', accountId, token: `token-${accountId}` });
  }

  conversationId(peer: Person): string {
    return this.client.account.conversations.conversationIdWith(peer);
  }

  open(peer: Person): Chat {
    this.close();
    const chat = this.client.account.messages.open(this.conversationId(peer));
    this.onChat(chat);
    this.chat = chat;
    this.isAtEnd = true;
    return chat;
  }

  close(): void {
    this.chat?.close();
    this.chat = null;
  }

  scroll(toEnd: boolean): void {
    if (this.chat) this.isAtEnd = toEnd;
    this.chat?.setAtBottom(toEnd);
  }

  write(texts: readonly string[]): void {
    const { chat } = this;
    if (!chat) return;
    this.isAtEnd = true;
    for (const text of texts) {
      this.written.push({ peer: chat.targetId as Person, text });
      chat.sendText(text);
    }
  }

  /** Sends the app and its chat page to the background, as the pages do. */
  hide(): void {
    this.client.wx.app.hide();
    this.chat?.setVisible(false);
  }

  show(): void {
    this.client.wx.app.show();
    this.chat?.setVisible(true);
  }

  rows(): MessageRow[] {
    return this.chat ? rowsOf(this.chat) : [];
  }

  recall(nth: number): void {
    const row = nthOf(
      this.rows().filter((each) => each.mine && each.status === 'sent' && !each.recalled),
      nth,
    );
    if (row) this.tap(this.chat?.recall(row));
  }

  remove(nth: number): void {
    const row = nthOf(
      this.rows().filter((each) => each.status === 'sent'),
      nth,
    );
    if (row) this.tap(this.chat?.remove(row));
  }

  /** Deletes the chat with its history. A failed deletion is repeated when the faults have ended. */
  clear(peer: Person): void {
    const { messages } = this.client.account;
    const cleared = messages.deleteConversation(this.conversationId(peer), { clearHistory: true });
    cleared.then(
      () => this.onCleared(peer),
      () => this.toClear.add(peer),
    );
    this.tap(cleared);
  }

  clearAgain(): void {
    for (const peer of [...this.toClear]) {
      this.toClear.delete(peer);
      this.clear(peer);
    }
  }

  resendFailed(): void {
    for (const row of this.rows()) if (row.status === 'failed') this.chat?.resend(row);
  }

  tap(promise: Promise<unknown> | undefined): void {
    promise?.catch((cause: unknown) => {
      if (!isConnectionError(cause)) this.thrown.push(cause);
    });
  }
}

function nthOf<T>(list: readonly T[], nth: number): T | undefined {
  return list[nth % list.length];
}
