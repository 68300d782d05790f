/** An emoji of emojibase-data. */
export interface EmojiData {
  readonly hexcode: string;
  readonly emoji: string;
  /** 1: drawn as emoji without a variation selector. */
  readonly type: number;
  readonly label: string;
  readonly tags?: readonly string[];
  readonly group?: number;
  readonly subgroup?: number;
  readonly version: number;
}

interface Group {
  readonly group: number;
  /** The newest emoji version; older phones draw newer emoji as boxes. */
  readonly version: number;
  /** All subgroups without this list. */
  readonly subgroups?: readonly string[];
}

/** The groups of the panel, in their order. */
export const GROUPS: readonly Group[] = [
  { group: 0, version: 11 },
  {
    group: 1,
    version: 5,
    subgroups: [
      'hand-fingers-open',
      'hand-fingers-partial',
      'hand-single-finger',
      'hand-fingers-closed',
      'hands',
      'hand-prop',
      'body-parts',
      'person-gesture',
      'person-activity',
      'family',
    ],
  },
  { group: 3, version: 5 },
  { group: 4, version: 5 },
  {
    group: 5,
    version: 1,
    subgroups: [
      'place-geographic',
      'place-other',
      'transport-ground',
      'transport-water',
      'transport-air',
      'sky-weather',
    ],
  },
  { group: 6, version: 1 },
  {
    group: 7,
    version: 1,
    subgroups: [
      'clothing',
      'music',
      'musical-instrument',
      'phone',
      'light-video',
      'money',
      'writing',
      'medical',
      'household',
      'mail',
    ],
  },
  { group: 8, version: 1, subgroups: ['warning', 'other-symbol', 'punctuation'] },
];

/** Emoji that the panel does not offer. */
const HIDDEN = ['🖕', '🚬'];
const JOINER = '\u200d';
const VARIATION = /\ufe0f$/;

export interface EmojiSource {
  readonly en: readonly EmojiData[];
  readonly zh: readonly EmojiData[];
  /** The names of the subgroups by their number. */
  readonly subgroups: Readonly<Record<string, string>>;
}

/**
 * The table of the emoji panel, a text for each group: `emoji,Chinese name/word,English name/word;` for each emoji. One
 * word besides the name keeps the table at 31 KB; it is in each package with a composer.
 */
export function emojiTable({ en, zh, subgroups }: EmojiSource): string[] {
  const chinese = new Map(zh.map((one) => [one.hexcode, one]));
  return GROUPS.map((rule) =>
    en
      .filter((one) => isIn(rule, one, subgroups))
      .map((one) => {
        const emoji = one.type === 1 ? one.emoji.replace(VARIATION, '') : one.emoji;
        return [emoji, wordsOf(chinese.get(one.hexcode) ?? one), wordsOf(one)].join(',');
      })
      .join(';'),
  );
}

function isIn(rule: Group, one: EmojiData, names: EmojiSource['subgroups']): boolean {
  if (one.group !== rule.group || one.version > rule.version) return false;
  if (one.emoji.includes(JOINER) || HIDDEN.includes(one.emoji)) return false;
  return rule.subgroups?.includes(names[String(one.subgroup)] ?? '') ?? true;
}

/** The name, and the first word that the name does not contain. */
function wordsOf({ label, tags = [] }: EmojiData): string {
  const name = label
    .toLowerCase()
    .replace(/[,;/:]+ */g, ' ')
    .trim();
  const word = tags.find((tag) => !/^(face|脸)$|[,;/]/.test(tag) && !name.includes(tag));
  return word ? `${name}/${word}` : name;
}

/** The source file with the table. */
export function emojiModule(groups: readonly string[]): string {
  const lines = groups.map((group) => `  '${group.replace(/'/g, '’')}',\n`).join('');
  return `/** Made by \`npm run emoji\` from emojibase-data (MIT). Format: scripts/lib/emoji-table.ts. */
export const EMOJI_TABLE: readonly string[] = [
${lines}];
`;
}
