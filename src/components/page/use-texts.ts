import type { Language } from '@/i18n';
import { useStores } from './stores-context';

/**
 * The texts of a catalogue (`appTexts`, or a sub-package's) in the user's language. Call it inside an
 * `observer`, so that a change of language shows at once.
 */
export function useTexts<T>(catalogue: (language: Language) => T): T {
  return catalogue(useStores().settings.language);
}
