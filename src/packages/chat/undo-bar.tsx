import { View } from '@tarojs/components';
import { useDidHide } from '@tarojs/taro';
import { useEffect } from 'react';
import { useCore } from '@/components/page/core-context';
import { observer } from '@/components/page/observer';
import { useTexts } from '@/components/page/use-texts';
import { Slot } from '@/components/ui/slot';
import { chatTexts } from './texts';
import type { UndoDelete } from './undo-delete';

/**
 * The way back over the composer after a deletion. The styles show the time that is left: a countdown in digits would
 * be a setData a second. Leaving the page or the app deletes at once.
 */
export const UndoBar = observer(function UndoBar({ undo }: { undo: UndoDelete }) {
  const t = useTexts(chatTexts);
  const { lifecycle } = useCore().platform;
  useDidHide(undo.commit);
  useEffect(() => lifecycle.onHide(undo.commit), [lifecycle, undo]);
  const { pending } = undo;
  return (
    <Slot className="undo-place">
      {pending && (
        <View key={pending.number} className="undo">
          <View className="undo-text">{t('undo.deleted', { count: pending.rows.length })}</View>
          <View className="undo-act" ariaRole="button" onClick={undo.undo}>
            {t('undo')}
          </View>
        </View>
      )}
    </Slot>
  );
});
