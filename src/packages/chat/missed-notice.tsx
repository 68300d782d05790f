import { Text, View } from '@tarojs/components';
import { observer } from '@/components/page/observer';
import { reasonText } from '@/components/page/reason-text';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import type { Chat } from '@/stores';
import { appTexts } from '@/i18n';

/** Says that messages of the time without a link are missing, after the requests for them have failed. */
export const MissedNotice = observer(function MissedNotice({ chat }: { chat: Chat }) {
  const { settings } = useStores();
  const t = useTexts(appTexts);
  if (!chat.gapError) return null;
  return (
    <View className="missed" ariaRole="button" onClick={() => void chat.fillGap()}>
      <Text className="missed-text">
        {t('chat.missed')} · {reasonText(chat.gapError.code, settings.language)}
      </Text>
      <Text className="missed-retry">{t('common.retry')}</Text>
    </View>
  );
});
