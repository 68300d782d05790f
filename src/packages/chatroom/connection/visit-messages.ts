import { Listeners } from '@/platform';
import type { RoomMessage } from '../sdk-types';
import { type CatchUpBounds, type FetchSince, MessageStream } from './message-stream';

type OnMessages = (messages: readonly RoomMessage[], missed: boolean) => void;

export interface VisitMessageEvents {
  messages: OnMessages;
  gap: () => void;
  open: () => void;
  caughtUp: () => void;
}

/** The messages of a visit as one stream across reconnects, and the state of the missed messages. */
export class VisitMessages {
  private readonly listeners: {
    readonly [K in keyof VisitMessageEvents]: Listeners<Parameters<VisitMessageEvents[K]>>;
  };
  private readonly stream: MessageStream;

  /** `onThrow` receives exceptions of handlers. */
  constructor(onThrow: (error: unknown) => void) {
    this.listeners = {
      messages: new Listeners(onThrow),
      gap: new Listeners(onThrow),
      open: new Listeners(onThrow),
      caughtUp: new Listeners(onThrow),
    };
    this.stream = new MessageStream({
      messages: (messages, missed) => this.listeners.messages.emit(messages, missed),
      tooMuch: () => this.listeners.gap.emit(),
    });
  }

  on<K extends keyof VisitMessageEvents>(event: K, handler: VisitMessageEvents[K]): () => void {
    const listeners: Listeners<never[]> = this.listeners[event] as never;
    return listeners.add(handler as never);
  }

  /** The room was entered at this server time: earlier messages are history. */
  begin(serverTime: number): void {
    this.stream.begin(serverTime);
  }

  push(message: RoomMessage): void {
    this.stream.push(message);
  }

  /** Records a message from another source than a push: the message is not reported again. */
  rememberMessage(message: RoomMessage): void {
    this.stream.rememberMessage(message);
  }

  /** The link is lost, or the visit has ended. */
  hold(): void {
    this.stream.hold();
  }

  /** The link is back. */
  async catchUp(fetch: FetchSince, pause: CatchUpBounds['pause']): Promise<void> {
    const onOpen = () => this.listeners.open.emit();
    if (await this.stream.catchUp(fetch, { pause, onOpen })) this.listeners.caughtUp.emit();
  }
}
