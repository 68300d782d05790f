import { en } from './en';
import type { Catalogue, Entry, Language, Translate } from './types';
import { zhCN } from './zh-CN';

export { cutTo, graphemesOf, withoutLast } from './graphemes';
export type { Entry, Language, TextKey, Translate } from './types';

const CATALOGUES: Readonly<Record<Language, Catalogue>> = { 'zh-CN': zhCN, en };

const TRANSLATORS = new Map<Language, Translate>();

/**
 * The function that renders texts in one language; always the same function for the same language, so
 * that it can be handed down without making anything render again.
 */
export function translatorFor(language: Language): Translate {
  const known = TRANSLATORS.get(language);
  if (known) return known;
  const catalogue = CATALOGUES[language];
  const translate: Translate = (key, ...[params]) => fill(catalogue[key], params ?? {});
  TRANSLATORS.set(language, translate);
  return translate;
}

/** The language for what a host calls its own, e.g. `zh_CN`, `zh-Hant-TW`, `en`. */
export function languageOf(hostLanguage: string): Language {
  return hostLanguage.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** A text with its placeholders filled in. For the catalogues that sub-packages bring with them. */
export function fill(entry: Entry, params: Readonly<Record<string, string | number>>): string {
  const template = typeof entry === 'string' ? entry : isOne(params) ? entry.one : entry.other;
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    return value === undefined ? whole : isolated(String(value));
  });
}

/** Letters that run from right to left, and the signs that change the direction. */
const DIRECTION = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;
const CLOSING = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * A value that cannot turn the sentence around it: a nick with U+202E would show the rest of "X recalled a
 * message" backwards. Between FSI and PDI (Unicode UAX #9) the value keeps its own direction.
 */
function isolated(value: string): string {
  return DIRECTION.test(value) ? `\u2068${value.replace(CLOSING, '')}\u2069` : value;
}

/** The number that decides is the text's only numeric parameter. */
function isOne(params: Readonly<Record<string, string | number>>): boolean {
  return Object.values(params).find((value) => typeof value === 'number') === 1;
}
