import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { allReasons } from '../src/connection/reasons';
import '../src/connection/room-reasons';
import '../src/connection/team-reasons';
import { ROOT } from './lib/build';
import { errorCatalogue } from './lib/error-catalogue';

/** `npm run errors`: writes docs/errors.md and docs/zh-CN/errors.md from the reasons table. */
const reasons = allReasons();
writeFileSync(path.join(ROOT, 'docs/errors.md'), errorCatalogue(reasons));
writeFileSync(path.join(ROOT, 'docs/zh-CN/errors.md'), errorCatalogue(reasons, 'zh'));
console.log(`docs/errors.md, docs/zh-CN/errors.md: ${reasons.length} codes`);
