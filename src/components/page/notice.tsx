import { Text, View } from '@tarojs/components';
import { appTexts } from '@/i18n';
import { observer } from './observer';
import { useStores } from './stores-context';
import { useTexts } from './use-texts';
import './notice.scss';

/**
 * Notices above the list until the user closes them: the app server's line, and the warning that this device
 * stores nothing.
 */
export function Notice() {
  return (
    <>
      <ServerNotice />
      <StorageNotice />
    </>
  );
}

const ServerNotice = observer(function ServerNotice() {
  const { remoteConfig } = useStores();
  return <NoticeLine text={remoteConfig.notice} onClose={() => remoteConfig.dismissNotice()} />;
});

/** The warning that this device stores nothing; shown once in each start. */
export const StorageNotice = observer(function StorageNotice() {
  const { storageNotice } = useStores();
  const t = useTexts(appTexts);
  const text = storageNotice.isDue ? t('notice.storage') : '';
  return <NoticeLine text={text} onClose={() => storageNotice.dismiss()} />;
});

interface NoticeLineProps {
  /** Nothing is shown for an empty text. */
  text: string;
  onClose: () => void;
  /** Makes the text a button. */
  onOpen?: () => void;
}

export const NoticeLine = observer(function NoticeLine({ text, onClose, onOpen }: NoticeLineProps) {
  const t = useTexts(appTexts);
  if (text === '') return null;
  return (
    <View className="notice" ariaRole="alert">
      {onOpen ? (
        <View className="notice-open" hoverClass="pressed" ariaRole="button" onClick={onOpen}>
          {text}
        </View>
      ) : (
        <Text className="notice-text">{text}</Text>
      )}
      <View
        className="notice-close"
        ariaRole="button"
        ariaLabel={t('notice.dismiss')}
        onClick={onClose}
      >
        ×
      </View>
    </View>
  );
});
