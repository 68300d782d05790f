/** A set of handlers that may change during `emit`; a handler that throws does not stop the others. */
export class Listeners<Args extends unknown[]> {
  private readonly handlers = new Set<(...args: Args) => void>();

  constructor(private readonly onThrow: (error: unknown) => void = rethrowLater) {}

  get size(): number {
    return this.handlers.size;
  }

  add(handler: (...args: Args) => void): () => void {
    // Wrapped, so that a function that was added twice has to be removed twice.
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

/** The host reports the error as uncaught, and the emitter continues. */
export function rethrowLater(error: unknown): void {
  setTimeout(() => {
    throw error;
  }, 0);
}
