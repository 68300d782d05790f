import { View } from '@tarojs/components';
import { useNavigate } from '@/components/page/navigate';
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
  const open = () => {
    navigate(routes.message(conversationId, reminder));
    reminders.remove(messageClientId);
  };
  return (
    <View className="notice reminder">
      <View className="reminder-text" hoverClass="pressed" ariaRole="button" onClick={open}>
        {t('reminder.due', { name: account.nameIn(conversationId, senderId), text })}
      </View>
      <View
        className="notice-close"
        ariaRole="button"
        ariaLabel={t('notice.dismiss')}
        onClick={() => reminders.remove(messageClientId)}
      >
        ×
      </View>
    </View>
  );
});
