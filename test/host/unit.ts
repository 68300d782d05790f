import { applyDataPath } from './data-path';
import { SET_DATA_LIMIT } from './set-data-meter';

export type Fields = Record<string, unknown>;
export type Method = (this: unknown, ...args: unknown[]) => unknown;

/** The parts of the host that a unit needs. */
export interface UnitHost {
  copy(value: unknown): unknown;
  later(task: () => void): void;
  /** Runs app code and collects what the code throws. */
  guard(task: () => unknown): unknown;
  /** Runs app code as the handler of a tap. */
  inTap(task: () => unknown): unknown;
  fail(error: unknown): void;
  /** Reports a mistake that WeChat ignores silently. */
  warn(text: string): void;
  /** Reports a feature that this host does not implement. */
  unplayed(what: string): void;
  /** Counts a setData. */
  sent(unit: Unit, json: string, paths: string[]): void;
  /** Marks the view of this unit as outdated. */
  changed(unit: Unit): void;
}

/** A living page or component instance: the object that app code sees as `this`, and its data. */
export class Unit {
  /** The app's `this`. */
  readonly instance: Fields;
  /** Set once the page is unloaded or the component detached. */
  gone = false;

  constructor(
    private readonly host: UnitHost,
    /** Path of the page or component in the package, without extension. */
    readonly path: string,
    /** '' for a page, otherwise the component's tag. */
    readonly component: string,
    members: Fields,
    data: unknown,
  ) {
    this.instance = host.copy({}) as Fields;
    Object.assign(this.instance, members, { data: host.copy(data ?? {}), is: path });
    this.instance.setData = (update: unknown, callback?: unknown) => this.setData(update, callback);
  }

  get data(): Fields {
    return this.instance.data as Fields;
  }

  method(name: string): Method | undefined {
    const member = this.instance[name];
    return typeof member === 'function' ? (member as Method) : undefined;
  }

  /** Calls a method or life cycle function if the app defines it. */
  call(name: string, ...args: unknown[]): unknown {
    const method = this.method(name);
    return method && this.host.guard(() => method.apply(this.instance, args));
  }

  private setData(update: unknown, callback: unknown): void {
    if (typeof update !== 'object' || update === null) {
      this.host.fail(new Error(`setData of ${this.path} with ${typeof update}, not an object`));
      return;
    }
    if (this.gone) {
      // WeChat silently drops this call; Taro sends such a call after redirecting away in the first render.
      this.host.warn(`setData of ${this.path} after it was unloaded`);
      return;
    }
    // A value that JSON cannot express does not reach the view.
    const json = JSON.stringify(update);
    const sent = this.host.copy(update) as Fields;
    this.host.sent(this, json, Object.keys(sent));
    // WeChat's documents say 1024 kB without a unit of measure; bytes are the stricter reading.
    const bytes = Buffer.byteLength(json);
    if (bytes >= SET_DATA_LIMIT) {
      this.host.fail(
        new Error(`setData of ${this.path}: ${bytes} bytes in one call, WeChat allows 1 MB`),
      );
    }
    for (const [path, value] of Object.entries(sent)) {
      try {
        applyDataPath(this.data, path, value);
      } catch (error) {
        this.host.fail(error);
      }
    }
    this.host.changed(this);
    if (typeof callback === 'function') {
      this.host.later(() => this.host.guard(() => (callback as Method).call(this.instance)));
    }
  }
}
