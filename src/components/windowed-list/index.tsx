import { ScrollView, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { Fragment, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { windowSize } from '@/components/host-facts';
import { classes } from '../classes';
import {
  loadedAt,
  loadedAtFirst,
  sameLoaded,
  SEGMENT_ROWS,
  segmentHeights,
  type Viewport,
} from './list-segments';

interface WindowedListProps<T> {
  rows: readonly T[];
  /** In px of the design (375 wide); exact, or the list jumps. The same function every time. */
  heightOf: (row: T) => number;
  /** The same function every time. */
  renderRow: (row: T) => ReactNode;
  className?: string;
}

interface Scrolled {
  scrollTop: number;
  scrollHeight: number;
}

const DESIGN_WIDTH = 375;

/**
 * A list of any length that costs what is on the screen: rows lie in segments, and a segment far from the
 * eye is an empty box of its height. Rows are keyed by their place: one that moves to the top changes the
 * fields of those it passes, where moving its node would send every row of the list again (docs/decisions/004).
 */
export function WindowedList<T>({ rows, heightOf, renderRow, className }: WindowedListProps<T>) {
  const heights = segmentHeights(rows, heightOf);
  const [screen] = useState(screenHeight);
  const [loaded, setLoaded] = useState(() => loadedAtFirst(heights, screen.design));
  const current = useRef({ heights, loaded });
  current.current = { heights, loaded };
  const viewport = useRef<Viewport>({ scrollTop: 0, scrollHeight: 0, height: screen.design });

  const look = useCallback(() => {
    const { heights: now, loaded: before } = current.current;
    const next = loadedAt(viewport.current, now, before);
    if (!sameLoaded(next, before)) setLoaded(next);
  }, []);
  const onScroll = useCallback(
    ({ detail: { scrollTop, scrollHeight } }: { detail: Scrolled }) => {
      viewport.current = { scrollTop, scrollHeight, height: screen.px };
      look();
    },
    [look, screen],
  );
  // When the first screen is on the view: what comes right after it.
  const { length } = heights;
  useEffect(() => Taro.nextTick(look), [look, length]);

  const known = Math.min(loaded.known, length);
  return (
    <ScrollView className={classes('fill', className)} scrollY enhanced onScroll={onScroll}>
      {heights.slice(0, known).map((height, segment) => {
        const isLoaded = segment >= loaded.first && segment <= loaded.last;
        const start = segment * SEGMENT_ROWS;
        return isLoaded ? (
          <View key={segment}>
            {rows.slice(start, start + SEGMENT_ROWS).map((row, place) => (
              <Fragment key={place}>{renderRow(row)}</Fragment>
            ))}
          </View>
        ) : (
          <View key={segment} style={{ height: Taro.pxTransform(height) }} />
        );
      })}
    </ScrollView>
  );
}

/** The window's height, which no list exceeds: in px, and in px of the design. */
function screenHeight(): { px: number; design: number } {
  const { windowHeight, windowWidth } = windowSize();
  return { px: windowHeight, design: (windowHeight * DESIGN_WIDTH) / windowWidth };
}
