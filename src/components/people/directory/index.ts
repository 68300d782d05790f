import { syllableOf } from './pinyin';

const OTHER = '#';

export interface Named {
  /** The shown name. */
  readonly name: string;
}

export interface Found extends Named {
  readonly accountId: string;
  /** The name of the profile, which a remark hides. */
  readonly profileName: string;
}

export interface Section<T extends Named> {
  letter: string;
  entries: readonly T[];
}

/** How a name is sorted and found; computed once for each name. */
interface Reading {
  letter: string;
  /** The text to sort by: syllables and words, each ends with a space. */
  key: string;
  /** Lower-case pinyin without spaces, and the first letters of its syllables. */
  spelled: string;
  initials: string;
}

/** Maximum number of readings in memory; all are dropped beyond it. */
const CAPACITY = 10_000;
const readings = new Map<string, Reading>();

/** Sections from A to Z, then #, each sorted by name. Chinese names are under their pinyin, on every host. */
export function sectionsOf<T extends Named>(entries: readonly T[]): Section<T>[] {
  const byLetter = new Map<string, [key: string, entry: T][]>();
  for (const entry of entries) {
    const { letter, key } = readingOf(entry.name);
    const section = byLetter.get(letter);
    if (section) section.push([key, entry]);
    else byLetter.set(letter, [[key, entry]]);
  }
  return [...byLetter]
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([letter, keyed]) => ({
      letter,
      entries: keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, entry]) => entry),
    }));
}

/** The letter of a name's section. */
export function letterOf(name: string): string {
  return readingOf(name).letter;
}

/** The entries that a text finds: by name, remark, account, pinyin, or the first letters of the pinyin. */
export function search<T extends Found>(entries: readonly T[], query: string): readonly T[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return entries;
  const letters = wanted.replace(/[\s']/g, '');
  const isLatin = /^[a-z]+$/.test(letters);
  const isRead = (name: string) => {
    const { spelled, initials } = readingOf(name);
    return spelled.includes(letters) || initials.includes(letters);
  };
  return entries.filter(
    ({ name, profileName, accountId }) =>
      `${name}\n${profileName}\n${accountId}`.toLowerCase().includes(wanted) ||
      (isLatin && (isRead(name) || (profileName !== name && isRead(profileName)))),
  );
}

function readingOf(name: string): Reading {
  const known = readings.get(name);
  if (known) return known;
  if (readings.size >= CAPACITY) readings.clear();
  const reading = read(name);
  readings.set(name, reading);
  return reading;
}

function read(name: string): Reading {
  let key = '';
  let spelled = '';
  let initials = '';
  // Accents do not count: é is sorted and found as e.
  const chars = [
    ...name
      .trim()
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .toLowerCase(),
  ];
  chars.forEach((char, i) => {
    const syllable = syllableOf(char, i === 0);
    // A Chinese character sorts by its syllable, then by itself.
    key += syllable ? `${syllable} ${char}` : char;
    spelled += syllable || (/[a-z0-9]/.test(char) ? char : '');
    initials += syllable.charAt(0);
  });
  const first = key.charAt(0);
  return {
    letter: first >= 'a' && first <= 'z' ? first.toUpperCase() : OTHER,
    key,
    spelled,
    initials,
  };
}

function rank(letter: string): number {
  return letter === OTHER ? 99 : letter.charCodeAt(0);
}
