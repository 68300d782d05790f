import { ConfigurationError, type RawEnv, readEnv } from '../../../src/env/runtime-env';
import type { BuiltPackage } from './built-package';
import type { Found } from './finding';

/** Values of the committed example and of the emulator; a build with these values cannot sign in. */
const PLACEHOLDERS = /^(your-app-key|emulator-appkey)$|(^|[./,\s])example\.(com|org|net)\b/i;
const IP_ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$/;

/** Checks that the configuration is complete, valid by the app's own rules, and for production. */
export function checkEnvironment({ rawEnv, envFile }: BuiltPackage): Found[] {
  return environmentProblems(rawEnv).map(({ field, problem, fix }) => ({
    file: envFile,
    message: `${field} ${problem}`,
    fix,
  }));
}

/** The faults of a production configuration, by field. */
export function environmentProblems(
  rawEnv: RawEnv,
): { field: string; problem: string; fix: string }[] {
  const problems: { field: string; problem: string; fix: string }[] = [];
  // In development http and local addresses are allowed; a package for WeChat is judged as production.
  try {
    readEnv({ ...rawEnv, TARO_APP_DEVELOPMENT: 'off' });
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    problems.push(...error.problems);
  }
  if (/^(on|true|1)$/i.test(rawEnv['TARO_APP_DEVELOPMENT']?.trim() ?? '')) {
    problems.push({
      field: 'TARO_APP_DEVELOPMENT',
      problem: 'is on',
      fix: 'Write TARO_APP_DEVELOPMENT=off.',
    });
  }
  for (const [field, value = ''] of Object.entries(rawEnv)) {
    if (field === 'TARO_APP_ID') continue;
    const entries = value.split(/[\s,]+/);
    if (PLACEHOLDERS.test(value)) {
      problems.push({ field, problem: `is still "${value}"`, fix: 'Write your own value.' });
    } else if (field.includes('_HOSTS') && entries.some((entry) => IP_ADDRESS.test(entry))) {
      problems.push({
        field,
        problem: `"${value}" has an IP address`,
        fix: 'WeChat lists take domain names only, registered (ICP).',
      });
    }
  }
  return problems;
}
