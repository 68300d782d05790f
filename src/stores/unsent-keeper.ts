import type { ImConnection } from '@/connection';
import type { Clock, Platform, TimerHandle } from '@/platform';
import { MessageType } from '@/sdk/constants';
import type { Outbox } from './outbox';
import { ownMessage } from './own-message';
import { type UnsentText, UnsentTexts } from './unsent-texts';

/** A text that is acknowledged at once is never written down. */
const SAVE_DELAY_MS = 1000;

export interface UnsentKeeperOptions {
  connection: ImConnection;
  platform: Platform;
  /** Made after the keeper: it hears of the login first, and finds what is to be sent again. */
  outbox: () => Outbox;
  /** Whether the user stays signed in on this device; without that nothing is written down. */
  isKept: () => boolean;
}

/**
 * Keeps the unsent texts of an account on the device, and gives them back to the outbox at the next start,
 * as failed ones; the outbox then sends those that are not too old.
 */
export class UnsentKeeper {
  private readonly texts: UnsentTexts;
  private readonly clock: Clock;
  private readonly stops: (() => void)[];
  private isRestored = false;
  private saving: TimerHandle | null = null;
  private disposed = false;

  constructor(private readonly options: UnsentKeeperOptions) {
    const { connection, platform, isKept } = options;
    this.clock = platform.clock;
    this.texts = new UnsentTexts(platform.storage, connection.accountId);
    if (!isKept()) this.texts.clear();
    this.stops = [
      // Making a message needs the SDK, which is not made before the login.
      connection.on('state', ({ to }) => {
        if (to.name === 'online') this.restore();
      }),
      platform.lifecycle.onHide(() => this.save()),
    ];
  }

  /** The outbox took or lost a message. */
  changed(): void {
    if (!this.disposed) this.saving ??= this.clock.setTimeout(() => this.save(), SAVE_DELAY_MS);
  }

  /** `forget`: the account was left; nothing of it may stay behind. */
  dispose({ forget }: { forget: boolean }): void {
    if (forget) this.texts.clear();
    else this.save();
    this.disposed = true;
    this.clock.clearTimeout(this.saving);
    for (const stop of this.stops) stop();
  }

  private restore(): void {
    if (this.isRestored) return;
    const kept = this.texts.load();
    this.isRestored = true;
    for (const text of kept) {
      try {
        this.restoreOne(text);
      } catch {
        // A text that the SDK does not take (any more) would be refused at each start.
      }
    }
  }

  private restoreOne({ conversationId, messageClientId, text, time }: UnsentText): void {
    const { connection, outbox } = this.options;
    const draft = connection.services.messageCreator.createTextMessage(text);
    const message = { ...draft, messageClientId, createTime: time };
    outbox().restore(
      conversationId,
      ownMessage(message, conversationId, connection.accountId),
      time,
    );
  }

  private save(): void {
    this.clock.clearTimeout(this.saving);
    this.saving = null;
    // What the last start left is not in the outbox before the first sync.
    if (this.disposed || !this.options.isKept()) return;
    const kept = this.isRestored ? [] : this.texts.load();
    const unsent = this.options
      .outbox()
      .all()
      .filter(({ message }) => message.messageType === (MessageType.TEXT as number))
      .map(({ conversationId, message, since }) => ({
        conversationId,
        messageClientId: message.messageClientId,
        text: message.text ?? '',
        time: since,
      }));
    this.texts.save([...kept, ...unsent]);
  }
}
