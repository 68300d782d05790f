import type { CancelSignal } from '@/connection';

/** A one-way switch that others wait on. Not an AbortController: WeChat's logic layer has none. */
export class Gone implements CancelSignal {
  aborted = false;
  private readonly handlers = new Set<() => void>();

  addEventListener(_type: 'abort', handler: () => void): void {
    this.add(handler);
  }

  /** Calls back once it is over, at once when it already is. Returns the way to stop listening. */
  add(handler: () => void): () => void {
    if (this.aborted) handler();
    else this.handlers.add(handler);
    return () => this.handlers.delete(handler);
  }

  fire(): void {
    if (this.aborted) return;
    this.aborted = true;
    const handlers = [...this.handlers];
    this.handlers.clear();
    for (const handler of handlers) handler();
  }
}
