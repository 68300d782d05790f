/** A line that the app wrote to its console. */
export interface ConsoleLine {
  /** `log`, `warn`, `error` ...; `host` for remarks of the host itself. */
  level: string;
  text: string;
}

const LEVELS = [
  'log',
  'info',
  'warn',
  'error',
  'debug',
  'group',
  'groupEnd',
  'trace',
  'time',
  'timeEnd',
];

/** Prints any value as text: an error with its stack, an object as JSON. */
export function printable(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'stack' in value) return String(value.stack);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

/** Makes a console for the app's realm that keeps its lines. */
export function makeConsole(keep: (line: ConsoleLine) => void): Record<string, unknown> {
  return Object.fromEntries(
    LEVELS.map((level) => [
      level,
      (...words: unknown[]) => keep({ level, text: words.map(printable).join(' ') }),
    ]),
  );
}
