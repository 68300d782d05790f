import { onActivity, testimony, watchAll } from './activity';

export interface WaitOptions {
  /** What is waited for, in words; the first line of the failure. */
  what: string;
  timeoutMs?: number;
}

/**
 * Resolves with the condition's first truthy value. Looks when an observable it reads changes and after
 * every callback a client receives; it never sleeps and looks again. When the time is up, the error says
 * how every client and the emulator are.
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
      // A watch runs its body before it returns the way to stop it.
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
