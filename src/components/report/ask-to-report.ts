import { attempt } from '@/components/page/attempt';
import { choose, toast } from '@/components/page/dialogs';
import type { RootStore } from '@/stores';
import { type Report, REPORT_REASONS } from '@/stores/session/app-server-client';
import { reportTexts } from './texts';

/** Lets the user choose a reason in WeChat's sheet, which has six lines at most, and reports. */
export async function askToReport(
  { appServer, settings }: Pick<RootStore, 'appServer' | 'settings'>,
  about: Omit<Report, 'reason'>,
): Promise<void> {
  const { language } = settings;
  const t = reportTexts(language);
  const reason = await choose(REPORT_REASONS, (one) => t(one), language);
  if (!reason) return;
  if (await attempt(() => appServer.report({ ...about, reason }), language)) toast(t('done'));
}
