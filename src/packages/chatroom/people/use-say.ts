import { useStores } from '@/components/stores-context';
import { peopleTexts, type Say } from './texts';

/** These pages' texts in the user's language. Inside an `observer`, so that a change shows at once. */
export function useSay(): Say {
  return peopleTexts(useStores().settings.language);
}
