/** The first character of each pinyin initial in the order of a Chinese dictionary; i, u and v begin none. */
const FIRST = '阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥仨他屲夕丫帀';
const INITIALS = 'ABCDEFGHJKLMNOPQRSTWXYZ';
const OTHER = '#';

const collator = makeCollator();

export interface Named {
  readonly name: string;
}

export interface Section<T extends Named> {
  letter: string;
  entries: readonly T[];
}

/** A to Z, then #. Chinese names stand under their pinyin where the host can sort Chinese. */
export function sectionsOf<T extends Named>(entries: readonly T[]): Section<T>[] {
  const byLetter = new Map<string, T[]>();
  for (const entry of entries) {
    const letter = letterOf(entry.name);
    const section = byLetter.get(letter);
    if (section) section.push(entry);
    else byLetter.set(letter, [entry]);
  }
  return [...byLetter]
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([letter, section]) => ({
      letter,
      entries: section.sort((a, b) => compareNames(a.name, b.name)),
    }));
}

/** The letter a name stands under. */
export function letterOf(name: string): string {
  const [first = ''] = name.trim().normalize('NFD').toUpperCase();
  if (first >= 'A' && first <= 'Z') return first;
  if (!collator || !/[\u4e00-\u9fff]/.test(first)) return OTHER;
  let found = OTHER;
  for (let i = 0; i < FIRST.length; i++) {
    if (collator.compare(first, FIRST.charAt(i)) < 0) break;
    found = INITIALS.charAt(i);
  }
  return found;
}

function rank(letter: string): number {
  return letter === OTHER ? 99 : letter.charCodeAt(0);
}

function compareNames(a: string, b: string): number {
  return collator ? collator.compare(a, b) : a < b ? -1 : a > b ? 1 : 0;
}

/** Some Android hosts have no Intl, or one that knows no pinyin: everybody Chinese then stands under #. */
function makeCollator(): Intl.Collator | null {
  if (typeof Intl === 'undefined') return null;
  const made = new Intl.Collator('zh-CN-u-co-pinyin');
  const inOrder = made.compare('阿', '八') < 0 && made.compare('妈', '他') < 0;
  return inOrder && made.compare('夕', '丫') < 0 ? made : null;
}
