import { type CommonEvent, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { bubbleId } from './bubble-id';
import { classes } from './classes';
import { ignoreRelease } from './held-press';
import { windowSize } from '../page/host-facts';
import { ITEMS_IN_LINE, menuPlace } from './menu-place';
import { Slot } from './slot';

export interface MenuItem {
  readonly text: string;
  readonly run: () => void;
}

/** The pressed bubble and its position in px of the window. */
export interface BubbleAnchor<Row> {
  row: Row;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Connects the rows, which open a menu, with the menu. */
export class BubbleMenuPort<Row extends { readonly messageClientId: string }> {
  /** Set by the menu. */
  show: (anchor: BubbleAnchor<Row>) => void = () => undefined;

  /** Opens the menu over the bubble of a row, the node with its `bubbleId`. */
  open(row: Row): void {
    ignoreRelease();
    Taro.createSelectorQuery()
      .select(`#${bubbleId(row.messageClientId)}`)
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
  /** A line above the items; false when a message has none. */
  head?: (row: Row, close: () => void) => ReactNode;
}

/** WeChat's dark menu over a bubble. */
export function BubbleMenu<Row extends { readonly messageClientId: string }>(
  props: BubbleMenuProps<Row>,
) {
  return (
    <Slot>
      <Menu {...props} />
    </Slot>
  );
}

function Menu<Row extends { readonly messageClientId: string }>({
  port,
  itemsFor,
  head,
}: BubbleMenuProps<Row>) {
  const [anchor, setAnchor] = useState<BubbleAnchor<Row> | null>(null);
  useEffect(() => {
    port.show = setAnchor;
  }, [port]);
  const close = useCallback(() => setAnchor(null), []);
  const items = anchor ? itemsFor(anchor.row) : [];
  const top = anchor && head?.(anchor.row, close);
  const hasHead = Boolean(top);
  const place = useMemo(
    () => anchor && menuPlace(anchor, items.length, hasHead, windowSize()),
    [anchor, items.length, hasHead],
  );
  if (!anchor || !place || items.length === 0) return null;
  const { tip, side, ...box } = place;
  const isWrapped = hasHead || items.length > ITEMS_IN_LINE;

  return (
    <View className="menu-mask" catchMove onClick={close} onTouchStart={close}>
      <View
        className={classes('menu', `menu-${side}`, isWrapped && 'menu-lines')}
        style={px(box)}
        ariaRole="menu"
        onTouchStart={stopPropagation}
      >
        {top}
        {items.map(({ text, run }) => (
          <View
            key={text}
            className="menu-item"
            ariaRole="menuitem"
            onClick={() => {
              close();
              run();
            }}
          >
            {text}
          </View>
        ))}
        <View className="menu-tip" style={px({ left: tip })} />
      </View>
    </View>
  );
}

/** Pixels of the window; Taro turns other units into rpx. */
function px(lengths: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(lengths).map(([key, length]) => [key, `${length}PX`]));
}

function stopPropagation(event: Pick<CommonEvent, 'stopPropagation'>): void {
  event.stopPropagation();
}
