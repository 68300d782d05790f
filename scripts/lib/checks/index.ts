import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../build';
import type { ProductionEnv } from '../production-env';
import { checkLocalAddresses, checkPlainAddresses } from './addresses';
import { BuiltPackage, type DeclaredPrivacy } from './built-package';
import { checkEnvironment } from './environment';
import type { Finding, Found } from './finding';
import { checkHosts } from './hosts';
import { checkJavaScript } from './javascript';
import { checkPages } from './pages';
import { checkPrivacy, PRIVACY_FILE } from './privacy';
import { checkSecrets } from './secrets';
import { checkSizes } from './sizes';
import { checkWxml } from './wxml';

export type { Finding } from './finding';
export { placeOf } from './finding';

/** The checks that miniprogram-ci does not make before an upload (docs/upload.md). */
const CHECKS: Readonly<Record<string, (built: BuiltPackage) => Found[]>> = {
  environment: checkEnvironment,
  pages: checkPages,
  wxml: checkWxml,
  javascript: checkJavaScript,
  'local addresses': checkLocalAddresses,
  'plain addresses': checkPlainAddresses,
  secrets: checkSecrets,
  hosts: checkHosts,
  privacy: checkPrivacy,
  sizes: checkSizes,
};

/** Opens a built package for the checks. */
export function openPackage(directory: string, { values, file }: ProductionEnv): BuiltPackage {
  return new BuiltPackage(directory, values, file, declaredPrivacy());
}

/** Runs every check, also after a failed check. Errors come first. */
export function checkPackage(
  built: BuiltPackage,
  onCheck: (name: string) => void = () => undefined,
): Finding[] {
  const findings = Object.entries(CHECKS).flatMap(([check, run]) => {
    onCheck(check);
    return run(built).map((found): Finding => ({ severity: 'error', ...found, check }));
  });
  const rank = ({ severity }: Finding) => (severity === 'error' ? 0 : 1);
  return findings.sort((a, b) => rank(a) - rank(b));
}

function declaredPrivacy(): DeclaredPrivacy {
  const file = path.join(ROOT, PRIVACY_FILE);
  if (!existsSync(file)) return {};
  return (JSON.parse(readFileSync(file, 'utf8')) as { declared: DeclaredPrivacy }).declared;
}
