import Taro from '@tarojs/taro';
import { attempt } from '@/components/page/attempt';
import { tellFailure, toast } from '@/components/page/dialogs';
import { wxAsk } from '@/components/page/wx-call';
import type { RootStore } from '@/stores';
import { alertTexts } from './texts';

/** The typings want the field `entityIds` of another platform too. */
type Asked = Parameters<typeof Taro.requestSubscribeMessage>[0];

/**
 * Asks WeChat's user for one subscribe message, and counts the consent on the app server. WeChat takes the call only
 * in the turn of a tap. `isQuiet`: the tap had another purpose, so a failure of WeChat is not shown.
 */
export async function askForAlert(
  { mentionAlerts, settings }: Pick<RootStore, 'mentionAlerts' | 'settings'>,
  { isQuiet = false }: { isQuiet?: boolean } = {},
): Promise<void> {
  const { templateId } = mentionAlerts;
  const { language } = settings;
  const asked = await wxAsk(() => Taro.requestSubscribeMessage({ tmplIds: [templateId] } as Asked));
  if (!asked.ok) {
    if (!isQuiet) tellFailure(asked.failure, language);
    return;
  }
  const verdict = (asked.value as Readonly<Record<string, unknown>>)[templateId];
  if (verdict === 'accept') {
    await attempt(() => mentionAlerts.add(), language);
    return;
  }
  mentionAlerts.refuse();
  toast(alertTexts(language)(verdict === 'reject' ? 'reject' : 'ban'));
}
