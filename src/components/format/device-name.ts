import type { Translate } from '@/i18n';

/** Text keys by the SDK's V2NIMLoginClientType. A mini-program signs in as Web. */
const NAMES: Readonly<Record<number, string>> = {
  1: 'Android',
  2: 'iOS',
  4: 'PC',
  8: 'Windows Phone',
  16: 'Web',
  64: 'macOS',
  65: 'HarmonyOS',
};

/** The name of a device in a list or a dialog. */
export function deviceName(clientType: number, os: string, t: Translate): string {
  const name = NAMES[clientType] ?? t('device.unknown');
  return os && os !== name ? `${name} (${os})` : name;
}
