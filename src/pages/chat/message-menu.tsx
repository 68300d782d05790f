import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { classes } from '@/components/classes';
import { observer } from '@/components/observer';
import { Place } from '@/components/place';
import { useT } from '@/components/use-t';
import type { MessageRow } from '@/stores';
import type { ChatActions, MenuAnchor } from './chat-actions';
import './message-menu.scss';

const ITEM_WIDTH = 60;
const HEIGHT = 48;
const GAP = 10;
const MARGIN = 8;
/** Bars above the list the menu must not cover; a bubble closer to them gets its menu below. */
const TOP_BARS = 100;

/** WeChat's dark menu over a bubble. */
export function MessageMenu({ actions }: { actions: ChatActions }) {
  return (
    <Place>
      <Menu actions={actions} />
    </Place>
  );
}

const Menu = observer(function Menu({ actions }: { actions: ChatActions }) {
  const t = useT();
  const [anchor, setAnchor] = useState<MenuAnchor | null>(null);
  useEffect(() => {
    actions.onMenu = setAnchor;
  }, [actions]);
  const close = useCallback(() => setAnchor(null), []);
  const items = anchor ? itemsFor(anchor.row, actions) : [];
  const place = useMemo(() => anchor && placeOf(anchor, items.length), [anchor, items.length]);
  if (!anchor || !place || items.length === 0) return null;

  return (
    <View className="menu-mask" catchMove onClick={close} onTouchStart={close}>
      <View
        className={classes('menu', place.below && 'menu-below')}
        style={place.menu}
        onTouchStart={stopPropagation}
      >
        {items.map(({ key, run }) => (
          <View
            key={key}
            className="menu-item"
            hoverClass="menu-pressed"
            ariaRole="button"
            onClick={() => {
              close();
              run();
            }}
          >
            {t(key)}
          </View>
        ))}
        <View className="menu-tip" style={place.tip} />
      </View>
    </View>
  );
});

function itemsFor(row: MessageRow, actions: ChatActions) {
  return [
    ...(row.kind === 'text' && !row.recalled
      ? [{ key: 'chat.copy' as const, run: () => actions.copy(row) }]
      : []),
    ...(row.mine && row.status === 'sent' && !row.recalled
      ? [{ key: 'chat.recall' as const, run: () => void actions.recall(row) }]
      : []),
    { key: 'chat.delete' as const, run: () => void actions.remove(row) },
  ];
}

/** Above the bubble and in the middle of it, but inside of the window. Window px, which rpx are not. */
function placeOf({ left, right, top, bottom }: MenuAnchor, count: number) {
  const width = count * ITEM_WIDTH;
  const { windowWidth } = Taro.getWindowInfo();
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

function stopPropagation(event: { stopPropagation: () => void }): void {
  event.stopPropagation();
}
