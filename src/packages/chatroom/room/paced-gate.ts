import { flushSync } from 'react-dom';
import { PageGate } from '@/components/page-gate';

/**
 * Eight or nine setData a second look live; with one of the writer's own between them there are never more
 * than ten, which is what makes a mini-program stutter.
 */
const PACE_MS = 112;

/**
 * Lets a page render a few times a second only, whatever its stores do: people who come and go, a flood of
 * messages and the states of one's own share a setData. The first wish after a quiet time is met in the same
 * turn of the event loop, and so is one of somebody who has just done something.
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
    if (rest > 0 && rest <= PACE_MS) this.timer = setTimeout(this.pass, rest);
    else this.passSoon();
  }

  override cancel(render: () => void): void {
    this.due.delete(render);
  }

  override get isHidden(): boolean {
    return this.page.isHidden;
  }

  override leave(): boolean {
    return this.page.leave();
  }

  override stay(): void {
    this.page.stay();
  }

  override hurry(): void {
    if (!this.scheduled) return;
    clearTimeout(this.timer);
    this.passSoon();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.page.cancel(this.renderAll);
    this.due.clear();
  }

  /** Not at once: one action of a store wakes many components, one after the other. */
  private passSoon(): void {
    void Promise.resolve().then(this.pass);
  }

  private readonly pass = (): void => this.page.request(this.renderAll);

  private readonly renderAll = (): void => {
    this.scheduled = false;
    if (this.due.size === 0) return;
    this.last = Date.now();
    const renders = [...this.due];
    this.due.clear();
    // In this turn: what else crosses to the view with it, as the place of the list, is the same setData.
    flushSync(() => {
      for (const render of renders) render();
    });
  };
}
