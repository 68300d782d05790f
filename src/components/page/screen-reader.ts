import Taro from '@tarojs/taro';
import { wxCall } from './wx-call';

/**
 * Whether a screen reader may read the page. Labels of messages repeat their texts, so a mini-program sends them only
 * where the user has a screen reader; a browser, which pays nothing for them and does not tell, always has them.
 */
export const screenReader = { isOn: process.env.TARO_ENV === 'h5' };

/** Asks WeChat; a base library that does not know the answer has none. Chats that open later have the labels. */
export async function detectScreenReader(): Promise<void> {
  if (process.env.TARO_ENV !== 'weapp') return;
  const asked = await wxCall(() => Taro.checkIsOpenAccessibility({}));
  screenReader.isOn = asked.ok && (asked.value as { open?: boolean }).open === true;
}
