import { translatorFor } from '@/i18n';
import type { RootStore } from '@/stores';
import { toast } from './dialogs';

/**
 * Says why it rings no longer when another client of mine has answered. Runs inside a reaction of the
 * shown page; the call page says it itself.
 */
export function tellElsewhere({ account, settings }: RootStore): void {
  const call = account?.call;
  if (call?.state.name !== 'ended') return;
  const { cause } = call.state;
  if (cause !== 'answeredElsewhere' && cause !== 'rejectedElsewhere') return;
  const t = translatorFor(settings.language);
  toast(t(`call.${cause}`));
  call.dismiss();
}
