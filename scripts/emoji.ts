import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './lib/build';
import { emojiModule, emojiTable } from './lib/emoji-table';
import { emojiSource } from './lib/emoji-source';

/** `npm run emoji`: writes the table of the emoji panel from emojibase-data. */
const text = emojiModule(emojiTable(emojiSource()));
writeFileSync(path.join(ROOT, 'src/components/composer/emoji-table.ts'), text);
console.log(`src/components/composer/emoji-table.ts: ${Buffer.byteLength(text)} bytes`);
