import Taro from '@tarojs/taro';
import type { SettingsStore } from '@/stores';
import { systemTheme } from './host-facts';

/**
 * Keeps the settings told of the system's theme. The pages follow it by a media query; WeChat's bars,
 * once the user has chosen for themselves, need it in words. Returns the way to stop.
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
