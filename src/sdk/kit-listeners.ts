type Listener = (...args: unknown[]) => void;

interface Emitter {
  on(event: string, listener: Listener): unknown;
  off(event: string, listener: Listener): unknown;
}

interface Wish {
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
 * The listeners a kit has put on services it shares with the application. They are kept apart, so that
 * the kit's `removeAllListeners` takes its own only, and contained: the SDK calls listeners inside its
 * socket callback, where one that throws would take the rest of the packet with it.
 */
export class KitListeners {
  private readonly held: Held[] = [];

  constructor(private readonly note: (text: string) => void) {}

  /** The emitter's methods as a kit may have them. */
  of(emitter: Emitter, name: string): Record<string, (...args: never[]) => void> {
    return {
      on: (event: string, listener: Listener) => this.add({ emitter, name, event, listener }),
      once: (event: string, listener: Listener) =>
        this.add({ emitter, name, event, listener, once: true }),
      off: (event: string, listener: Listener) =>
        this.remove(
          (one) => one.emitter === emitter && one.event === event && one.listener === listener,
        ),
      removeAllListeners: (event?: string) =>
        this.remove(
          (one) => one.emitter === emitter && (event === undefined || one.event === event),
        ),
    };
  }

  /** Takes every listener of the kit away. */
  clear(): void {
    this.remove(() => true);
  }

  private add({ emitter, name, event, listener, once }: Wish): void {
    const contained: Listener = (...args) => {
      if (once) this.remove((one) => one.contained === contained);
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

/** Runs code of a kit; what it throws is noted and goes no further. */
export function contain(note: (text: string) => void, what: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    note(`${what} threw: ${error instanceof Error ? error.message : String(error)}`);
  }
}
