import Taro from '@tarojs/taro';
import { tellFailure } from '@/components/page/dialogs';
import { wxAsk } from '@/components/page/wx-call';
import type { Language } from '@/i18n';
import { type Coded, readCode } from './codes';

/**
 * Opens WeChat's scanner. Resolves to what the code names, to `foreign` for a code that is not of the app, and to
 * undefined when the user cancelled or the scanner failed, which is shown.
 */
export async function scanCode(language: Language): Promise<Coded | 'foreign' | undefined> {
  const scanned = await wxAsk(() => Taro.scanCode({ scanType: ['qrCode'] }));
  if (scanned.ok) return readCode(String(scanned.value.result)) ?? 'foreign';
  tellFailure(scanned.failure, language);
  return undefined;
}
