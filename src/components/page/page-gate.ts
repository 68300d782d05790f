import { createContext } from 'react';

/**
 * Delays the rendering of a hidden page. A mini-program page behind another page, or on another tab, stays
 * mounted and would go on sending setData to the view thread. Here each component of a hidden page waits with
 * one request, and all render together when the page is shown.
 */
export class PageGate {
  private hidden = false;
  private held = false;
  private leaving = false;
  private readonly waiting = new Set<() => void>();
  private readonly works = new Set<{ start: () => () => void; stop: (() => void) | null }>();

  /** Runs `render` now, or once when the page is shown. */
  requestRender(render: () => void): void {
    if (this.hidden || this.held) this.waiting.add(render);
    else render();
  }

  /** Drops a request whose component was unmounted. */
  cancelRender(render: () => void): void {
    this.waiting.delete(render);
  }

  /** Starts work now, or when the page is shown; stops it whenever the page is hidden. Returns its end. */
  whileShown(start: () => () => void): () => void {
    const work = { start, stop: this.hidden ? null : start() };
    this.works.add(work);
    return () => {
      this.works.delete(work);
      work.stop?.();
    };
  }

  /** Renders without a delay after an action of the user. A gate that paces its page overrides this. */
  flushNow(): void {
    // This gate never delays the rendering of a shown page.
  }

  /** Whether the page is behind another page, on another tab, or the app is in the background. */
  get isHidden(): boolean {
    return this.hidden;
  }

  /**
   * Called when a tap is about to leave the page. Returns false while the page is hidden or already being
   * left: the tap came too late and must be ignored.
   */
  startLeaving(): boolean {
    if (this.hidden || this.leaving) return false;
    this.leaving = true;
    return true;
  }

  /** Called when leaving the page failed. */
  cancelLeaving(): void {
    this.leaving = false;
  }

  hide(): void {
    this.hidden = true;
    for (const work of this.works) {
      work.stop?.();
      work.stop = null;
    }
  }

  show(): void {
    this.hidden = false;
    this.leaving = false;
    for (const work of this.works) work.stop ??= work.start();
    this.open();
  }

  /** Freezes the page although it is shown, until it is called with false. */
  setHeld(held: boolean): void {
    this.held = held;
    this.open();
  }

  private open(): void {
    if (this.hidden || this.held) return;
    const due = [...this.waiting];
    this.waiting.clear();
    for (const render of due) render();
  }
}

/** The gate of a component's page; outside of pages a gate that never delays. */
export const PageGateContext = createContext(new PageGate());
