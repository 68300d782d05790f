import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './build';

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
}

/**
 * Runs jest and prints "N passed, N failed" as its last line.
 * @returns the exit code; a skipped test counts as a failure.
 */
export function runJest(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): number {
  // Runs may be side by side, each with a report of its own.
  const reportFile = path.join(ROOT, '.cache', `test-report-${process.pid}.json`);
  mkdirSync(path.dirname(reportFile), { recursive: true });
  const jest = path.join(ROOT, 'node_modules/jest/bin/jest.js');
  const { status } = spawnSync(
    process.execPath,
    [jest, '--json', `--outputFile=${reportFile}`, '--reporters=default', ...args],
    // jest prints JSON to stdout too; its text reporter writes to stderr.
    { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } },
  );
  let report: Report;
  try {
    report = JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
  } catch {
    return status ?? 1;
  } finally {
    rmSync(reportFile, { force: true });
  }
  if (report.numPendingTests > 0) console.error(`${report.numPendingTests} tests are skipped.`);
  console.log(`${report.numPassedTests} passed, ${report.numFailedTests} failed`);
  return status === 0 && report.numPendingTests === 0 ? 0 : 1;
}
