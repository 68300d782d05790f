import { changedLines, type Git, MEASURED } from '../../../scripts/lib/changed-lines';
import { listenersIn, resultsIn, scoreOf, survivorsIn } from '../../../scripts/lib/mutation';

const DIFF = `diff --git a/src/sdk/a.ts b/src/sdk/a.ts
--- a/src/sdk/a.ts
+++ b/src/sdk/a.ts
@@ -3 +3 @@ function one() {
-old
+new
@@ -10,2 +10,4 @@
@@ -30,5 +31,0 @@ only removed
diff --git a/src/sdk/types.d.ts b/src/sdk/types.d.ts
--- a/src/sdk/types.d.ts
+++ b/src/sdk/types.d.ts
@@ -1 +1 @@
diff --git a/src/stores/new.ts b/src/stores/new.ts
--- /dev/null
+++ b/src/stores/new.ts
@@ -0,0 +1,20 @@
`;

/** Answers by the beginning of a command; undefined as git when it refuses. */
function fakeGit(answers: Record<string, string>) {
  const commands: string[] = [];
  const git: Git = (...args) => {
    const command = args.join(' ');
    commands.push(command);
    return Object.entries(answers).find(([start]) => command.startsWith(start))?.[1];
  };
  return { git, commands };
}

const TWELVE = Array.from({ length: 11 }, (_, index) => `c${index}`).join('\n');

describe('the changed lines', () => {
  it('are those of TypeScript files since the merge base with the given commit', () => {
    const { git, commands } = fakeGit({ 'merge-base main HEAD': 'base\n', diff: DIFF });
    expect(changedLines(git, 'main')).toEqual({
      since: 'base',
      parts: ['src/sdk/a.ts:3-3', 'src/sdk/a.ts:10-13', 'src/stores/new.ts:1-20'],
    });
    expect(commands.at(-1)).toContain(`--unified=0`);
    expect(commands.at(-1)?.endsWith(` base -- ${MEASURED.join(' ')}`)).toBe(true);
  });

  it('count from the commit itself when there is no merge base', () => {
    const { git } = fakeGit({ 'rev-parse': 'commit\n', diff: '' });
    expect(changedLines(git, 'v1')).toEqual({ since: 'commit', parts: [] });
  });

  it('are those of the last ten commits without a commit, or with an unknown one', () => {
    for (const ref of [undefined, 'unknown']) {
      const { git, commands } = fakeGit({ 'rev-list': `${TWELVE}\n`, diff: DIFF });
      expect(changedLines(git, ref).since).toBe('c10');
      expect(commands.find((one) => one.startsWith('rev-list'))).toContain('--max-count=11');
    }
  });

  it('are those that a shallow clone knows, and none in a clone of one commit or without git', () => {
    expect(changedLines(fakeGit({ 'rev-list': 'c0\nc1\n', diff: DIFF }).git).since).toBe('c1');
    const poor: Record<string, string>[] = [{ 'rev-list': 'c0\n' }, {}];
    for (const answers of poor)
      expect(changedLines(fakeGit(answers).git)).toEqual({ since: undefined, parts: [] });
  });
});

describe('the results of a mutation run', () => {
  const line = (id: string, status: string, more: object = {}) =>
    JSON.stringify({
      id,
      file: 'src/a.ts',
      mutatorName: 'StringLiteral',
      replacement: '""',
      status,
      location: { start: { line: 1, column: 8 }, end: { line: 1, column: 18 } },
      ...more,
    });
  const SOURCE = "nim.on('onKicked', handler);\n";

  it('are the last status of each place; a cut line and places without a status are left', () => {
    const text = [
      line('1', 'Planned'),
      line('2', 'Planned'),
      line('3', 'Planned'),
      line('1', 'Killed'),
      line('2', 'Survived', {
        location: { start: { line: 1, column: 1 }, end: { line: 2, column: 1 } },
      }),
      line('4', 'Ignored'),
      line('3', 'Killed').slice(0, 40),
    ].join('\n');
    const { mutants, left } = resultsIn(text, () => SOURCE);
    expect([...left]).toEqual([['src/a.ts', 1]]);
    expect(scoreOf(mutants)).toEqual([
      { name: 'src/a.ts', value: 1, of: 2, percent: 50 },
      { name: 'all', value: 1, of: 2, percent: 50 },
    ]);
    expect(listenersIn(mutants)).toEqual({ all: 1, killed: 1 });
    expect(survivorsIn(mutants)).toEqual([
      `src/a.ts:1:1 survived StringLiteral: nim.on('onKicked', handler); -> ""`,
    ]);
  });
});
