import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './build';
import type { EmojiData, EmojiSource } from './emoji-table';

/** The data of emojibase in the two languages of the app. */
export function emojiSource(): EmojiSource {
  const read = (file: string): unknown =>
    JSON.parse(readFileSync(path.join(ROOT, 'node_modules/emojibase-data', file), 'utf8'));
  const { subgroups } = read('meta/groups.json') as Pick<EmojiSource, 'subgroups'>;
  return {
    en: read('en/data.json') as EmojiData[],
    zh: read('zh/data.json') as EmojiData[],
    subgroups,
  };
}
