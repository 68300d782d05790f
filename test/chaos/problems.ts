/** Kinds of violations that a story can report. */
export type Class =
  | 'lost'
  | 'double'
  | 'order'
  | 'unread'
  | 'recalled'
  | 'deleted'
  | 'preview'
  | 'members'
  | 'roles'
  | 'mutes'
  | 'info'
  | 'state'
  | 'draft'
  | 'secret'
  | 'leak'
  | 'stuck'
  | 'thrown'
  | 'sockets';

export interface Problem {
  readonly class: Class;
  readonly text: string;
}

/** The violations of a story, and its number of texts. */
export interface Outcome {
  problems: readonly Problem[];
  texts: number;
}

/** Number of failures that are printed in full; the first lines list the seeds of all failures. */
const MAX_FAILURES_PRINTED = 5;

/** Plays a story for each seed. Resolves with the text of the failure, empty without one. */
export async function playSeeds(
  seeds: readonly number[],
  play: (seed: number) => Promise<Outcome>,
  format: (seed: number) => string,
  subject = 'chat',
): Promise<string> {
  const failures: string[] = [];
  const seedsOf: Partial<Record<Class, number[]>> = {};
  for (const seed of seeds) {
    if (process.env.CHAOS_TRACE) process.stderr.write(`seed ${seed}\n`);
    const { problems } = await play(seed);
    for (const each of new Set(problems.map((one) => one.class))) (seedsOf[each] ??= []).push(seed);
    if (problems.length === 0) continue;
    const lines = problems.map((one) => `  ${one.class}: ${one.text}`);
    failures.push(
      [`npm run chaos -- ${subject} --seed ${seed}`, ...lines, format(seed)].join('\n'),
    );
  }
  const summary = Object.entries(seedsOf).map(
    ([name, all]) => `${name} in ${all.length} of ${seeds.length}: seeds ${all.join(' ')}`,
  );
  return [...summary, ...failures.slice(0, MAX_FAILURES_PRINTED)].join('\n\n');
}

/** Formats the steps of a story as lines for the text of a failure. */
export function formatSteps(first: string, steps: readonly { do: string }[]): string {
  const lines = steps.map(({ do: name, ...rest }) => {
    const values = Object.values(rest).map((value: unknown) =>
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    );
    return `  ${name} ${values.join(' ')}`.trimEnd();
  });
  return [first, ...lines].join('\n');
}

/** An error of another realm is no `Error` of this realm, but has a stack as well. */
export function describeError(cause: unknown): string {
  const { stack } = Object(cause) as { stack?: unknown };
  if (typeof stack === 'string') return stack;
  return typeof cause === 'object' ? JSON.stringify(cause) : String(cause);
}
