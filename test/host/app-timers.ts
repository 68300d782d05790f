type Task = (...args: unknown[]) => void;

interface Entry {
  handle: NodeJS.Timeout;
  repeats: boolean;
}

/**
 * The timers handed to the app: numbers as in WeChat, errors collected, all stopped with the host,
 * and held while the app is suspended in the background.
 */
export class AppTimers {
  private readonly entries = new Map<number, Entry>();
  private readonly held: (() => void)[] = [];
  private next = 1;
  private suspended = false;
  private stopped = false;

  constructor(private readonly run: (task: () => void) => void) {}

  /** Timers that have not fired yet. */
  get pending(): number {
    return this.entries.size;
  }

  readonly setTimeout = (task: unknown, delayMs?: unknown, ...args: unknown[]): number =>
    this.start(task, delayMs, args, false);

  readonly setInterval = (task: unknown, delayMs?: unknown, ...args: unknown[]): number =>
    this.start(task, delayMs, args, true);

  readonly clear = (id?: unknown): void => {
    const entry = this.entries.get(Number(id));
    if (!entry) return;
    clearTimeout(entry.handle);
    this.entries.delete(Number(id));
  };

  suspend(): void {
    this.suspended = true;
  }

  /** Timers that came due while suspended fire now, in order. */
  resume(): void {
    this.suspended = false;
    this.held.splice(0).forEach((fire) => fire());
  }

  stop(): void {
    this.stopped = true;
    this.entries.forEach(({ handle }) => clearTimeout(handle));
    this.entries.clear();
    this.held.length = 0;
  }

  private start(task: unknown, delayMs: unknown, args: unknown[], repeats: boolean): number {
    const id = this.next++;
    if (this.stopped || typeof task !== 'function') return id;
    const delay = Math.max(0, Number(delayMs) || 0);
    const due = () => {
      if (this.suspended) {
        if (!this.held.includes(fire)) this.held.push(fire);
      } else {
        fire();
      }
    };
    const fire = () => {
      if (!this.entries.has(id)) return;
      if (!repeats) this.entries.delete(id);
      this.run(() => (task as Task)(...args));
    };
    const handle = repeats ? setInterval(due, Math.max(1, delay)) : setTimeout(due, delay);
    this.entries.set(id, { handle, repeats });
    return id;
  }
}
