type Task = (...args: unknown[]) => void;

interface Entry {
  /** Time of the next firing, in the app's time. */
  due: number;
  /** Milliseconds between firings; 0 for a timer that fires once. */
  every: number;
  task: Task;
  args: unknown[];
  handle: NodeJS.Timeout;
}

/**
 * The app's timers: numbers as in WeChat. Collects errors, stops all timers with the host, holds timers while
 * the app is suspended in the background, and moves them forward by {@link elapse}.
 */
export class AppTimers {
  private readonly entries = new Map<number, Entry>();
  private readonly held = new Set<number>();
  private next = 1;
  private ahead = 0;
  private suspended = false;
  private stopped = false;

  constructor(private readonly run: (task: () => void) => void) {}

  /** Timers that have not fired yet. */
  get pending(): number {
    return this.entries.size;
  }

  /** Milliseconds by which the app's time is ahead of the machine's time. */
  get aheadMs(): number {
    return this.ahead;
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
    this.held.delete(Number(id));
  };

  suspend(): void {
    this.suspended = true;
  }

  /** Fires, in order, the timers that came due while suspended. */
  resume(): void {
    this.suspended = false;
    const ids = [...this.held];
    this.held.clear();
    ids.forEach((id) => this.fire(id));
  }

  /** Moves the app's time forward at once; timers that come due meanwhile fire in order. */
  elapse(ms: number): void {
    const end = this.now() + ms;
    for (let id = this.firstDue(end); id !== undefined; id = this.firstDue(end)) {
      this.moveTo(this.entries.get(id)?.due ?? end);
      this.comesDue(id);
    }
    this.moveTo(end);
    for (const [id, entry] of this.entries) this.arm(id, entry);
  }

  stop(): void {
    this.stopped = true;
    this.entries.forEach(({ handle }) => clearTimeout(handle));
    this.entries.clear();
    this.held.clear();
  }

  private now(): number {
    return performance.now() + this.ahead;
  }

  private moveTo(time: number): void {
    this.ahead += Math.max(0, time - this.now());
  }

  /** The timer that comes due first, up to `end`. */
  private firstDue(end: number): number | undefined {
    const [first] = [...this.entries]
      .filter(([id, { due }]) => due <= end && !this.held.has(id))
      .sort(([, a], [, b]) => a.due - b.due);
    return first?.[0];
  }

  private start(task: unknown, delayMs: unknown, args: unknown[], repeats: boolean): number {
    const id = this.next++;
    if (this.stopped || typeof task !== 'function') return id;
    const delay = Math.max(0, Number(delayMs) || 0);
    const every = repeats ? Math.max(1, delay) : 0;
    const due = this.now() + (every || delay);
    const entry = { due, every, task: task as Task, args, handle: setTimeout(() => undefined) };
    this.entries.set(id, entry);
    this.arm(id, entry);
    return id;
  }

  private arm(id: number, entry: Entry): void {
    clearTimeout(entry.handle);
    entry.handle = setTimeout(() => this.comesDue(id), Math.max(0, entry.due - this.now()));
  }

  private comesDue(id: number): void {
    if (this.suspended) this.held.add(id);
    else this.fire(id);
  }

  private fire(id: number): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    if (entry.every > 0) {
      entry.due = this.now() + entry.every;
      this.arm(id, entry);
    } else {
      this.entries.delete(id);
      clearTimeout(entry.handle);
    }
    this.run(() => entry.task(...entry.args));
  }
}
