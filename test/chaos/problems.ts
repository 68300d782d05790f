/** What a story may not do. */
export type Class =
  | 'lost'
  | 'double'
  | 'order'
  | 'unread'
  | 'recalled'
  | 'deleted'
  | 'preview'
  | 'stuck'
  | 'thrown'
  | 'sockets';

export interface Problem {
  readonly class: Class;
  readonly text: string;
}

/** What happened in a story, and what was wrong with it. */
export interface Outcome {
  problems: readonly Problem[];
  texts: number;
}

/** So many failures are told in full; the seeds of all of them stand in the first lines. */
const TOLD = 5;

/** Plays a story for each seed. Resolves with the text of the failure, empty without one. */
export async function playSeeds(
  seeds: readonly number[],
  play: (seed: number) => Promise<Outcome>,
  tell: (seed: number) => string,
): Promise<string> {
  const failures: string[] = [];
  const seedsOf: Partial<Record<Class, number[]>> = {};
  for (const seed of seeds) {
    if (process.env.CHAOS_TRACE) process.stderr.write(`seed ${seed}\n`);
    const { problems } = await play(seed);
    for (const each of new Set(problems.map((one) => one.class))) (seedsOf[each] ??= []).push(seed);
    if (problems.length === 0) continue;
    const lines = problems.map((one) => `  ${one.class}: ${one.text}`);
    failures.push([`npm run chaos -- chat --seed ${seed}`, ...lines, tell(seed)].join('\n'));
  }
  const summary = Object.entries(seedsOf).map(
    ([name, all]) => `${name} in ${all.length} of ${seeds.length}: seeds ${all.join(' ')}`,
  );
  return [...summary, ...failures.slice(0, TOLD)].join('\n\n');
}

/** The schedule of a story in lines, for the text of a failure. */
export function tellSteps(first: string, steps: readonly { do: string }[]): string {
  const lines = steps.map(({ do: name, ...rest }) => {
    const told = Object.values(rest).map((value: unknown) =>
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    );
    return `  ${name} ${told.join(' ')}`.trimEnd();
  });
  return [first, ...lines].join('\n');
}

export function told(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
