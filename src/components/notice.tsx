import { Text, View } from '@tarojs/components';
import { observer } from './observer';
import { useStores } from './stores-context';
import { useT } from './use-t';
import './notice.scss';

/** What is to be said to everybody, until it is closed: the app server's line, and that nothing is kept here. */
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
  return <Line text={remoteConfig.notice} onClose={() => remoteConfig.dismissNotice()} />;
});

/** That this device keeps nothing; said once in each start. */
export const StorageNotice = observer(function StorageNotice() {
  const { storageNotice } = useStores();
  const t = useT();
  const text = storageNotice.isDue ? t('notice.storage') : '';
  return <Line text={text} onClose={() => storageNotice.dismiss()} />;
});

interface LineProps {
  text: string;
  onClose: () => void;
}

const Line = observer(function Line({ text, onClose }: LineProps) {
  const t = useT();
  if (text === '') return null;
  return (
    <View className="notice" ariaRole="alert">
      <Text className="notice-text">{text}</Text>
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
