import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { windowSize } from '../page/host-facts';
import { Slot } from './slot';

const WIDTH = 160;
const ITEM_HEIGHT = 48;
const MARGIN = 8;

export interface PointMenuItem {
  readonly text: string;
  readonly run: () => void;
}

/** A point of the window, in px of the window. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

interface OpenMenu {
  at: Point;
  items: readonly PointMenuItem[];
}

/** Connects the parts of a page, which open a menu, with the menu. */
export class PointMenuPort {
  /** Set by the menu. */
  show: (menu: OpenMenu) => void = () => undefined;
}

/** A menu at the finger, inside the window. Put it last on the page. */
export function PointMenu({ port }: { port: PointMenuPort }) {
  return (
    <Slot>
      <Menu port={port} />
    </Slot>
  );
}

function Menu({ port }: { port: PointMenuPort }) {
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  useEffect(() => {
    port.show = setMenu;
  }, [port]);
  if (!menu) return null;
  const close = () => setMenu(null);
  const { at, items } = menu;
  const { windowWidth, windowHeight } = windowSize();
  const inside = (start: number, size: number, window: number) =>
    Math.max(MARGIN, start + size + MARGIN <= window ? start : Math.min(start, window) - size);
  const left = Math.min(inside(at.x, WIDTH, windowWidth), windowWidth - WIDTH - MARGIN);
  const top = inside(at.y, items.length * ITEM_HEIGHT, windowHeight);
  return (
    <View className="pm-mask" catchMove onClick={close} ariaRole="button">
      <View
        className="pm"
        ariaRole="menu"
        style={{ left: `${left}PX`, top: `${top}PX`, width: `${WIDTH}PX` }}
      >
        {items.map(({ text, run }) => (
          <View
            key={text}
            className="pm-item"
            hoverClass="pressed"
            ariaRole="menuitem"
            onClick={(event) => {
              event.stopPropagation();
              close();
              run();
            }}
          >
            {text}
          </View>
        ))}
      </View>
    </View>
  );
}
