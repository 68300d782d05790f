import { ScrollView, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { sizeText } from '@/components/format/file-name';
import { useCore } from '@/components/page/core-context';
import { confirm, toast } from '@/components/page/dialogs';
import { observer } from '@/components/page/observer';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { Button } from '@/components/ui/button';
import { Cell } from '@/components/ui/cell';
import { settingsTexts } from '../texts';
import { clearStorage, storageUse } from './storage-use';
import '../settings.scss';

/** WeChat's limit of the storage of a mini-program, bytes. */
const LIMIT = 10 * 1024 * 1024;

/** The bytes that the app has stored on this device, by kind, and the button that clears what can come again. */
export const StorageView = observer(function StorageView() {
  const { platform } = useCore();
  const { account } = useStores();
  const t = useTexts(settingsTexts);
  const [use, setUse] = useState(() => storageUse(platform.storage));
  const [files, setFiles] = useState(0);
  useEffect(() => {
    platform.files.names().then(
      (names) => setFiles(names.length),
      () => undefined,
    );
  }, [platform]);
  const clear = async () => {
    const isSure = await confirm({
      content: t('storage.clearConfirm'),
      confirmText: t('storage.clear'),
      cancelText: t('cancel'),
    });
    if (!isSure) return;
    account?.notices.clear();
    clearStorage(platform.storage);
    setUse(storageUse(platform.storage));
    toast(t('storage.cleared'));
  };
  const total = use.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <ScrollView className="fill" scrollY enhanced>
      <View className="set-head">
        <View className="set-large">{t('storage.total', { size: sizeText(total) || '0 B' })}</View>
        {process.env.TARO_ENV === 'weapp' && (
          <View className="set-hint">{t('storage.limit', { size: sizeText(LIMIT) })}</View>
        )}
        <View className="set-hint">{t('storage.hint')}</View>
      </View>
      <View className="set-group">
        {use.map(({ group, bytes }) => (
          <Cell
            key={group}
            title={t(`storage.${group}`)}
            value={
              group === 'unsent' && files > 0
                ? `${sizeText(bytes)} · ${t('storage.files', { count: files })}`
                : sizeText(bytes)
            }
          />
        ))}
      </View>
      <View className="set-foot">
        <Button kind="quiet" onClick={() => void clear()}>
          {t('storage.clear')}
        </Button>
      </View>
    </ScrollView>
  );
});
