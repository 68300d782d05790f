import Taro from '@tarojs/taro';
import { reaction } from 'mobx';
import { appTexts } from '@/i18n';
import type { RootStore } from '@/stores';
import { toast } from './dialogs';
import { wxCall } from './wx-call';

/** Says on every page that the time of a reminder has come; the list has the reminder itself. Returns the end. */
export function watchReminders(root: RootStore): () => void {
  return reaction(
    () => root.account?.reminders.due.length ?? 0,
    (due, before) => {
      const latest = root.account?.reminders.due.at(-1);
      if (!latest || due <= before) return;
      toast(appTexts(root.settings.language)('reminder.toast', { text: latest.text }));
      if (root.settings.isOn('vibration')) void wxCall(() => Taro.vibrateShort({ type: 'medium' }));
    },
  );
}
