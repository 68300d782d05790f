/** The changed lines of a text with their neighbours, as `diff -u` shows them; empty without a change. */
export function lineDiff(before: string, after: string, around = 2): string {
  if (before === after) return '';
  const [a, b] = [before.split('\n'), after.split('\n')];
  const lines = mergedLines(a, b);
  const near = (index: number) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(([sign]) => sign !== ' ');
  const shown: string[] = [];
  lines.forEach(([sign, line], index) => {
    if (near(index)) shown.push(`${sign} ${line}`);
    else if (shown.at(-1) !== '  ...') shown.push('  ...');
  });
  return shown.join('\n');
}

/** All lines of both texts in order; ' ' is in both, '-' and '+' in one of them. */
function mergedLines(a: readonly string[], b: readonly string[]): [string, string][] {
  // common[i][j]: length of the longest common subsequence of a from i and b from j.
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      (common[i] as Uint16Array)[j] =
        a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: [string, string][] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && a[i] === b[j]) {
      lines.push([' ', a[i] ?? '']);
      i++;
      j++;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(['-', a[i++] ?? '']);
    } else {
      lines.push(['+', b[j++] ?? '']);
    }
  }
  return lines;
}
