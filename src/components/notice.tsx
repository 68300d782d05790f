import { Text, View } from '@tarojs/components';
import { observer } from './observer';
import { useStores } from './stores-context';
import { useT } from './use-t';
import './notice.scss';

/** The app server's line to everybody, until it is closed. */
export const Notice = observer(function Notice() {
  const { remoteConfig } = useStores();
  const t = useT();
  if (remoteConfig.notice === '') return null;
  return (
    <View className="notice">
      <Text className="notice-text">{remoteConfig.notice}</Text>
      <View
        className="notice-close"
        ariaRole="button"
        ariaLabel={t('notice.dismiss')}
        onClick={() => remoteConfig.dismissNotice()}
      >
        ×
      </View>
    </View>
  );
});
