import { Listeners } from '@/platform';
import type { RoomMessage } from '../sdk';
import { type CatchUpBounds, type FetchSince, MessageStream } from './message-stream';

type OnMessages = (messages: readonly RoomMessage[], missed: boolean) => void;

export interface VisitMessageEvents {
  messages: OnMessages;
  gap: () => void;
  open: () => void;
  caughtUp: () => void;
}

/** The messages of a visit as one stream across reconnects, and what becomes of those that were missed. */
export class VisitMessages {
  private readonly listeners: {
    readonly [K in keyof VisitMessageEvents]: Listeners<Parameters<VisitMessageEvents[K]>>;
  };
  private readonly stream: MessageStream;

  /** `onThrow` hears of handlers that throw. */
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

  /** Entered at this time of the server: what came before is history. */
  begin(serverTime: number): void {
    this.stream.begin(serverTime);
  }

  push(message: RoomMessage): void {
    this.stream.push(message);
  }

  /** A message that came another way than as a push: it is not reported again. */
  note(message: RoomMessage): void {
    this.stream.note(message);
  }

  /** The link is gone, or the visit is over. */
  hold(): void {
    this.stream.hold();
  }

  /** The link is back. */
  async catchUp(fetch: FetchSince, pause: CatchUpBounds['pause']): Promise<void> {
    const onOpen = () => this.listeners.open.emit();
    if (await this.stream.catchUp(fetch, { pause, onOpen })) this.listeners.caughtUp.emit();
  }
}
