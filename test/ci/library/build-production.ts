import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build, ROOT } from '../../../scripts/lib/build';
import { PRODUCTION } from '../production-values';

/** A copy, because the next build for another configuration replaces dist/weapp. */
export const PRODUCTION_PACKAGE = path.join(ROOT, '.cache', 'ci-package');

/** Builds the production package once before any test here. */
export default async function buildProduction(): Promise<void> {
  const { directory } = await build({ target: 'weapp', env: PRODUCTION });
  rmSync(PRODUCTION_PACKAGE, { recursive: true, force: true });
  cpSync(directory, PRODUCTION_PACKAGE, { recursive: true });
}
