import { en } from './en';
import { toTraditional } from './traditional';
import type { Catalogue, Entry, Language, Texts, Translate, Written } from './types';
import { zhCN } from './zh-CN';
import { PRODUCT_TEXTS } from '../product-texts';

export { toSimplified } from './traditional';
export { cutTo, graphemesOf, withoutLast } from './graphemes';
export type { Entry, Language, Texts, TextKey, Translate, Written } from './types';

const CATALOGUES: Readonly<Record<Written, Catalogue>> = { 'zh-CN': zhCN, en };

const TRANSLATORS = new Map<Language, Translate>();

/**
 * The function that renders texts in one language. Always the same function for the same language, so that passing
 * it as a prop causes no new render.
 */
export function appTexts(language: Language): Translate {
  const known = TRANSLATORS.get(language);
  if (known) return known;
  const catalogue = CATALOGUES[writtenOf(language)];
  const translate: Translate = (key, ...[params]) =>
    fill(overridden(key, language) ?? catalogue[key], params ?? {}, language);
  TRANSLATORS.set(language, translate);
  return translate;
}

/**
 * The texts of a sub-package, which travel with it: gives the function that renders them in a language, always
 * the same for the same language. `name`: the part of the key before the colon in product.config.json.
 */
export function textsOf<Key extends string>(
  name: string,
  catalogues: Readonly<Record<Written, Readonly<Record<Key, Entry>>>>,
): (language: Language) => Texts<Key> {
  const textsIn =
    (language: Language): Texts<Key> =>
    (key, params = {}) =>
      fill(
        overridden(`${name}:${key}`, language) ?? catalogues[writtenOf(language)][key],
        params,
        language,
      );
  const texts = { 'zh-CN': textsIn('zh-CN'), 'zh-TW': textsIn('zh-TW'), en: textsIn('en') };
  return (language) => texts[language];
}

/** The product's own text; in traditional Chinese that of simplified Chinese when there is no other. */
function overridden(key: string, language: Language): Entry | undefined {
  return PRODUCT_TEXTS[language]?.[key] ?? PRODUCT_TEXTS[writtenOf(language)]?.[key];
}

/** The language for the host's name of its language, e.g. `zh_CN`, `zh-Hant-TW`, `en`; English for other values. */
export function languageOf(hostLanguage: unknown): Language {
  if (typeof hostLanguage !== 'string' || !/^zh/i.test(hostLanguage)) return 'en';
  return /hant|[-_](tw|hk|mo)/i.test(hostLanguage) ? 'zh-TW' : 'zh-CN';
}

/** The language of the catalogue that a language is made from. */
export function writtenOf(language: Language): Written {
  return language === 'zh-TW' ? 'zh-CN' : language;
}

/** A text of a table without a catalogue, in a language. */
export function inLanguage({ zh, en }: { zh: string; en: string }, language: Language): string {
  if (language === 'en') return en;
  return language === 'zh-TW' ? toTraditional(zh) : zh;
}

/** Fills the placeholders of a text. Exported for the catalogues of sub-packages. */
export function fill(
  entry: Entry,
  params: Readonly<Record<string, string | number>>,
  language?: Language,
): string {
  const written = typeof entry === 'string' ? entry : isOne(params) ? entry.one : entry.other;
  const template = language === 'zh-TW' ? toTraditional(written) : written;
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
