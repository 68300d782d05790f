import { runInAction } from 'mobx';
import type { Clock, TimerHandle } from '@/platform';
import type { V2NIMMessage } from '@/sdk/types';
import { PRODUCT_LIMITS } from '@/product-limits';
import type { Entry } from '../messages/entry';
import type { MessageRow } from '../messages/message-row';

/** Time within which a recalled text may be edited and sent again. */
export const RE_EDIT_MS = PRODUCT_LIMITS.reEditSeconds * 1000;

/** Offers own recalled texts for editing, and withdraws the offer in time. */
export class ReEdits {
  private readonly timers = new Map<string, TimerHandle>();

  constructor(
    private readonly clock: Clock,
    private readonly rowOf: (messageClientId: string) => MessageRow | undefined,
  ) {}

  /** Runs inside an action. */
  offer(row: MessageRow, { recall }: Entry<V2NIMMessage>): void {
    if (!recall || !row.mine || row.kind !== 'text') return;
    const { messageClientId } = row;
    const rest = recall.at + RE_EDIT_MS - this.clock.now();
    row.reEditText = rest > 0 ? (row.message.text ?? null) : null;
    if (rest <= 0 || this.timers.has(messageClientId)) return;
    const withdraw = () => {
      this.timers.delete(messageClientId);
      const shown = this.rowOf(messageClientId);
      if (shown) runInAction(() => (shown.reEditText = null));
    };
    this.timers.set(messageClientId, this.clock.setTimeout(withdraw, rest));
  }

  dispose(): void {
    for (const timer of this.timers.values()) this.clock.clearTimeout(timer);
    this.timers.clear();
  }
}
