import { type CommonEvent, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { classes } from './classes';
import { ignoreRelease } from './held-press';
import { windowSize } from './host-facts';
import { Place } from './place';

const ITEM_WIDTH = 60;
const HEIGHT = 48;
const GAP = 10;
const MARGIN = 8;
/** Bars above the list the menu must not cover; a bubble closer to them gets its menu below. */
const TOP_BARS = 100;

export interface MenuItem {
  readonly text: string;
  readonly run: () => void;
}

/** What is held, and where: px of the window. */
export interface BubbleAnchor<Row> {
  row: Row;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Between the rows, which ask for a menu, and the menu. */
export class BubbleMenuPort<Row extends { readonly messageClientId: string }> {
  /** Set by the menu. */
  show: (anchor: BubbleAnchor<Row>) => void = () => undefined;

  /** Opens the menu over the bubble of a row, the node with the id `b-<messageClientId>`. */
  open(row: Row): void {
    ignoreRelease();
    Taro.createSelectorQuery()
      .select(`#b-${row.messageClientId}`)
      .boundingClientRect((found) => {
        const rect = Array.isArray(found) ? found[0] : found;
        if (rect) this.show({ row, ...rect });
      })
      .exec();
  }
}

interface BubbleMenuProps<Row extends { readonly messageClientId: string }> {
  port: BubbleMenuPort<Row>;
  itemsFor: (row: Row) => readonly MenuItem[];
}

/** WeChat's dark menu over a bubble. */
export function BubbleMenu<Row extends { readonly messageClientId: string }>(
  props: BubbleMenuProps<Row>,
) {
  return (
    <Place>
      <Menu {...props} />
    </Place>
  );
}

function Menu<Row extends { readonly messageClientId: string }>({
  port,
  itemsFor,
}: BubbleMenuProps<Row>) {
  const [anchor, setAnchor] = useState<BubbleAnchor<Row> | null>(null);
  useEffect(() => {
    port.show = setAnchor;
  }, [port]);
  const close = useCallback(() => setAnchor(null), []);
  const items = anchor ? itemsFor(anchor.row) : [];
  const place = useMemo(() => anchor && placeOf(anchor, items.length), [anchor, items.length]);
  if (!anchor || !place || items.length === 0) return null;

  return (
    <View className="menu-mask" catchMove onClick={close} onTouchStart={close}>
      <View
        className={classes('menu', place.below && 'menu-below')}
        style={place.menu}
        onTouchStart={stopPropagation}
      >
        {items.map(({ text, run }) => (
          <View
            key={text}
            className="menu-item"
            hoverClass="menu-pressed"
            ariaRole="button"
            onClick={() => {
              close();
              run();
            }}
          >
            {text}
          </View>
        ))}
        <View className="menu-tip" style={place.tip} />
      </View>
    </View>
  );
}

/** Above the bubble and in the middle of it, but inside of the window. Window px, which rpx are not. */
function placeOf({ left, right, top, bottom }: Omit<BubbleAnchor<unknown>, 'row'>, count: number) {
  const width = count * ITEM_WIDTH;
  const { windowWidth } = windowSize();
  const middle = (left + right) / 2;
  const x = Math.min(Math.max(middle - width / 2, MARGIN), windowWidth - width - MARGIN);
  const below = top - HEIGHT - GAP < TOP_BARS;
  const y = below ? bottom + GAP : top - HEIGHT - GAP;
  return {
    below,
    menu: { left: `${x}PX`, top: `${y}PX`, width: `${width}PX`, height: `${HEIGHT}PX` },
    tip: { left: `${middle - x}PX` },
  };
}

function stopPropagation(event: Pick<CommonEvent, 'stopPropagation'>): void {
  event.stopPropagation();
}
