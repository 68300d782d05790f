import { ScrollView, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { Fragment, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { windowSize } from '@/components/page/host-facts';
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
  /**
   * Height of a row in px of the design (375 wide). It must be exact, or the list jumps. Pass the same
   * function every time.
   */
  heightOf: (row: T) => number;
  /** Pass the same function every time. */
  renderRow: (row: T) => ReactNode;
  className?: string;
  /** The end of the list comes near. */
  onLower?: () => void;
  /** Scrolls to this row; a new object scrolls again. */
  target?: { readonly row: number } | undefined;
}

interface Scrolled {
  scrollTop: number;
  scrollHeight: number;
}

/** The width that sizes of styles are relative to, in px. */
export const DESIGN_WIDTH = 375;

/**
 * A list whose cost depends on the screen, not on its length: rows lie in segments, and a segment far from
 * the screen is an empty box of its height. Rows are keyed by position: a row that moves to the top changes
 * the fields of the rows it passes, whereas moving its node would resend every row of the list
 * (docs/decisions/004).
 */
export function WindowedList<T>({
  rows,
  heightOf,
  renderRow,
  className,
  onLower,
  target,
}: WindowedListProps<T>) {
  const heights = segmentHeights(rows, heightOf);
  const [screen] = useState(screenHeight);
  const [loaded, setLoaded] = useState(() => loadedAtFirst(heights, screen.design));
  const current = useRef({ heights, loaded });
  current.current = { heights, loaded };
  const viewport = useRef<Viewport>({ scrollTop: 0, scrollHeight: 0, height: screen.design });

  const updateLoaded = useCallback(() => {
    const { heights: now, loaded: before } = current.current;
    const next = loadedAt(viewport.current, now, before);
    if (!sameLoaded(next, before)) setLoaded(next);
  }, []);
  const onScroll = useCallback(
    ({ detail: { scrollTop, scrollHeight } }: { detail: Scrolled }) => {
      viewport.current = { scrollTop, scrollHeight, height: screen.px };
      updateLoaded();
    },
    [updateLoaded, screen],
  );
  // Loads the next segments when the first screen is on the view.
  const { length } = heights;
  useEffect(() => Taro.nextTick(updateLoaded), [updateLoaded, length]);

  const [scrollTop, setScrollTop] = useState<number>();
  useEffect(() => {
    if (!target) return;
    const top = rows.slice(0, target.row).reduce((sum, row) => sum + heightOf(row), 0);
    viewport.current = { scrollTop: top, scrollHeight: 0, height: screen.design };
    updateLoaded();
    const px = (top * screen.px) / screen.design;
    // The rows are laid out first. A host ignores the value that it has: each jump differs a little.
    Taro.nextTick(() => setScrollTop((last) => (last === px ? px + 0.1 : px)));
    // The rows of the moment of the tap count.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only a tap moves the list
  }, [target]);

  const known = Math.min(loaded.known, length);
  return (
    <ScrollView
      className={classes('fill', className)}
      scrollY
      enhanced
      onScroll={onScroll}
      onScrollToLower={onLower}
      {...(scrollTop !== undefined && { scrollTop })}
    >
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
