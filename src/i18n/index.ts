import { en } from './en';
import type { Catalogue, Entry, Language, Texts, Translate } from './types';
import { zhCN } from './zh-CN';

export { cutTo, graphemesOf, withoutLast } from './graphemes';
export type { Entry, Language, Texts, TextKey, Translate } from './types';

const CATALOGUES: Readonly<Record<Language, Catalogue>> = { 'zh-CN': zhCN, en };

const TRANSLATORS = new Map<Language, Translate>();

/**
 * The function that renders texts in one language. Always the same function for the same language, so that passing
 * it as a prop causes no new render.
 */
export function appTexts(language: Language): Translate {
  const known = TRANSLATORS.get(language);
  if (known) return known;
  const catalogue = CATALOGUES[language];
  const translate: Translate = (key, ...[params]) => fill(catalogue[key], params ?? {});
  TRANSLATORS.set(language, translate);
  return translate;
}

/**
 * The texts of a sub-package, which travel with it: gives the function that renders them in a language, always
 * the same for the same language.
 */
export function textsOf<Key extends string>(
  catalogues: Readonly<Record<Language, Readonly<Record<Key, Entry>>>>,
): (language: Language) => Texts<Key> {
  const textsIn =
    (catalogue: Readonly<Record<Key, Entry>>): Texts<Key> =>
    (key, params = {}) =>
      fill(catalogue[key], params);
  const texts = { 'zh-CN': textsIn(catalogues['zh-CN']), en: textsIn(catalogues.en) };
  return (language) => texts[language];
}

/** The language for the host's name of its language, e.g. `zh_CN`, `zh-Hant-TW`, `en`. */
export function languageOf(hostLanguage: string): Language {
  return hostLanguage.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** Fills the placeholders of a text. Exported for the catalogues of sub-packages. */
export function fill(entry: Entry, params: Readonly<Record<string, string | number>>): string {
  const template = typeof entry === 'string' ? entry : isOne(params) ? entry.one : entry.other;
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    return value === undefined ? whole : isolated(String(value));
  });
}

/** Right-to-left letters, and the characters that change the direction. */
const DIRECTION = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;
const CLOSING = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * Isolates a value so that it cannot change the direction of the sentence: a nick with U+202E would show the rest of
 * "X recalled a message" backwards. Between FSI and PDI (Unicode UAX #9) the value keeps its own direction.
 */
function isolated(value: string): string {
  return DIRECTION.test(value) ? `\u2068${value.replace(CLOSING, '')}\u2069` : value;
}

/** The only numeric parameter of a text decides between singular and plural. */
function isOne(params: Readonly<Record<string, string | number>>): boolean {
  return Object.values(params).find((value) => typeof value === 'number') === 1;
}
