import type { WxContext } from './context';
import type { Callbacks, Fields } from './options';

/** A failed wx call: `errMsg` without its `name:fail ` prefix, and WeChat's errno where it has one. */
export class WxFailure extends Error {
  constructor(
    readonly reason: string,
    readonly errno?: number,
    readonly extra: Fields = {},
  ) {
    super(reason);
  }
}

export type Api = (...args: never[]) => unknown;
type Work = (options: Fields) => unknown;

/** The error object an app receives: `{errMsg: 'request:fail timeout', errno: 5}`. */
function failure(name: string, error: unknown): { errMsg: string; errno?: number } {
  if (!(error instanceof WxFailure)) return { errMsg: `${name}:fail ${String(error)}` };
  const errno = error.errno === undefined ? {} : { errno: error.errno };
  return { errMsg: `${name}:fail${error.reason && ` ${error.reason}`}`, ...errno, ...error.extra };
}

/** Calls success or fail, then complete, in a later macrotask. */
export function settle(
  context: WxContext,
  name: string,
  callbacks: Callbacks,
  outcome: { result: Fields } | { error: unknown },
): void {
  context.later(() => {
    if ('result' in outcome) {
      const result = context.realm.fields({ errMsg: `${name}:ok`, ...outcome.result });
      context.guard(() => callbacks.success?.(result));
      context.guard(() => callbacks.complete?.(result));
    } else {
      const error = context.realm.fields(failure(name, outcome.error)) as ReturnType<
        typeof failure
      >;
      context.guard(() => callbacks.fail?.(error));
      context.guard(() => callbacks.complete?.(error));
    }
  });
}

/**
 * Makes an asynchronous wx function: with a callback it calls back and returns nothing; without a callback it
 * returns a promise, as WeChat has done since base library 2.10.2.
 */
export function asyncApi(context: WxContext, name: string, work: Work): Api {
  return (options?: Fields & Callbacks) => {
    const given = options ?? {};
    const fault = context.options.callFaults?.[name];
    if (fault === 'throw') throw context.realm.error(`${name} is not implemented here`);
    const done = Promise.resolve()
      .then(() => {
        if (fault === 'silent') return new Promise<never>(() => undefined);
        if (fault) throw new WxFailure(fault.reason, fault.errno);
        return work(given);
      })
      .then(
        (value) => {
          const result = isFields(value) ? value : {};
          return { result: context.options.alterResult?.(name, result) ?? result };
        },
        (error: unknown) => ({ error }),
      );
    if (given.success || given.fail || given.complete) {
      void done.then((outcome) => settle(context, name, given, outcome));
      return undefined;
    }
    return context.realm.promise((resolve, reject) => {
      void done.then((outcome) =>
        settle(context, name, { success: resolve, fail: reject }, outcome),
      );
    });
  };
}

/** The listeners behind `wx.onX` and `wx.offX`: off without argument removes all. */
export class Listeners<Event> {
  private list: ((event: Event) => void)[] = [];

  constructor(private readonly context: WxContext) {}

  get size(): number {
    return this.list.length;
  }

  readonly on = (listener: (event: Event) => void): void => {
    if (typeof listener === 'function' && !this.list.includes(listener)) this.list.push(listener);
  };

  readonly off = (listener?: (event: Event) => void): void => {
    this.list = listener ? this.list.filter((each) => each !== listener) : [];
  };

  emit(event: Event): void {
    for (const listener of [...this.list]) this.context.guard(() => listener(event));
  }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

export function text(value: unknown, otherwise = ''): string {
  return typeof value === 'string' ? value : otherwise;
}
