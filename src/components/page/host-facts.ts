import Taro from '@tarojs/taro';

/** The size of the window in px where the host gives none: that of a small phone. */
const USUAL = { windowWidth: 375, windowHeight: 667 } as const;

/**
 * The size of the window in px. `getWindowInfo` and `getAppBaseInfo` are missing from base libraries before
 * 2.20.1.
 */
export function windowSize(): { windowWidth: number; windowHeight: number } {
  const given = Taro.getWindowInfo ? Taro.getWindowInfo() : Taro.getSystemInfoSync();
  const size = (name: keyof typeof USUAL) => {
    const value: unknown = given[name];
    return typeof value === 'number' && value > 0 && Number.isFinite(value) ? value : USUAL[name];
  };
  return { windowWidth: size('windowWidth'), windowHeight: size('windowHeight') };
}

/** The theme of the system and the size of texts in WeChat's settings, in px, in the host's terms. */
export function systemLook(): { theme?: string; fontSizeSetting?: number } {
  return Taro.getAppBaseInfo ? Taro.getAppBaseInfo() : Taro.getSystemInfoSync();
}
