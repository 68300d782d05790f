import { observable, runInAction } from 'mobx';
import { answered, type ImConnection } from '@/connection';
import type { Clock } from '@/platform';
import type { V2NIMMessage } from '@/sdk/types';
import type { Pin } from './pins';

/** The messages of a list of marks. A mark names its message only. */
export class PinnedMessages {
  private readonly messages = observable.map<string, V2NIMMessage | null>({}, { deep: false });
  private readonly requested = new Set<string>();

  constructor(
    private readonly connection: ImConnection,
    private readonly clock: Clock,
  ) {}

  /** Undefined while the message is requested; null when the server does not have it. Observable. */
  of(messageClientId: string): V2NIMMessage | null | undefined {
    return this.messages.get(messageClientId);
  }

  /** Requests the messages that were not requested before, in one request. */
  async load(pins: readonly Pin[]): Promise<void> {
    const refers = pins
      .map(({ refer }) => refer)
      .filter(({ messageClientId }) => !this.requested.has(messageClientId));
    if (refers.length === 0) return;
    for (const { messageClientId } of refers) this.requested.add(messageClientId);
    try {
      const found = await answered(this.clock, () =>
        this.connection.services.message.getMessageListByRefers(refers),
      );
      runInAction(() => {
        for (const { messageClientId: id } of refers)
          this.messages.set(id, found.find((one) => one.messageClientId === id) ?? null);
      });
    } catch {
      // The next change of the list requests them again.
      for (const { messageClientId } of refers) this.requested.delete(messageClientId);
    }
  }
}
