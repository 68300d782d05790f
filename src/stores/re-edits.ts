import { runInAction } from 'mobx';
import type { Clock, TimerHandle } from '@/platform';
import type { ChatEntry } from './chat-entry';
import type { MessageRow } from './message-row';

/** A recalled text may be edited and sent again for so long. */
export const RE_EDIT_MS = 2 * 60_000;

/** Offers recalled texts of mine for editing, and takes the offer back in time. */
export class ReEdits {
  private readonly timers = new Map<string, TimerHandle>();

  constructor(
    private readonly clock: Clock,
    private readonly rowOf: (messageClientId: string) => MessageRow | undefined,
  ) {}

  /** Inside an action. */
  offer(row: MessageRow, { recall }: ChatEntry): void {
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
