import { View } from '@tarojs/components';
import { appTexts } from '@/i18n';
import { observer } from '../page/observer';
import { useTexts } from '../page/use-texts';

interface ListTopProps {
  isLoading: boolean;
  hasFailed: boolean;
  /** Shown above the oldest message of all, or in a list without messages. */
  empty?: string | undefined;
  /** Asks for older messages. */
  onClick: () => void;
}

/** The line above the oldest row. Its height does not depend on its text, so that no row moves. */
export const ListTop = observer(function ListTop({
  isLoading,
  hasFailed,
  empty,
  onClick,
}: ListTopProps) {
  const t = useTexts(appTexts);
  return (
    <View className="chat-top" onClick={onClick}>
      {isLoading && <View className="spinner" ariaLabel={t('chat.loadingOlder')} />}
      {!isLoading && hasFailed && t('chat.olderFailed')}
      {!isLoading && !hasFailed && empty}
    </View>
  );
});
