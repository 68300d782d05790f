import type { SettingsStore } from '@/stores';
import { classes } from '../ui/classes';

/** The classes of the root of a page: its kind, the theme unless the system's holds, and the size of texts. */
export function rootClass(
  { chosenTheme, textSize }: SettingsStore,
  { kind, isDark }: { kind?: string; isDark: boolean },
): string {
  const theme = isDark ? 'dark' : chosenTheme;
  return classes(
    'app',
    kind,
    theme && `theme-${theme}`,
    textSize !== 'standard' && `size-${textSize}`,
  );
}
