import type { CDPSession, Page } from 'playwright-core';

const MIDDLE_X = 195;
/** Interval between two points of a movement, as a phone's digitiser reports them. */
const STEP_MS = 16;

/** Controls Chromium's touch input, which scrolls and flings as on a phone. */
export class Finger {
  private constructor(private readonly session: CDPSession) {}

  static async on(page: Page): Promise<Finger> {
    return new Finger(await page.context().newCDPSession(page));
  }

  async down(y: number, x = MIDDLE_X): Promise<void> {
    await this.touch('touchStart', [{ x, y }]);
  }

  async up(): Promise<void> {
    await this.touch('touchEnd', []);
  }

  /** Moves a finger that is down. A slow machine makes longer steps, so the speed stays the same. */
  async move(from: number, to: number, pxPerSecond: number): Promise<void> {
    const distance = Math.abs(to - from);
    const started = performance.now();
    for (let done = 0; done < distance;) {
      await new Promise((resolve) => setTimeout(resolve, STEP_MS));
      done = Math.min(distance, ((performance.now() - started) / 1000) * pxPerSecond);
      await this.touch('touchMove', [{ x: MIDDLE_X, y: from + Math.sign(to - from) * done }]);
    }
  }

  /** Puts the finger down, moves along the path and lifts the finger. */
  async drag(from: number, to: number, pxPerSecond: number): Promise<void> {
    await this.down(from);
    await this.move(from, to, pxPerSecond);
    await this.up();
  }

  /** Moves a finger sideways, as for the actions of a row. */
  async swipe(y: number, from: number, to: number): Promise<void> {
    await this.down(y, from);
    for (let step = 1; step <= 5; step++)
      await this.touch('touchMove', [{ x: from + ((to - from) * step) / 5, y }]);
    await this.up();
  }

  /** Moves a finger sideways at the pace of a hand, 20 px in 16 ms: a swiper measures the speed. */
  async slide(y: number, from: number, to: number): Promise<void> {
    await this.down(y, from);
    const steps = Math.ceil(Math.abs(to - from) / 20);
    for (let step = 1; step <= steps; step++) {
      await this.touch('touchMove', [{ x: from + ((to - from) * step) / steps, y }]);
      await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    }
    await this.up();
  }

  private async touch(
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    touchPoints: { x: number; y: number }[],
  ): Promise<void> {
    await this.session.send('Input.dispatchTouchEvent', { type, touchPoints });
  }
}
