import { View } from '@tarojs/components';
import { observer } from '@/components/page/observer';
import { useTexts } from '@/components/page/use-texts';
import { classes } from '@/components/ui/classes';
import { appTexts } from '@/i18n';
import type { ChatActions } from './chat-actions';
import { forwardTexts } from './forward/texts';
import { chatTexts } from './texts';

/** The bar in place of the composer while messages are chosen. */
export const SelectBar = observer(function SelectBar({ actions }: { actions: ChatActions }) {
  const t = useTexts(appTexts);
  const chatT = useTexts(chatTexts);
  const forwardT = useTexts(forwardTexts);
  const { selection } = actions;
  const { count } = selection;
  const act = (className: string, label: string, onClick: () => void) => (
    <View
      className={classes('select-act', className, count === 0 && 'select-off')}
      ariaRole="button"
      onClick={onClick}
    >
      {label}
    </View>
  );
  return (
    <View className="select-bar">
      <View className="select-act" ariaRole="button" onClick={() => selection.end()}>
        {t('common.cancel')}
      </View>
      <View className="select-count">{chatT('select.count', { count })}</View>
      {act('', forwardT('action'), actions.forwardChosen)}
      {act('select-delete', t('common.delete'), actions.removeChosen)}
    </View>
  );
});
