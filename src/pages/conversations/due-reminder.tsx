import { useNavigate } from '@/components/page/navigate';
import { NoticeLine } from '@/components/page/notice';
import { observer } from '@/components/page/observer';
import { routes } from '@/components/page/routes';
import { useTexts } from '@/components/page/use-texts';
import { appTexts } from '@/i18n';
import type { AccountStores } from '@/stores';

/** The earliest reminder whose time has come: a tap opens its message, and either tap ends the reminder. */
export const DueReminder = observer(function DueReminder({ account }: { account: AccountStores }) {
  const t = useTexts(appTexts);
  const navigate = useNavigate();
  const { reminders } = account;
  const [reminder] = reminders.due;
  if (!reminder) return null;
  const { conversationId, messageClientId, senderId, text } = reminder;
  const close = () => reminders.remove(messageClientId);
  return (
    <NoticeLine
      text={t('reminder.due', { name: account.nameIn(conversationId, senderId), text })}
      onOpen={() => {
        navigate(routes.message(conversationId, reminder));
        close();
      }}
      onClose={close}
    />
  );
});
