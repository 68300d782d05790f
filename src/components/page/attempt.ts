import { ConnectionError } from '@/connection';
import type { Language } from '@/i18n';
import { toast } from './dialogs';
import { reasonText } from './reason-text';

/** Runs an act of the user, and shows the reason when it fails. Resolves to whether it succeeded. */
export async function attempt(act: () => unknown, language: Language): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (cause) {
    toast(reasonText(ConnectionError.from(cause).code, language));
    return false;
  }
}
