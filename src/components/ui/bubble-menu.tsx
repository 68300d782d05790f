import { type CommonEvent, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { bubbleId } from './bubble-id';
import { classes } from './classes';
import { ignoreRelease } from './held-press';
import { windowSize } from '../page/host-facts';
import { ITEMS_IN_LINE, menuPlace } from './menu-place';

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
  /** A line above the items; `row` is null while the menu is closed. The line hides itself by its class. */
  head?: (row: Row | null, close: () => void) => ReactNode;
  /** Whether a message has the line. */
  hasHead?: (row: Row) => boolean;
}

/** Items whose nodes are always there: more than any message has. */
const PLACES = Array.from({ length: 12 }, (_, at) => at);
/** The text of an item that is not in use: React makes no node for an empty text. */
const BLANK = '\u200b';
/** As many items as a received text has. */
const USUAL = Array.from({ length: 9 }, () => BLANK);

/** What the menu showed last. */
interface Shown {
  readonly side: string;
  readonly style: Record<string, string>;
  readonly texts: readonly string[];
}

/**
 * WeChat's dark menu over a bubble. Its nodes are always there, without texts and hidden by a class: an opening
 * sends places and texts only, a third of what the nodes cost (docs/decisions/004).
 */
export function BubbleMenu<Row extends { readonly messageClientId: string }>({
  port,
  itemsFor,
  head,
  hasHead,
}: BubbleMenuProps<Row>) {
  const [anchor, setAnchor] = useState<BubbleAnchor<Row> | null>(null);
  useEffect(() => {
    port.show = setAnchor;
  }, [port]);
  const close = useCallback(() => setAnchor(null), []);
  const items = anchor ? itemsFor(anchor.row) : [];
  const row = items.length > 0 && anchor ? anchor.row : null;
  const isHeaded = row !== null && hasHead?.(row) === true;
  const place = useMemo(
    () => anchor && menuPlace(anchor, items.length, isHeaded, windowSize()),
    [anchor, items.length, isHeaded],
  );
  // Place and texts stay while the menu is closed: closing sends two classes, the next opening what differs.
  const shown = useRef<Shown>({ side: 'above', style: {}, texts: USUAL });
  if (row && place) {
    const { side, tip, ...box } = place;
    shown.current = {
      side,
      style: px({ ...box, '--tip': tip }),
      texts: items.map(({ text }) => text),
    };
  }
  const { side, style, texts } = shown.current;
  const tap = (at: number) => {
    const item = items[at];
    close();
    item?.run();
  };

  return (
    <View className={row ? 'menu-mask' : 'menu-off'} catchMove onClick={close} onTouchStart={close}>
      <View
        className={
          row ? classes('menu', side, !isHeaded && items.length <= ITEMS_IN_LINE && 'one') : ''
        }
        style={style}
        ariaRole="menu"
        onTouchStart={stopPropagation}
      >
        {head?.(row, close)}
        {PLACES.map((at) => (
          <View
            key={at}
            className={at < texts.length ? 'menu-item' : 'menu-off'}
            ariaRole="menuitem"
            onClick={() => tap(at)}
          >
            {texts[at] ?? BLANK}
          </View>
        ))}
        <View className="menu-tip" />
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
