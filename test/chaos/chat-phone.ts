import type { Emulator } from '../../emulator';
import type { Chat, MessageRow } from '@/stores';
import { type Client, createClient, rowsOf } from '../harness';
import type { Person, PhoneName } from './chat-story';
import { dateOf, timersOf } from './story-clock';

/** What a promise of the stores may reject with; everything else is a defect. */
function isConnectionError(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'ConnectionError';
}

export interface PhoneOptions {
  emulator: Emulator;
  name: PhoneName | `${Person}/new`;
  skewMs?: number;
  closeDelayMs?: number;
}

/** The app on one phone, and what its user does with it. */
export class Phone {
  readonly name: string;
  readonly accountId: Person;
  readonly client: Client;
  /** The chat on the screen, as the chat page holds it. */
  chat: Chat | null = null;
  /** Told of every chat that is opened; a test breaks it here. */
  onChat: (chat: Chat) => void = () => undefined;
  /** Texts written here. */
  readonly written: { peer: Person; text: string }[] = [];
  /** What the user's taps rejected with, beside ConnectionErrors. */
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
    return this.client.account.conversations.openWith(peer);
  }

  open(peer: Person): Chat {
    this.close();
    const chat = this.client.account.messages.open(this.conversationId(peer));
    this.onChat(chat);
    this.chat = chat;
    return chat;
  }

  close(): void {
    this.chat?.close();
    this.chat = null;
  }

  write(texts: readonly string[]): void {
    const { chat } = this;
    if (!chat) return;
    for (const text of texts) {
      this.written.push({ peer: chat.targetId as Person, text });
      chat.sendText(text);
    }
  }

  /** As the pages do: the app goes to the background, the chat page with it. */
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

  clear(peer: Person): void {
    this.tap(
      this.client.account.connection.services.message.clearHistoryMessage({
        conversationId: this.conversationId(peer),
        deleteRoam: true,
        onlineSync: true,
      }),
    );
  }

  resendFailed(): void {
    for (const row of this.rows()) if (row.status === 'failed') this.chat?.resend(row);
  }

  tap(promise: Promise<unknown> | undefined): void {
    promise?.catch((cause: unknown) => {
      const code = (cause as { code?: unknown }).code;
      // The SDK's own errors carry a code as well; `clear` has no store method around it.
      if (!isConnectionError(cause) && typeof code !== 'number') this.thrown.push(cause);
    });
  }
}

function nthOf<T>(list: readonly T[], nth: number): T | undefined {
  return list[nth % list.length];
}
