import { makeObservable, observable, observableRef, runInAction } from 'mobx';
import { answered, ConnectionError, type ImConnection } from '@/connection';
import type { Clock } from '@/platform';
import { Code } from '@/sdk/codes';
import type { V2NIMMessage, V2NIMMessagePin, V2NIMMessageRefer } from '@/sdk/types';
import { recallsFor } from '../conversations/account-removals';
import { TimedValues } from './timed-values';

/** A marked message. */
export interface Pin {
  readonly refer: V2NIMMessageRefer;
  /** The account that marked the message last. */
  readonly by: string;
  /** Server time of the mark, milliseconds. */
  readonly time: number;
}

/** V2NIMMessagePinState of a mark that was taken away. */
const NOT_PINNED = 0;

/** The marked messages of a conversation; all its members see them. */
class ConversationPins {
  /** Why the last request for the list failed. */
  error: ConnectionError | null = null;
  isReady = false;
  readonly byId = observable.map<string, Pin>({}, { deep: false });
  private readonly values = new TimedValues<Pin>();

  constructor(private readonly request: () => Promise<readonly V2NIMMessagePin[]>) {
    makeObservable(this, { error: observableRef, isReady: observableRef });
  }

  /** The newest first. */
  get list(): readonly Pin[] {
    return [...this.byId.values()].sort((a, b) => b.time - a.time);
  }

  /** Null when the message is not marked. Observable. */
  of(messageClientId: string): Pin | null {
    return this.byId.get(messageClientId) ?? null;
  }

  changed(pin: Pin, isPinned: boolean): void {
    const { messageClientId: id } = pin.refer;
    if (this.values.apply(id, isPinned ? pin : null, pin.time)) runInAction(() => this.show(id));
  }

  /** The message was recalled: it loses its mark for good. */
  drop(messageClientId: string): void {
    if (this.values.apply(messageClientId, null, Infinity))
      runInAction(() => this.show(messageClientId));
  }

  /** Requests the list. A failure is in `error`. */
  async load(): Promise<void> {
    const { version } = this.values;
    try {
      const list = await this.request();
      runInAction(() => {
        this.values.replace(
          list.map((pin) => ({
            key: pin.messageRefer.messageClientId,
            value: { refer: pin.messageRefer, by: operatorOf(pin), time: pin.updateTime },
            time: pin.updateTime,
          })),
          version,
        );
        this.error = null;
        this.isReady = true;
        const present = new Map(this.values.present());
        for (const id of [...this.byId.keys()]) if (!present.has(id)) this.byId.delete(id);
        for (const [id, pin] of present) this.byId.set(id, pin);
      });
    } catch (cause) {
      runInAction(() => (this.error = ConnectionError.from(cause)));
    }
  }

  private show(id: string): void {
    const pin = this.values.get(id);
    if (pin) this.byId.set(id, pin);
    else this.byId.delete(id);
  }
}

/** The marked messages of all conversations that were opened, kept current by events and after each reconnect. */
export class Pins {
  private readonly conversations = new Map<string, { pins: ConversationPins; holders: number }>();

  constructor(
    private readonly connection: ImConnection,
    private readonly clock: Clock,
  ) {
    connection.listen('message', 'onMessagePinNotification', ({ pinState, pin }) => {
      const { messageRefer: refer, operatorId: by, updateTime: time } = pin;
      this.conversations
        .get(refer.conversationId)
        ?.pins.changed({ refer, by, time }, (pinState as number) !== NOT_PINNED);
    });
    connection.listen('message', 'onMessageRevokeNotifications', (all) => {
      for (const { messageRefer } of recallsFor(connection.accountId, all))
        this.conversations
          .get(messageRefer.conversationId)
          ?.pins.drop(messageRefer.messageClientId);
    });
    connection.on('state', ({ to }) => {
      if (to.name !== 'online') return;
      for (const { pins, holders } of this.conversations.values())
        if (holders > 0) void pins.load();
    });
  }

  /** The marked messages of a conversation, whether a page shows them or not. */
  of(conversationId: string): ConversationPins {
    return this.entry(conversationId).pins;
  }

  /** A page shows the conversation until the returned function is called. */
  watch(conversationId: string): () => void {
    const entry = this.entry(conversationId);
    entry.holders++;
    if (this.connection.state.name === 'online') void entry.pins.load();
    return () => void entry.holders--;
  }

  /**
   * Marks a message for all members.
   * @throws ConnectionError, 107319 above the limit of marks in a conversation
   */
  async pin(message: V2NIMMessage): Promise<void> {
    await this.change(message.conversationId, Code.pinAlreadyExist, () =>
      this.connection.services.message.pinMessage(message, ''),
    );
  }

  /** @throws ConnectionError */
  async unpin(refer: V2NIMMessageRefer): Promise<void> {
    await this.change(refer.conversationId, Code.pinNotExist, () =>
      this.connection.services.message.unpinMessage(refer, ''),
    );
  }

  /** `done`: the code that says that another client has made the change. */
  private async change(
    conversationId: string,
    done: number,
    request: () => Promise<void>,
  ): Promise<void> {
    try {
      await answered(this.clock, request);
    } catch (cause) {
      // The answer may be lost while the server has made the change.
      void this.of(conversationId).load();
      if (ConnectionError.from(cause).code !== done) throw cause;
    }
  }

  private entry(conversationId: string): { pins: ConversationPins; holders: number } {
    const known = this.conversations.get(conversationId);
    if (known) return known;
    const pins = new ConversationPins(() =>
      answered(this.clock, () =>
        this.connection.services.message.getPinnedMessageList(conversationId),
      ),
    );
    const made = { pins, holders: 0 };
    this.conversations.set(conversationId, made);
    return made;
  }
}

/** The SDK's typings misspell the name of the field. */
function operatorOf(pin: V2NIMMessagePin): string {
  const { operatorId } = pin as V2NIMMessagePin & { operatorId?: string };
  return operatorId ?? pin.opeartorId;
}
