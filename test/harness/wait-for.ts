import { onActivity, testimony, watchAll } from './activity';

export interface WaitOptions {
  /** Name of the awaited condition; the first line of the failure. */
  what: string;
  timeoutMs?: number;
}

/**
 * Resolves with the condition's first truthy value. Evaluates the condition after a change of an observable
 * that the condition reads, and after every callback to a client; never polls with a sleep. After the
 * time-out the error describes every client and the emulator.
 */
export function waitFor<T>(
  condition: () => T | undefined | null | false | '' | 0,
  { what, timeoutMs = 8000 }: WaitOptions,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let settled = false;
    const stops: (() => void)[] = [];
    const finish = (end: () => void) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      // A watch runs its body before it returns the function that stops the watch.
      void Promise.resolve().then(() => stops.forEach((stop) => stop()));
      end();
    };
    const look = () => {
      if (settled) return;
      try {
        const value = condition();
        if (value) finish(() => resolve(value));
      } catch (error) {
        finish(() => reject(error));
      }
    };
    const timer = setTimeout(
      () => finish(() => reject(new Error(`waited ${timeoutMs} ms for ${what}\n${testimony()}`))),
      timeoutMs,
    );
    stops.push(onActivity(look), watchAll(look));
    look();
  });
}
