import { notAcceptedText, reasonOf, signedOutText } from '@/connection';
import type { Language } from '@/i18n';
import type { SessionStore } from '@/stores';

/** What a code of the reasons table says to the user; an unknown code says its number. */
export function reasonText(code: number, language: Language): string {
  return reasonOf(code).text[language === 'en' ? 'en' : 'zh'];
}

/** The same for a login that was running and ended by itself. */
export function signedOutReason(code: number, language: Language): string {
  return signedOutText(code)[language === 'en' ? 'en' : 'zh'];
}

/** Why the last sign-in failed, or the login ended, in words that fit the way of signing in; null when neither did. */
export function sessionReason(
  { error, way }: Pick<SessionStore, 'error' | 'way'>,
  language: Language,
): string | null {
  if (!error) return null;
  if (error.wasSignedIn) return signedOutReason(error.code, language);
  if (way === 'static') return reasonText(error.code, language);
  return notAcceptedText(error.code)[language === 'en' ? 'en' : 'zh'];
}
