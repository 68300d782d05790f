import { flushSync } from 'react-dom';
import { PageGate } from '@/components/page-gate';

/** Up to ten setData in any second look live; more than that is what makes a mini-program stutter. */
const PACE_MS = 105;

/**
 * Lets a page render at most ten times a second, whatever its stores do: people who come and go, a flood of
 * messages and the states of one's own all share one setData. The first wish after a quiet time is met in
 * the same turn of the event loop.
 */
export class PacedGate extends PageGate {
  private readonly due = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private scheduled = false;
  private last = Number.NEGATIVE_INFINITY;

  /** @param page holds everything back while the page is hidden */
  constructor(private readonly page: PageGate) {
    super();
  }

  override request(render: () => void): void {
    this.due.add(render);
    if (this.scheduled) return;
    this.scheduled = true;
    const rest = this.last + PACE_MS - Date.now();
    if (rest > 0 && rest <= PACE_MS) {
      this.timer = setTimeout(() => this.page.request(this.renderAll), rest);
    } else {
      // Not at once: one action of a store wakes many components, one after the other.
      void Promise.resolve().then(() => this.page.request(this.renderAll));
    }
  }

  override cancel(render: () => void): void {
    this.due.delete(render);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.page.cancel(this.renderAll);
    this.due.clear();
  }

  private readonly renderAll = (): void => {
    this.scheduled = false;
    this.last = Date.now();
    const renders = [...this.due];
    this.due.clear();
    // In this turn: what else crosses to the view with it, as the place of the list, is the same setData.
    flushSync(() => {
      for (const render of renders) render();
    });
  };
}
