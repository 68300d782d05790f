import { setImmediate as nextMacrotask } from 'node:timers';

export interface WaitOptions {
  /** Default 10,000: only a failure waits so long, and a busy machine needs more than 4 s. */
  timeoutMs?: number;
  /** Name of the awaited condition for the failure text. */
  what?: string;
}

/** Evaluates awaited conditions again after each event in the app; never sleeps. */
export class Waiting {
  private readonly checks = new Set<() => void>();
  private scheduled = false;

  constructor(private readonly describe: () => string) {}

  /** Reports an event in the app. All events of a turn cause one evaluation. */
  readonly poke = (): void => {
    if (this.scheduled || this.checks.size === 0) return;
    this.scheduled = true;
    nextMacrotask(() => {
      this.scheduled = false;
      [...this.checks].forEach((check) => check());
    });
  };

  /** Resolves with the first truthy value of `condition`; a condition that throws counts as false. */
  until<Value>(
    condition: () => Value,
    { timeoutMs = 10_000, what }: WaitOptions = {},
  ): Promise<Exclude<Value, false | undefined | null>> {
    const caller = new Error();
    return new Promise((resolve, reject) => {
      let reason = '';
      const end = () => {
        clearTimeout(timer);
        this.checks.delete(check);
      };
      const check = () => {
        try {
          const value = condition();
          if (!value) return;
          end();
          resolve(value as Exclude<Value, false | undefined | null>);
        } catch (error) {
          reason = error instanceof Error ? error.message : String(error);
        }
      };
      const timer = setTimeout(() => {
        check();
        if (!this.checks.has(check)) return;
        end();
        const said = reason ? `\nthe condition threw: ${reason}` : '';
        caller.message = `not within ${timeoutMs} ms: ${what ?? condition.toString()}${said}\n${this.describe()}`;
        reject(caller);
      }, timeoutMs);
      this.checks.add(check);
      check();
    });
  }
}
