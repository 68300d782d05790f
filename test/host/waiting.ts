import { setImmediate as nextMacrotask } from 'node:timers';

export interface WaitOptions {
  /** Default 4000. */
  timeoutMs?: number;
  /** What is waited for, in words. */
  what?: string;
}

/** Conditions looked at again whenever something happened in the app; nothing sleeps. */
export class Waiting {
  private readonly checks = new Set<() => void>();
  private scheduled = false;

  constructor(private readonly describe: () => string) {}

  /** Something happened: look again, once for all that happens in this turn. */
  readonly poke = (): void => {
    if (this.scheduled || this.checks.size === 0) return;
    this.scheduled = true;
    nextMacrotask(() => {
      this.scheduled = false;
      [...this.checks].forEach((check) => check());
    });
  };

  /** Resolves with the first truthy value of `condition`; one that throws counts as "not yet". */
  until<Value>(
    condition: () => Value,
    { timeoutMs = 4000, what }: WaitOptions = {},
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
