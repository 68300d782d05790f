import type { CancelSignal } from '@/connection';

/** A one-way abort signal of a visit. Not an AbortController: WeChat's logic layer has none. */
export class VisitAbort implements CancelSignal {
  aborted = false;
  private readonly handlers = new Set<() => void>();

  addEventListener(_type: 'abort', handler: () => void): void {
    this.onAbort(handler);
  }

  /** Calls the handler on abort, at once when already aborted. Returns the function that removes the handler. */
  onAbort(handler: () => void): () => void {
    if (this.aborted) handler();
    else this.handlers.add(handler);
    return () => this.handlers.delete(handler);
  }

  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    const handlers = [...this.handlers];
    this.handlers.clear();
    for (const handler of handlers) handler();
  }
}
