import { MAIN_BUDGET, SUB_PACKAGE_BUDGET, WECHAT_TOTAL_LIMIT } from '../budgets';
import { type Finding, placeOf } from '../checks';
import type { PackageSizes } from '../package-size';

/** Bytes and budget of each package. */
export function sizeTable({ main, packages, total }: PackageSizes): string {
  const row = (name: string, bytes: number, budget: number) =>
    `${name.padEnd(28)} ${bytes.toLocaleString('en').padStart(10)} B ${`${((bytes / budget) * 100).toFixed(1)}%`.padStart(7)} of ${budget.toLocaleString('en')}`;
  return [
    row('main package', main, MAIN_BUDGET),
    ...Object.entries(packages).map(([root, bytes]) => row(root, bytes, SUB_PACKAGE_BUDGET)),
    row('total', total, WECHAT_TOTAL_LIMIT),
  ].join('\n');
}

/** A paragraph for each finding: place, fault and remedy. */
export function findingsTable(findings: readonly Finding[]): string {
  return findings
    .map(
      (finding) =>
        `${finding.severity === 'error' ? '✗' : '·'} [${finding.check}] ${placeOf(finding)}\n    ${finding.message}\n    fix: ${finding.fix}`,
    )
    .join('\n');
}
