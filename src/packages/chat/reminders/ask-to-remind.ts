import Taro from '@tarojs/taro';
import { kindText } from '@/components/format/preview-text';
import { oneLine } from '@/components/format/one-line';
import { separatorTime } from '@/components/format/time';
import { choose, confirm, tellFailure, toast } from '@/components/page/dialogs';
import { today } from '@/components/page/today';
import { wxAsk } from '@/components/page/wx-call';
import { appTexts } from '@/i18n';
import { systemClock } from '@/platform';
import type { AccountStores, MessageRow, RootStore } from '@/stores';
import { previewTextOf } from '@/stores/messages/kinds';
import { MOST_REMINDERS, type Reminder } from '@/stores/reminders/reminders';
import { chatTexts } from '../texts';
import { remindTimes } from './remind-times';

/** Lets the user choose when to be reminded of a message, and offers the calendar of the phone. */
export async function askToRemind(
  { settings }: RootStore,
  account: AccountStores,
  row: MessageRow,
): Promise<void> {
  const { language } = settings;
  const t = chatTexts(language);
  const appT = appTexts(language);
  const timeText = (at: number) => separatorTime(at, today.now(), appT);
  const time = await choose(
    remindTimes(systemClock.now()),
    ({ key, at }) => t(`remind.${key}`, { time: timeText(at) }),
    language,
  );
  if (!time) return;
  const { conversationId, messageClientId, createTime, senderId } = row.message;
  const reminder = {
    conversationId,
    messageClientId,
    createTime,
    senderId,
    text: oneLine(kindText(row.kind, previewTextOf(row.message), appT)),
    at: time.at,
  };
  if (!account.reminders.add(reminder)) return toast(t('remind.most', { count: MOST_REMINDERS }));
  if (process.env.TARO_ENV !== 'weapp') return toast(t('remind.added'));
  const wantsCalendar = await confirm({
    title: t('remind.added'),
    content: t('remind.calendar'),
    confirmText: t('remind.calendarYes'),
    cancelText: t('remind.calendarNo'),
  });
  if (wantsCalendar) await addToCalendar(reminder, account, settings);
}

async function addToCalendar(
  { conversationId, senderId, text, at }: Reminder,
  account: AccountStores,
  { language }: RootStore['settings'],
): Promise<void> {
  const name = account.nameIn(conversationId, senderId);
  const added = await wxAsk(() =>
    Taro.addPhoneCalendar({
      title: `${name}: ${text}`,
      // Seconds.
      startTime: Math.round(at / 1000),
      alarm: true,
      alarmOffset: 0,
    }),
  );
  if (added.ok) toast(chatTexts(language)('remind.calendarDone'));
  else tellFailure(added.failure, language);
}
