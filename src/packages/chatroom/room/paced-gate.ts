import { flushSync } from 'react-dom';
import { PageGate } from '@/components/page/page-gate';

/**
 * Time between two renderings. Eight or nine setData a second look live, and with one for the user's own
 * action there are at most ten; a mini-program stutters with more.
 */
const PACE_MS = 112;

/**
 * Lets a page render a few times a second only, however often its stores change: members who enter and
 * leave, a flood of messages and send states share a setData. The first request after a quiet time is
 * granted in the same turn of the event loop, and so is a request after an action of the user.
 */
export class PacedGate extends PageGate {
  private readonly due = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private scheduled = false;
  private last = Number.NEGATIVE_INFINITY;

  /** @param page delays every rendering while the page is hidden */
  constructor(private readonly page: PageGate) {
    super();
  }

  override requestRender(render: () => void): void {
    this.due.add(render);
    if (this.scheduled) return;
    this.scheduled = true;
    const rest = this.last + PACE_MS - Date.now();
    if (rest > 0 && rest <= PACE_MS) this.timer = setTimeout(this.pass, rest);
    else this.passSoon();
  }

  override cancelRender(render: () => void): void {
    this.due.delete(render);
  }

  override get isHidden(): boolean {
    return this.page.isHidden;
  }

  override startLeaving(): boolean {
    return this.page.startLeaving();
  }

  override cancelLeaving(): void {
    this.page.cancelLeaving();
  }

  override flushNow(): void {
    if (!this.scheduled) return;
    clearTimeout(this.timer);
    this.passSoon();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.page.cancelRender(this.renderAll);
    this.due.clear();
  }

  /** A microtask later: one action of a store notifies many components, one after the other. */
  private passSoon(): void {
    void Promise.resolve().then(this.pass);
  }

  private readonly pass = (): void => this.page.requestRender(this.renderAll);

  private readonly renderAll = (): void => {
    this.scheduled = false;
    if (this.due.size === 0) return;
    this.last = Date.now();
    const renders = [...this.due];
    this.due.clear();
    // In this turn of the event loop, so that the scroll position of the list is in the same setData.
    flushSync(() => {
      for (const render of renders) render();
    });
  };
}
