import { type CommonEvent, ScrollView, View } from '@tarojs/components';
import { useCallback } from 'react';
import { separatorTime } from '@/components/format/time';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { today } from '@/components/page/today';
import { useTexts } from '@/components/page/use-texts';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { appTexts } from '@/i18n';
import type { AccountStores } from '@/stores';
import type { Reminder } from '@/stores/reminders/reminders';
import { KeptRow } from '../kept-row';
import { chatTexts } from '../texts';

/** The reminders of the account on this device, the earliest first. */
export const RemindersView = observer(function RemindersView() {
  const { account } = useStores();
  return account ? <List account={account} /> : <Skeleton />;
});

const List = observer(function List({ account }: { account: AccountStores }) {
  const t = useTexts(chatTexts);
  const navigate = useNavigate();
  const { reminders } = account;
  const { list, due } = reminders;
  const of = useCallback(
    ({ currentTarget }: CommonEvent) => {
      const { id } = currentTarget.dataset as { id?: string };
      return reminders.list.find(({ messageClientId }) => messageClientId === id);
    },
    [reminders],
  );
  const open = useCallback(
    (event: CommonEvent) => {
      const reminder = of(event);
      if (reminder) navigate(routes.message(reminder.conversationId, reminder));
    },
    [of, navigate],
  );
  const remove = useCallback(
    (event: CommonEvent) => {
      const reminder = of(event);
      if (reminder) reminders.remove(reminder.messageClientId);
    },
    [of, reminders],
  );
  if (list.length === 0)
    return <EmptyState title={t('reminders.none')} hint={t('reminders.hint')} />;
  return (
    <ScrollView className="fill" scrollY enhanced>
      {list.map((reminder) => (
        <Row
          key={reminder.messageClientId}
          account={account}
          reminder={reminder}
          isDue={due.includes(reminder)}
          open={open}
          remove={remove}
        />
      ))}
    </ScrollView>
  );
});

interface RowProps {
  account: AccountStores;
  reminder: Reminder;
  isDue: boolean;
  open: (event: CommonEvent) => void;
  remove: (event: CommonEvent) => void;
}

const Row = observer(function Row({ account, reminder, isDue, open, remove }: RowProps) {
  const t = useTexts(chatTexts);
  const appT = useTexts(appTexts);
  const { messageClientId: id, conversationId, senderId, text, at } = reminder;
  const time = separatorTime(at, today.now(), appT);
  return (
    <KeptRow
      id={id}
      onOpen={open}
      acts={[[t(isDue ? 'reminders.done' : 'reminders.remove'), remove]]}
    >
      <View className="kept-line ellipsis">{text}</View>
      <View className="kept-note ellipsis">{account.nameIn(conversationId, senderId)}</View>
      <View className="kept-note ellipsis">
        {t(isDue ? 'reminders.due' : 'reminders.at', { time })}
      </View>
    </KeptRow>
  );
});
