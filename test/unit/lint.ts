import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** A file, which need not exist, and its content. */
export type Probe = readonly [file: string, code: string];

/** The rules of eslint.config.mjs that each piece of code breaks, in order. */
export function lint(probes: readonly Probe[]): string[][] {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [path.join(__dirname, 'lint-probe.mjs')],
    { cwd: path.resolve(__dirname, '../..'), input: JSON.stringify(probes), encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as string[][];
}
