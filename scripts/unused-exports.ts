import { ROOT } from './lib/build';
import { findUnusedExports } from './lib/unused-exports';

/** Part of `npm run lint`: fails when an export has no use. */
const unused = findUnusedExports(ROOT);
for (const each of unused) console.error(`export without a use: ${each}`);
console.log(unused.length === 0 ? 'exports: all used' : `${unused.length} exports without a use`);
process.exitCode = unused.length === 0 ? 0 : 1;
