import Taro from '@tarojs/taro';
import { translatorFor } from '@/i18n';
import type { RootStore } from '@/stores';

/**
 * Asks once whether to restart into the version WeChat has fetched, or says that this one is too old.
 * Runs inside a reaction of the shown page.
 */
export function offerUpdate({ update, settings }: RootStore): void {
  const { offer } = update;
  if (!offer) return;
  update.markTold(offer);
  const t = translatorFor(settings.language);
  const title = t('update.readyTitle');
  if (offer === 'outdated') {
    void Taro.showModal({
      title,
      content: t('update.outdated'),
      showCancel: false,
      confirmText: t('common.ok'),
    });
    return;
  }
  void Taro.showModal({
    title,
    content: t('update.ready'),
    confirmText: t('update.restart'),
    cancelText: t('update.later'),
  }).then(({ confirm }) => {
    if (confirm) update.restart();
  });
}
