import Taro from '@tarojs/taro';

/**
 * The size of the window in px. `getWindowInfo` and `getAppBaseInfo` are missing from base libraries before
 * 2.20.1.
 */
export function windowSize(): { windowWidth: number; windowHeight: number } {
  return Taro.getWindowInfo ? Taro.getWindowInfo() : Taro.getSystemInfoSync();
}

/** The theme of the system in the host's terms. */
export function systemTheme(): { theme?: string } {
  return Taro.getAppBaseInfo ? Taro.getAppBaseInfo() : Taro.getSystemInfoSync();
}
