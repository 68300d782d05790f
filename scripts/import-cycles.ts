import { ROOT } from './lib/build';
import { findImportCycles } from './lib/import-cycles';

/** Part of `npm run lint`: fails when files import each other in a cycle. */
const cycles = findImportCycles(ROOT);
for (const cycle of cycles) console.error(`import cycle: ${cycle.join(' -> ')}`);
console.log(cycles.length === 0 ? 'imports: no cycle' : `${cycles.length} import cycles`);
process.exitCode = cycles.length === 0 ? 0 : 1;
