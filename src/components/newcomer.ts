import { translatorFor } from '@/i18n';
import type { RootStore } from '@/stores';
import { toast } from './dialogs';
import { deviceName } from './format/device-name';

/** Says once that another device has signed in with this account. Runs inside a reaction of the shown page. */
export function tellNewcomer({ account, settings }: RootStore): void {
  const newcomer = account?.clients.newcomer;
  if (!newcomer) return;
  const t = translatorFor(settings.language);
  const device = deviceName(newcomer.type, newcomer.os, t);
  toast(t('device.newcomer', { device }));
  account.clients.dismissNewcomer();
}
