import Taro from '@tarojs/taro';

/**
 * The size of the window in px. `getWindowInfo` and `getAppBaseInfo` are missing from base libraries before
 * 2.20.1.
 */
export function windowSize(): { windowWidth: number; windowHeight: number } {
  return Taro.getWindowInfo ? Taro.getWindowInfo() : Taro.getSystemInfoSync();
}

/** The theme of the system and the size of texts in WeChat's settings, in px, in the host's terms. */
export function systemLook(): { theme?: string; fontSizeSetting?: number } {
  return Taro.getAppBaseInfo ? Taro.getAppBaseInfo() : Taro.getSystemInfoSync();
}
