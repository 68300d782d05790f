/** The folders whose mutation score is measured (docs/reliability.md). */
export const MEASURED = [
  'src/connection',
  'src/sdk',
  'src/stores',
  'src/packages/chatroom/connection',
  'src/packages/chatroom/stores',
];

/** Commits that are looked at when no other commit is named. */
const COMMITS = 10;

/** Runs git. Undefined when git is missing or refuses. */
export type Git = (...args: string[]) => string | undefined;

export interface ChangedLines {
  /** The commit that the files are compared with. Undefined in a clone without an earlier commit. */
  since: string | undefined;
  /** `FILE:FIRST-LAST`, the way that StrykerJS names lines. */
  parts: string[];
}

/**
 * Lines of the measured folders that have changed since the merge base with `ref`, committed or not. Without a ref, or
 * when a shallow clone does not have it, the last ten commits count, or as many as the clone has.
 */
export function changedLines(git: Git, ref?: string): ChangedLines {
  const since = (ref === undefined ? undefined : baseOf(git, ref)) ?? oldest(git);
  if (since === undefined) return { since, parts: [] };
  const diff = git(
    'diff',
    '--unified=0',
    '--no-color',
    '--no-ext-diff',
    '--diff-filter=d',
    since,
    '--',
    ...MEASURED,
  );
  return { since, parts: partsOf(diff ?? '') };
}

function baseOf(git: Git, ref: string): string | undefined {
  const commit = (...args: string[]) => git(...args)?.trim() || undefined;
  return (
    commit('merge-base', ref, 'HEAD') ??
    commit('rev-parse', '--verify', '--quiet', `${ref}^{commit}`)
  );
}

function oldest(git: Git): string | undefined {
  const commits = (git('rev-list', '--first-parent', `--max-count=${COMMITS + 1}`, 'HEAD') ?? '')
    .split('\n')
    .filter(Boolean);
  return commits.length > 1 ? commits.at(-1) : undefined;
}

function partsOf(diff: string): string[] {
  const parts: string[] = [];
  let file = '';
  for (const line of diff.split('\n')) {
    const name = /^\+\+\+ b\/(.*)$/.exec(line)?.[1];
    if (name !== undefined) file = name;
    const [, first, count = '1'] = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    if (first === undefined || count === '0' || !isMeasured(file)) continue;
    parts.push(`${file}:${first}-${Number(first) + Number(count) - 1}`);
  }
  return parts;
}

const isMeasured = (file: string) => file.endsWith('.ts') && !file.endsWith('.d.ts');
