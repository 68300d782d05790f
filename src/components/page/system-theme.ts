import Taro from '@tarojs/taro';
import type { SettingsStore } from '@/stores';
import { systemTheme } from './host-facts';

/**
 * Reports the system's theme to the settings. The pages follow it by a media query; WeChat's bars need the
 * theme's name once the user has chosen a theme. Returns the function that stops watching.
 */
export function watchSystemTheme(settings: SettingsStore): () => void {
  if (process.env.TARO_ENV === 'h5') {
    const query = globalThis.matchMedia('(prefers-color-scheme: dark)');
    const tell = () => settings.setSystemTheme(query.matches ? 'dark' : 'light');
    tell();
    query.addEventListener('change', tell);
    return () => query.removeEventListener('change', tell);
  }
  const tell = ({ theme }: { theme?: string }) =>
    settings.setSystemTheme(theme === 'dark' ? 'dark' : 'light');
  tell(systemTheme());
  Taro.onThemeChange(tell);
  return () => Taro.offThemeChange(tell);
}
