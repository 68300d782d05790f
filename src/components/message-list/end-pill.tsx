import { View } from '@tarojs/components';
import { appTexts } from '@/i18n';
import { useCallback, useEffect, useState } from 'react';
import { classes } from '../ui/classes';
import { observer } from '../page/observer';
import { Slot } from '../ui/slot';
import { useTexts } from '../page/use-texts';
import type { ListScroll } from './list-scroll';

interface EndPillProps {
  list: { readonly unseen: number; readonly hasNewer: boolean };
  scroll: ListScroll;
}

/** The button to the end, over the list's lower edge while the reader is further up. */
export const EndPill = observer(function EndPill({ list, scroll }: EndPillProps) {
  const t = useTexts(appTexts);
  const [far, setFar] = useState(false);
  useEffect(() => {
    scroll.onFar = setFar;
  }, [scroll]);
  const toEnd = useCallback(() => scroll.toEnd(), [scroll]);
  const { unseen, hasNewer } = list;
  const isShown = unseen > 0 || far || hasNewer;
  return (
    <Slot className="pill-place">
      {isShown && (
        <View
          className={classes('pill', unseen === 0 && 'pill-round')}
          hoverClass="pressed"
          ariaRole="button"
          ariaLabel={unseen > 0 ? '' : t('chat.toBottom')}
          onClick={toEnd}
        >
          {unseen > 0 && t('chat.newMessages', { count: unseen })}
        </View>
      )}
    </Slot>
  );
});
