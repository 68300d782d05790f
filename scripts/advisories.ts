import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { LICENCES } from '../src/packages/settings/about/licences';
import { installScriptsIn, isAllowed, licencesIn, type LockFile } from './lib/licence-check';

/**
 * `npm run advisories`: the licences of both lock files, which needs no network, and the advisories of the registry.
 * Ends with 1 for a licence outside of the list, and for an advisory of level high or critical in a package
 * whose code is part of the app.
 */
const FOLDERS = ['.', 'ci'];
const SHIPPED = new Set(LICENCES.map(([name]) => name));
const GRAVE = ['high', 'critical'];

interface AuditAnswer {
  vulnerabilities?: Record<string, { severity: string; range: string }>;
  message?: string;
}

let failed = false;
for (const folder of FOLDERS) {
  const lock = JSON.parse(readFileSync(path.join(folder, 'package-lock.json'), 'utf8')) as LockFile;
  checkLicences(folder, lock);
  console.log(`${folder}: install scripts: ${installScriptsIn(lock).join(' ') || 'none'}`);
  checkAdvisories(folder);
}
process.exitCode = failed ? 1 : 0;

function checkLicences(folder: string, lock: LockFile): void {
  const all = licencesIn(lock);
  const counts = new Map<string, number>();
  for (const { licence } of all) counts.set(licence, (counts.get(licence) ?? 0) + 1);
  const summary = [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([name, count]) => `${name} ${count}`);
  console.log(`${folder}: ${all.length} packages: ${summary.join(', ')}`);
  if (folder === '.') {
    const shipped = all.filter(({ name }) => SHIPPED.has(name));
    console.log(`in the app: ${shipped.map(({ id, licence }) => `${id} ${licence}`).join(', ')}`);
  }
  for (const { id, licence } of all.filter((one) => !isAllowed(one.licence))) {
    console.error(`${folder}: ${id} has the licence ${licence}, which is not in the list`);
    failed = true;
  }
}

function checkAdvisories(folder: string): void {
  const answer = audit(folder);
  if (!answer?.vulnerabilities) {
    console.log(`${folder}: the registry gives no advisories (${answer?.message ?? 'no answer'})`);
    return;
  }
  const found = Object.entries(answer.vulnerabilities);
  console.log(`${folder}: ${found.length} packages with advisories`);
  for (const [name, { severity, range }] of found) {
    const isShipped = folder === '.' && SHIPPED.has(name);
    console.log(`  ${severity} ${name} ${range}${isShipped ? ', part of the app' : ', a tool'}`);
    if (isShipped && GRAVE.includes(severity)) failed = true;
  }
}

/** npm ends with 1 when it finds advisories. Without the route of the registry npm prints an error or nothing. */
function audit(folder: string): AuditAnswer | undefined {
  const { stdout } = spawnSync('npm', ['audit', '--json', '--package-lock-only'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
    shell: process.platform === 'win32',
  });
  try {
    return JSON.parse(stdout) as AuditAnswer;
  } catch {
    return undefined;
  }
}
