interface Position {
  /** Lines and columns count from 1. */
  line: number;
  column: number;
}

/** A line of the results (scripts/mutation/reporter.ts). `Planned` comes before the status that the run ends with. */
interface Line {
  id: string;
  file: string;
  mutatorName: string;
  replacement?: string;
  status: string;
  location: { start: Position; end: Position };
}

interface Mutant {
  file: string;
  line: number;
  column: number;
  mutator: string;
  /** The mutated text and the text in its place. */
  original: string;
  replacement: string;
  status: string;
}

export interface Score {
  name: string;
  value: number;
  of: number;
  percent: number;
}

const KILLED = ['Killed', 'Timeout'];
const SURVIVED = ['Survived', 'NoCoverage'];

const isKilled = ({ status }: Mutant) => KILLED.includes(status);
const isSurvivor = ({ status }: Mutant) => SURVIVED.includes(status);

export interface Results {
  mutants: Mutant[];
  /** Mutants that the run did not reach, by file. */
  left: Map<string, number>;
}

/** Reads the lines of a run. `sourceOf` reads a file. */
export function resultsIn(text: string, sourceOf: (file: string) => string): Results {
  const last = new Map<string, Line>();
  for (const each of text.split('\n').filter((one) => one.endsWith('}'))) {
    const line = JSON.parse(each) as Line;
    last.set(line.id, line);
  }
  const sources = new Map<string, string[]>();
  const left = new Map<string, number>();
  const mutants: Mutant[] = [];
  for (const { file, mutatorName, replacement = '', status, location } of last.values()) {
    if (status === 'Planned') {
      left.set(file, (left.get(file) ?? 0) + 1);
      continue;
    }
    const lines = sources.get(file) ?? sourceOf(file).split('\n');
    sources.set(file, lines);
    const { start, end } = location;
    const first = lines[start.line - 1] ?? '';
    const isLine = start.line === end.line;
    mutants.push({
      file,
      line: start.line,
      column: start.column,
      mutator: mutatorName,
      original: first.slice(start.column - 1, isLine ? end.column - 1 : undefined),
      replacement,
      status,
    });
  }
  return { mutants, left };
}

/** Killed mutants of each file, of the whole at the end. Mutants that cannot run do not count. */
export function scoreOf(mutants: readonly Mutant[]): Score[] {
  const score = (name: string, some: readonly Mutant[]): Score => {
    const value = some.filter(isKilled).length;
    const of = value + some.filter(isSurvivor).length;
    return { name, value, of, percent: of === 0 ? 100 : (value * 100) / of };
  };
  const files = [...new Set(mutants.map(({ file }) => file))].sort();
  const ofFile = (name: string) =>
    score(
      name,
      mutants.filter(({ file }) => file === name),
    );
  return [...files.map(ofFile), score('all', mutants)];
}

/** Counts the mutants that take a listener of an SDK event out: the name of the event becomes an empty text. */
export function listenersIn(mutants: readonly Mutant[]): { all: number; killed: number } {
  const all = mutants.filter(
    (mutant) =>
      mutant.mutator === 'StringLiteral' &&
      /^'on[A-Z]\w+'$/.test(mutant.original) &&
      (isKilled(mutant) || isSurvivor(mutant)),
  );
  return { all: all.length, killed: all.filter(isKilled).length };
}

/** Lines that name each survivor: place, the mutated text and its replacement. */
export function survivorsIn(mutants: readonly Mutant[]): string[] {
  return mutants
    .filter(isSurvivor)
    .map(({ file, line, column, mutator, original, replacement, status }) => {
      const how = status === 'NoCoverage' ? 'no test reaches' : 'survived';
      return `${file}:${line}:${column} ${how} ${mutator}: ${brief(original)} -> ${brief(replacement)}`;
    })
    .sort();
}

function brief(text: string): string {
  const short = text.replace(/\s+/g, ' ');
  return short.length > 60 ? `${short.slice(0, 57)}...` : short;
}
