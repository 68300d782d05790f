import { createContext } from 'react';

/**
 * Holds back the rendering of a page that nobody sees. A mini-program page behind another one, or on
 * another tab, is still mounted and would go on sending setData to the view thread; here each part of it
 * that wants to render waits, once, and all of them render together when the page is shown.
 */
export class PageGate {
  private hidden = false;
  private held = false;
  private leaving = false;
  private readonly waiting = new Set<() => void>();

  /** Runs `render` now, or once when the page is shown. */
  request(render: () => void): void {
    if (this.hidden || this.held) this.waiting.add(render);
    else render();
  }

  /** Forgets a request whose component has gone. */
  cancel(render: () => void): void {
    this.waiting.delete(render);
  }

  /** Somebody has done something and looks for it: a gate that makes others wait does not do so now. */
  hurry(): void {
    // Here nobody waits while the page is shown.
  }

  /** The page is behind another one, on another tab, or the app is in the background. */
  get isHidden(): boolean {
    return this.hidden;
  }

  /**
   * A tap wants to go to another page. False while the page is hidden or is being left already: then the
   * tap came late and means nothing.
   */
  leave(): boolean {
    if (this.hidden || this.leaving) return false;
    this.leaving = true;
    return true;
  }

  /** The page was not left after all. */
  stay(): void {
    this.leaving = false;
  }

  hide(): void {
    this.hidden = true;
  }

  show(): void {
    this.hidden = false;
    this.leaving = false;
    this.open();
  }

  /** Keeps the page as it is although it is shown, until it is held no longer. */
  hold(held: boolean): void {
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

/** The gate of the page a component is on; outside of pages one that is always open. */
export const PageGateContext = createContext(new PageGate());
