import { appTexts } from '@/i18n';
import type { RootStore } from '@/stores';
import { toast } from './dialogs';
import { deviceName } from '../format/device-name';

/**
 * Tells the user once that another device signed in with this account. Runs inside a reaction of the shown
 * page.
 */
export function toastNewDevice({ account, settings }: RootStore): void {
  const newClient = account?.clients.newClient;
  if (!newClient) return;
  const t = appTexts(settings.language);
  const device = deviceName(newClient.type, newClient.os, t);
  toast(t('device.newcomer', { device }));
  account.clients.dismissNewClient();
}
