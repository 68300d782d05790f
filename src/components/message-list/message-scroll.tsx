import { ScrollView } from '@tarojs/components';
import { type ReactNode, useEffect, useLayoutEffect } from 'react';
import { hideKeyboard } from '../page/dialogs';
import { classes } from '../ui/classes';
import { EndPill } from './end-pill';
import { type ListScroll, UPPER } from './list-scroll';

interface MessageScrollProps {
  list: { readonly unseen: number; readonly hasNewer: boolean };
  scroll: ListScroll;
  /** The messageClientId of the newest row. */
  newest: string | undefined;
  /** Changes when a bar above or below the list comes or goes. */
  layout: string;
  /** A class of the list. */
  mode?: string | false;
  children: ReactNode;
}

/** The scroll-view of a chat or a room. The end stays in sight while the reader is there. */
export function MessageScroll({
  list,
  scroll,
  newest,
  layout,
  mode,
  children,
}: MessageScrollProps) {
  // In the same commit as the new rows, so that both are one setData.
  useLayoutEffect(() => scroll.followEnd(), [scroll, newest, layout]);
  useEffect(() => void scroll.measure(), [scroll]);
  return (
    <>
      <ScrollView
        ref={scroll.port.attach}
        id={scroll.port.id}
        className={classes('fill messages', mode)}
        scrollY
        enhanced
        scrollAnchoring
        upperThreshold={UPPER}
        lowerThreshold={60}
        onTouchStart={scroll.onTouchStart}
        onTouchMove={scroll.onTouchMove}
        onTouchEnd={scroll.onTouchEnd}
        onTouchCancel={scroll.onTouchEnd}
        onScroll={scroll.onScroll}
        onScrollToUpper={scroll.onUpper}
        onScrollToLower={scroll.onLower}
        onClick={hideKeyboard}
      >
        {children}
      </ScrollView>
      <EndPill list={list} scroll={scroll} />
    </>
  );
}
