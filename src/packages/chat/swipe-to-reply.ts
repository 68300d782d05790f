import type { TouchWatch, TouchSeen } from '@/components/message-list/list-scroll';
import { messageIdAt } from '@/components/ui/bubble-id';
import { systemClock } from '@/platform';

/** Way to the left at which a bubble is swiped, px. */
const SWIPED = 56;
/** A way that may still become a swipe, a scroll or a long press, px. */
const UNDECIDED = 12;
/** A finger that rested for this long opens the menu; ms, as WeChat. */
const LONG_PRESS_MS = 350;

interface Start {
  readonly target: unknown;
  readonly x: number;
  readonly y: number;
  readonly at: number;
  isMoving: boolean;
}

/**
 * Notices a swipe of a bubble to the left. The view reports the movements of a finger on a list in any case; they
 * change nothing on the screen, and `onSwipe` is called once, when the finger has gone far enough. A movement that goes
 * down, up or to the right is no swipe any more.
 */
export class SwipeToReply implements TouchWatch {
  private start: Start | null = null;

  constructor(private readonly onSwipe: (messageClientId: string) => void) {}

  down({ target, touches = [] }: TouchSeen): void {
    const [finger] = touches;
    this.start =
      finger && touches.length === 1
        ? { target, x: finger.clientX, y: finger.clientY, at: systemClock.now(), isMoving: false }
        : null;
  }

  move({ touches = [] }: TouchSeen): void {
    const { start } = this;
    const [finger] = touches;
    if (!start || !finger) return;
    const left = start.x - finger.clientX;
    const across = Math.abs(finger.clientY - start.y);
    if (touches.length > 1 || left < -UNDECIDED || across > Math.max(UNDECIDED, left / 2)) {
      this.start = null;
      return;
    }
    if (!start.isMoving && left > UNDECIDED) {
      start.isMoving = true;
      if (systemClock.now() - start.at >= LONG_PRESS_MS) this.start = null;
    }
    if (left < SWIPED || !this.start) return;
    this.start = null;
    const messageClientId = messageIdAt(start.target);
    if (messageClientId) this.onSwipe(messageClientId);
  }
}
