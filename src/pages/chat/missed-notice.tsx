import { Text, View } from '@tarojs/components';
import { observer } from '@/components/observer';
import { reasonText } from '@/components/reason-text';
import { useStores } from '@/components/stores-context';
import { useT } from '@/components/use-t';
import type { Chat } from '@/stores';

/** Messages of the time without a link are missing, and asking for them was given up. */
export const MissedNotice = observer(function MissedNotice({ chat }: { chat: Chat }) {
  const { settings } = useStores();
  const t = useT();
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
