import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './lib/build';
import { chineseTexts, tableFor, traditionalModule } from './lib/traditional';

/** `npm run traditional`: writes the table for traditional Chinese. To run after a change of a Chinese text. */
const text = traditionalModule(tableFor(chineseTexts()));
writeFileSync(path.join(ROOT, 'src/i18n/traditional-table.ts'), text);
console.log(`src/i18n/traditional-table.ts: ${Buffer.byteLength(text)} bytes`);
