import Taro from '@tarojs/taro';
import type { Language } from '@/i18n';
import type { ContentOf } from '@/stores';
import { oneLine } from '../../format/one-line';
import { choose, copyText, tellFailure } from '../../page/dialogs';
import { wxCall } from '../../page/wx-call';
import { placeTexts } from './texts';

/** Shows a place in WeChat's map. A browser asks first, and then hands it to the map app of the device. */
export async function openPlace(content: ContentOf<'location'>, language: Language): Promise<void> {
  const { place } = content;
  if (!place) return;
  const { latitude, longitude } = place;
  const address = oneLine(content.address);
  const name = oneLine(content.title) || address;
  if (process.env.TARO_ENV === 'weapp') {
    const opened = await wxCall(() =>
      Taro.openLocation({ latitude, longitude, name, address, scale: 16 }),
    );
    if (!opened.ok) tellFailure(opened.failure, language);
    return;
  }
  const t = placeTexts(language);
  const position = `${latitude},${longitude}`;
  const chosen = await choose(['openMap', 'copyPosition'] as const, (one) => t(one), language);
  if (chosen === 'copyPosition') await copyText(position, language);
  if (chosen === 'openMap')
    globalThis.location.assign(`geo:${position}?q=${position}(${encodeURIComponent(name)})`);
}
