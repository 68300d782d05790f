/** A set of handlers that may change while it is being called; a throwing handler stops no other. */
export class Listeners<Args extends unknown[]> {
  private readonly handlers = new Set<(...args: Args) => void>();

  constructor(private readonly onThrow: (error: unknown) => void = rethrowLater) {}

  get size(): number {
    return this.handlers.size;
  }

  add(handler: (...args: Args) => void): () => void {
    // Wrapped, so that adding one function twice needs two removals, as people expect.
    const entry = (...args: Args) => handler(...args);
    this.handlers.add(entry);
    return () => this.handlers.delete(entry);
  }

  emit(...args: Args): void {
    for (const handler of [...this.handlers]) {
      if (!this.handlers.has(handler)) continue;
      try {
        handler(...args);
      } catch (error) {
        this.onThrow(error);
      }
    }
  }

  clear(): void {
    this.handlers.clear();
  }
}

/** Nothing is swallowed: the host reports it as an uncaught error, but the emitter goes on. */
function rethrowLater(error: unknown): void {
  setTimeout(() => {
    throw error;
  }, 0);
}
