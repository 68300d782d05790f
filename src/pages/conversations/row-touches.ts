import type { CommonEvent, ITouchEvent } from '@tarojs/components';
import { observable, runInAction } from 'mobx';
import type { Point } from '@/components/ui/point-menu';

/** A movement of the finger to the left opens the actions of a row from this width on; px. */
const SWIPE = 40;

/**
 * Touches of the rows of the list. Nothing is drawn while the finger moves: at the end of a swipe to the left, the
 * row moves aside with one change of its class.
 */
export class RowTouches {
  /** The conversation whose actions are shown; at most one. */
  readonly swiped = observable.set<string>();
  private start: Point = { x: 0, y: 0 };

  /** The last touched point. */
  get point(): Point {
    return this.start;
  }

  readonly onStart = (event: CommonEvent): void => {
    const touch = (event as ITouchEvent).touches[0];
    if (touch) this.start = { x: touch.clientX, y: touch.clientY };
  };

  readonly onEnd = (event: CommonEvent): void => {
    const touch = (event as ITouchEvent).changedTouches[0];
    const { id } = event.currentTarget.dataset as { id?: string };
    if (!touch || !id) return;
    const right = touch.clientX - this.start.x;
    if (Math.abs(right) < SWIPE || Math.abs(right) < 2 * Math.abs(touch.clientY - this.start.y))
      return;
    runInAction(() => {
      this.swiped.clear();
      if (right < 0) this.swiped.add(id);
    });
  };

  /** Hides the actions. Returns whether there were any. */
  close(): boolean {
    if (this.swiped.size === 0) return false;
    runInAction(() => this.swiped.clear());
    return true;
  }
}

/** The point of a tap or a long press; Taro's long press in a browser has none. */
export function pointOf(event: CommonEvent, otherwise: Point): Point {
  const { touches, changedTouches } = event as Partial<ITouchEvent>;
  const touch = touches?.[0] ?? changedTouches?.[0] ?? (event as unknown as Partial<Touch>);
  const { clientX: x, clientY: y } = touch as { clientX?: number; clientY?: number };
  return x === undefined || y === undefined ? otherwise : { x, y };
}
