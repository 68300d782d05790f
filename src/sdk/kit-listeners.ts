type Listener = (...args: unknown[]) => void;

interface Emitter {
  on(event: string, listener: Listener): unknown;
  off(event: string, listener: Listener): unknown;
}

interface Subscription {
  emitter: Emitter;
  name: string;
  event: string;
  listener: Listener;
  once?: boolean;
}

interface Held {
  emitter: Emitter;
  event: string;
  listener: Listener;
  contained: Listener;
}

/**
 * The listeners that a kit has added to services it shares with the application. The list is separate, so that
 * the kit's `removeAllListeners` removes only its own listeners, and each listener is wrapped: the SDK calls
 * listeners inside its socket callback, where a listener that throws would lose the rest of the packet.
 */
export class KitListeners {
  private readonly held: Held[] = [];

  constructor(private readonly note: (text: string) => void) {}

  /** The emitter's methods in the form that a kit may use. */
  of(emitter: Emitter, name: string): Record<string, (...args: never[]) => void> {
    return {
      on: (event: string, listener: Listener) => this.add({ emitter, name, event, listener }),
      once: (event: string, listener: Listener) =>
        this.add({ emitter, name, event, listener, once: true }),
      off: (event: string, listener: Listener) =>
        this.remove(
          (held) => held.emitter === emitter && held.event === event && held.listener === listener,
        ),
      removeAllListeners: (event?: string) =>
        this.remove(
          (held) => held.emitter === emitter && (event === undefined || held.event === event),
        ),
    };
  }

  /** Removes every listener of the kit. */
  clear(): void {
    this.remove(() => true);
  }

  private add({ emitter, name, event, listener, once }: Subscription): void {
    const contained: Listener = (...args) => {
      if (once) this.remove((held) => held.contained === contained);
      contain(this.note, `${name} ${event}`, () => listener(...args));
    };
    this.held.push({ emitter, event, listener, contained });
    emitter.on(event, contained);
  }

  private remove(which: (held: Held) => boolean): void {
    for (const held of this.held.filter(which)) {
      this.held.splice(this.held.indexOf(held), 1);
      held.emitter.off(held.event, held.contained);
    }
  }
}

/** Runs code of a kit; an error that it throws is recorded and not passed on. */
export function contain(note: (text: string) => void, what: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    note(`${what} threw: ${error instanceof Error ? error.message : String(error)}`);
  }
}
