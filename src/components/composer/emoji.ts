import { toSimplified } from '@/i18n';
import { EMOJI_TABLE } from './emoji-table';

/** An emoji of the panel: every platform draws its own, and no picture has to be loaded. */
export interface Emoji {
  readonly emoji: string;
  readonly names: { readonly zh: string; readonly en: string };
  /** The names and further words of both languages. */
  readonly words: string;
}

/** The sign of each group's tab, in the order of the table. */
export const GROUP_SIGNS = ['😀', '👋', '🐶', '🍔', '🚗', '⚽', '💡', '✅'] as const;
/** Shown as recent until the user has chosen an emoji. */
const FIRST_RECENT = ['👍', '😂', '🙏', '❤️', '🎉', '😭', '😊', '🌹'];
/** Most results of a search: the panel shows a few rows. */
const MOST_FOUND = 64;

let groups: readonly (readonly Emoji[])[] | undefined;
let byEmoji: ReadonlyMap<string, Emoji> | undefined;

/** The emoji of a group. The table is read when the panel opens for the first time. */
export function emojiOf(group: number): readonly Emoji[] {
  return all()[group] ?? [];
}

/** The emoji with a word that contains the query, in Chinese or English; those that begin with the query first. */
export function searchEmoji(query: string): readonly Emoji[] {
  const wanted = toSimplified(query.trim().toLowerCase());
  if (wanted === '') return [];
  const found = all().flatMap((group) => group.filter(({ words }) => words.includes(wanted)));
  const begins = (one: Emoji) => one.words.includes(` ${wanted}`);
  return [...found.filter(begins), ...found.filter((one) => !begins(one))].slice(0, MOST_FOUND);
}

/** The known emoji of a stored list. */
export function recentEmoji(stored: readonly string[]): readonly Emoji[] {
  byEmoji ??= new Map(all().flatMap((group) => group.map((one) => [one.emoji, one] as const)));
  const known = byEmoji;
  const find = (list: readonly string[]) => list.flatMap((emoji) => known.get(emoji) ?? []);
  const found = find(stored);
  return found.length > 0 ? found : find(FIRST_RECENT);
}

function all(): readonly (readonly Emoji[])[] {
  return (groups ??= EMOJI_TABLE.map((group) => group.split(';').map(read)));
}

function read(line: string): Emoji {
  const [emoji = '', zh = '', en = ''] = line.split(',');
  const nameIn = (words: string) => words.split('/')[0] ?? '';
  return {
    emoji,
    names: { zh: nameIn(zh), en: nameIn(en) },
    words: ` ${zh} ${en}`.replace(/\//g, ' '),
  };
}
