import Taro from '@tarojs/taro';
import type { Language } from '@/i18n';
import { offerSettings, tellFailure } from '../page/dialogs';
import { wxAsk, wxCall } from '../page/wx-call';
import { voiceTexts } from './texts';

const SCOPE = 'scope.record';

type Access = 'granted' | 'refused' | 'unknown';

/** Whether the app may use the microphone. Shows nothing. */
export async function microphoneAccess(): Promise<Access> {
  if (process.env.TARO_ENV === 'weapp') {
    const setting = await wxCall(() => Taro.getSetting({}));
    if (!setting.ok) return 'unknown';
    const isGranted = setting.value.authSetting[SCOPE];
    return isGranted === undefined ? 'unknown' : isGranted ? 'granted' : 'refused';
  }
  const permission = await wxCall(() =>
    globalThis.navigator.permissions.query({ name: 'microphone' as PermissionName }),
  );
  if (!permission.ok) return 'unknown';
  const { state } = permission.value;
  return state === 'granted' ? 'granted' : state === 'denied' ? 'refused' : 'unknown';
}

/**
 * Asks the user for the microphone. After an earlier refusal, leads to the settings, because WeChat does not ask
 * twice. Resolves to whether the app may record now.
 */
export async function askForMicrophone(language: Language): Promise<boolean> {
  const access = await microphoneAccess();
  if (access === 'granted') return true;
  if (access === 'refused') return await leadToSettings(language);
  const asked =
    process.env.TARO_ENV === 'weapp'
      ? await wxAsk(() => Taro.authorize({ scope: SCOPE }))
      : await wxAsk(askBrowser);
  if (asked.ok) return true;
  if (asked.failure.kind === 'denied') return await leadToSettings(language);
  tellFailure(asked.failure, language);
  return false;
}

async function askBrowser(): Promise<void> {
  const stream = await globalThis.navigator.mediaDevices.getUserMedia({ audio: true });
  for (const track of stream.getTracks()) track.stop();
}

async function leadToSettings(language: Language): Promise<boolean> {
  const t = voiceTexts(language);
  const question = {
    title: t('microphoneTitle'),
    content: t(process.env.TARO_ENV === 'weapp' ? 'microphoneHint' : 'microphoneHintWeb'),
  };
  return (await offerSettings(question, language)) && (await microphoneAccess()) === 'granted';
}
