import Taro from '@tarojs/taro';
import type { SettingsStore } from '@/stores';
import { systemLook } from './host-facts';

/**
 * Reports the system's theme and WeChat's size of texts to the settings. The pages follow the theme by a media query;
 * WeChat's bars need the theme's name once the user has chosen a theme. WeChat restarts a mini-program when the user
 * changes the size, so the size is read once. Returns the function that stops watching.
 */
export function watchSystemLook(settings: SettingsStore): () => void {
  if (process.env.TARO_ENV === 'h5') {
    const query = globalThis.matchMedia('(prefers-color-scheme: dark)');
    const tell = () => settings.setSystemTheme(query.matches ? 'dark' : 'light');
    tell();
    query.addEventListener('change', tell);
    return () => query.removeEventListener('change', tell);
  }
  const tell = ({ theme }: { theme?: string }) =>
    settings.setSystemTheme(theme === 'dark' ? 'dark' : 'light');
  const look = systemLook();
  tell(look);
  settings.setSystemTextSize(look.fontSizeSetting);
  Taro.onThemeChange(tell);
  return () => Taro.offThemeChange(tell);
}
