import { appTexts } from '@/i18n';
import type { RootStore } from '@/stores';
import { confirm, inform } from './dialogs';

/**
 * Asks once whether to restart into the version that WeChat has downloaded, or tells that this version is too
 * old. Runs inside a reaction of the shown page.
 */
export function offerUpdate({ update, settings }: RootStore): void {
  const { offer } = update;
  if (!offer) return;
  update.markShown(offer);
  const t = appTexts(settings.language);
  const title = t('update.readyTitle');
  if (offer === 'outdated') {
    void inform(title, t('update.outdated'), t('common.ok'));
    return;
  }
  const question = {
    title,
    content: t('update.ready'),
    confirmText: t('update.restart'),
    cancelText: t('update.later'),
  };
  void confirm(question).then((restart) => restart && update.restart());
}
