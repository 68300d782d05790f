import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../../scripts/lib/build';
import { emojiSource } from '../../../scripts/lib/emoji-source';
import { emojiModule, emojiTable, GROUPS } from '../../../scripts/lib/emoji-table';

test('the table of the emoji panel is the one that `npm run emoji` writes', () => {
  const file = path.join(ROOT, 'src/components/composer/emoji-table.ts');
  expect(readFileSync(file, 'utf8')).toBe(emojiModule(emojiTable(emojiSource())));
});

test('the table leaves out flags, skin tones, joined emoji, and emoji newer than its rules', () => {
  const groups = emojiTable(emojiSource());
  expect(groups).toHaveLength(GROUPS.length);
  const text = groups.join();
  for (const absent of ['🇨🇳', '👍🏽', '👨‍👩‍👧‍👦', '🖕', '🫠']) expect(text).not.toContain(absent);
  expect(text).toContain('😀,嘿嘿/笑脸,grinning face/cheerful');
});
