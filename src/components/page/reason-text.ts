import { notAcceptedText, reasonOf, signedOutText } from '@/connection';
import { inLanguage, type Language } from '@/i18n';
import type { SessionStore } from '@/stores';

/** The text for a code of the reasons table; the text for an unknown code contains the number. */
export function reasonText(code: number, language: Language): string {
  return inLanguage(reasonOf(code).text, language);
}

/** The text for the end of a running login. */
export function signedOutReason(code: number, language: Language): string {
  return inLanguage(signedOutText(code), language);
}

/**
 * The text for the last failed sign-in or the end of the login, in words that fit the way of signing in; null
 * when there is neither.
 */
export function sessionReason(
  { error, way }: Pick<SessionStore, 'error' | 'way'>,
  language: Language,
): string | null {
  if (!error) return null;
  if (error.wasSignedIn) return signedOutReason(error.code, language);
  if (way === 'static') return reasonText(error.code, language);
  return inLanguage(notAcceptedText(error.code), language);
}
