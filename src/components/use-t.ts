import { type Translate, translatorFor } from '@/i18n';
import { useStores } from './stores-context';

/** Texts in the user's language. Inside an `observer`, so that a change of language shows at once. */
export function useT(): Translate {
  return translatorFor(useStores().settings.language);
}
