import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers';
import { seededRandom } from '../../emulator/faults/random';
import { onActivity } from '../harness/activity';

interface Timer {
  at: number;
  order: number;
  everyMs: number | undefined;
  run: () => void;
}

/**
 * Number of turns of the event loop without a byte or a callback after which nothing is in flight over loopback.
 */
const QUIET_TURNS = 12;
/** Start time of every story, so that a seed replays at the same times. */
const BEGINNING = 1_760_000_000_000;

const REPLACED = [
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'Date',
  'Math',
] as const;

/**
 * Provides virtual time for this process: the clients with their SDK, the fake `wx` and the emulator.
 * The sockets are real; time stands still while bytes are in flight and jumps to the next timer when no bytes
 * are. A minute of waiting costs milliseconds, and a busy machine changes no outcome.
 */
export class StoryClock {
  /** Exceptions thrown by callbacks of timers. */
  readonly thrown: unknown[] = [];
  private time = BEGINNING;
  private timers = new Set<Timer>();
  private lastOrder = 0;
  private signs = 0;
  private readonly stops: (() => void)[] = [];

  /** Number of timers that have not fired. */
  get pending(): number {
    return this.timers.size;
  }

  /** Replaces the global timers, `Date` and `Math.random` until `dispose`. */
  constructor(seed: number) {
    this.replaceGlobals(seed);
    this.watchSockets();
    this.stops.push(onActivity(() => (this.signs += 1)));
  }

  now(): number {
    return this.time;
  }

  /** Runs until the promise is settled. @throws when the promise takes more than `limitMs` of the story's time */
  async until<T>(work: Promise<T>, what: string, limitMs: number, look = noop): Promise<T> {
    let settled = false;
    const done = () => void (settled = true);
    work.then(done, done);
    const end = this.time + limitMs;
    for (;;) {
      await this.quiet();
      look();
      if (settled) return await work;
      const next = this.next();
      if (!next || next.at > end) throw new Error(`stuck for ${limitMs} ms: ${what}`);
      this.fire(next);
    }
  }

  /** Runs until the condition holds. Resolves with false after `limitMs` of the story's time. */
  async reach(condition: () => boolean, limitMs: number, look = noop): Promise<boolean> {
    const end = this.time + limitMs;
    for (;;) {
      await this.quiet();
      look();
      if (condition()) return true;
      const next = this.next();
      if (!next || next.at > end) return false;
      this.fire(next);
    }
  }

  /** Advances the story's time by `ms`. */
  async pass(ms: number, look = noop): Promise<void> {
    const end = this.time + ms;
    await this.reach(() => false, ms, look);
    this.time = end;
    look();
  }

  dispose(): void {
    for (const stop of this.stops) stop();
    this.timers.clear();
  }

  /** Resolves when neither sockets nor callbacks have moved for some turns of the event loop. */
  private async quiet(): Promise<void> {
    for (let turns = 0, seen = this.signs; turns < QUIET_TURNS; turns++) {
      await new Promise<void>((resolve) => nextTurn(resolve));
      if (seen === this.signs) continue;
      seen = this.signs;
      turns = 0;
    }
  }

  private next(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.timers) {
      if (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order))
        first = timer;
    }
    return first;
  }

  private fire(timer: Timer): void {
    this.time = Math.max(this.time, timer.at);
    if (timer.everyMs === undefined) this.timers.delete(timer);
    else timer.at = this.time + timer.everyMs;
    try {
      timer.run();
    } catch (error) {
      this.thrown.push(error);
    }
  }

  private replaceGlobals(seed: number): void {
    const host = globalThis as unknown as Record<string, unknown>;
    const real = new Map(REPLACED.map((name) => [name, host[name]]));
    const realClear = globalThis.clearTimeout;
    const start =
      (repeats: boolean) =>
      (handler: (...args: unknown[]) => void, delayMs?: number, ...args: unknown[]) => {
        const delay = Math.max(1, Number(delayMs) || 0);
        const timer: Timer = {
          at: this.time + delay,
          order: ++this.lastOrder,
          everyMs: repeats ? delay : undefined,
          run: () => handler(...args),
        };
        this.timers.add(timer);
        // The handle has the methods of Node's handles, and does not keep the process alive.
        return Object.assign(timer, { ref: () => timer, unref: () => timer, hasRef: () => false });
      };
    const stop = (handle: unknown) => {
      if (!this.timers.delete(handle as Timer)) realClear(handle as NodeJS.Timeout);
    };
    host.setTimeout = start(false);
    host.setInterval = start(true);
    host.clearTimeout = stop;
    host.clearInterval = stop;
    host.Date = dateOf(() => this.time);
    host.Math = Object.create(Math, { random: { value: seededRandom(seed) } }) as unknown;
    this.stops.push(() => real.forEach((value, name) => (host[name] = value)));
  }

  /** Counts every chunk that a socket or an HTTP message delivers as activity. */
  private watchSockets(): void {
    const { push } = Readable.prototype;
    const note = () => (this.signs += 1);
    Readable.prototype.push = function (...args) {
      note();
      return push.apply(this, args);
    };
    this.stops.push(() => (Readable.prototype.push = push));
  }
}

/** Returns the current timers, for a fake `wx` that would otherwise keep the timers of its load time. */
export function timersOf() {
  return {
    setTimeout: (task: () => void, ms: number): unknown => setTimeout(task, ms),
    clearTimeout: (handle: unknown) => clearTimeout(handle as NodeJS.Timeout),
  };
}

/** Creates a `Date` that reads another clock. */
export function dateOf(now: () => number): DateConstructor {
  const RealDate = Object.getPrototypeOf(new Date(0)).constructor as DateConstructor;
  class StoryDate extends RealDate {
    constructor(...args: unknown[]) {
      super(...((args.length > 0 ? args : [now()]) as [number]));
    }
    static override now(): number {
      return now();
    }
  }
  return StoryDate as unknown as DateConstructor;
}

function noop(): void {
  // No observer is attached.
}
