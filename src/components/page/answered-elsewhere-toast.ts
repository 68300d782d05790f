import { appTexts } from '@/i18n';
import type { RootStore } from '@/stores';
import { toast } from './dialogs';

/**
 * Tells the user that another client answered, so the ringing stops. Runs inside a reaction of the shown
 * page; the call page shows this itself.
 */
export function toastAnsweredElsewhere({ account, settings }: RootStore): void {
  const call = account?.call;
  if (call?.state.name !== 'ended') return;
  const { cause } = call.state;
  if (cause !== 'answeredElsewhere' && cause !== 'rejectedElsewhere') return;
  const t = appTexts(settings.language);
  toast(t(`call.${cause}`));
  call.dismiss();
}
