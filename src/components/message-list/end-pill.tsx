import { View } from '@tarojs/components';
import { useCallback, useEffect, useState } from 'react';
import { classes } from '../classes';
import { observer } from '../observer';
import { Place } from '../place';
import { useT } from '../use-t';
import type { ListScroll } from './list-scroll';

interface EndPillProps {
  list: { readonly unseen: number; readonly hasNewer: boolean };
  scroll: ListScroll;
}

/** Over the list's lower edge while the reader is further up. */
export const EndPill = observer(function EndPill({ list, scroll }: EndPillProps) {
  const t = useT();
  const [far, setFar] = useState(false);
  useEffect(() => {
    scroll.onFar = setFar;
  }, [scroll]);
  const toEnd = useCallback(() => scroll.toEnd(), [scroll]);
  const { unseen, hasNewer } = list;
  const isShown = unseen > 0 || far || hasNewer;
  return (
    <Place className="pill-place">
      {isShown && (
        <View
          className={classes('pill', unseen === 0 && 'pill-round')}
          hoverClass="pressed"
          ariaRole="button"
          ariaLabel={t('chat.toBottom')}
          onClick={toEnd}
        >
          {unseen > 0 && t('chat.newMessages', { count: unseen })}
        </View>
      )}
    </Place>
  );
});
