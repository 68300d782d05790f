import { View } from '@tarojs/components';
import { observer } from '@/components/page/observer';
import { useTexts } from '@/components/page/use-texts';
import { oneLine } from '@/components/format/one-line';
import { Slot } from '@/components/ui/slot';
import type { Editing } from './editing';
import { chatTexts } from './texts';

/** Above the composer while a sent text is edited. */
export const EditStrip = observer(function EditStrip({ editing }: { editing: Editing }) {
  const t = useTexts(chatTexts);
  const { row, isSaving } = editing;
  return (
    <Slot>
      {row && (
        <View className="strip">
          <View className="strip-text ellipsis">
            {t(isSaving ? 'edit.saving' : 'edit.title')} {oneLine(row.text)}
          </View>
          <View
            className="strip-x"
            ariaRole="button"
            ariaLabel={t('edit.close')}
            onClick={editing.cancel}
          />
        </View>
      )}
    </Slot>
  );
});
