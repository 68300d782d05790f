import { reasonOf, signedOutText } from '@/connection';
import type { Language } from '@/i18n';

/** What a code of the reasons table says to the user; an unknown code says its number. */
export function reasonText(code: number, language: Language): string {
  return reasonOf(code).text[language === 'en' ? 'en' : 'zh'];
}

/** The same for a login that was running and ended by itself. */
export function signedOutReason(code: number, language: Language): string {
  return signedOutText(code)[language === 'en' ? 'en' : 'zh'];
}
