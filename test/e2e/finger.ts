import type { CDPSession, Page } from 'playwright-core';

const MIDDLE_X = 195;
/** Between two points of a movement, as a phone's digitiser tells them. */
const STEP_MS = 16;

/** One finger on the screen: Chromium's own touch input, which scrolls and flings as on a phone. */
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

  /** Moves a finger that is down. The speed is kept on a slow machine too: the steps become longer. */
  async move(from: number, to: number, pxPerSecond: number): Promise<void> {
    const distance = Math.abs(to - from);
    const started = performance.now();
    for (let done = 0; done < distance;) {
      await new Promise((resolve) => setTimeout(resolve, STEP_MS));
      done = Math.min(distance, ((performance.now() - started) / 1000) * pxPerSecond);
      await this.touch('touchMove', [{ x: MIDDLE_X, y: from + Math.sign(to - from) * done }]);
    }
  }

  /** Down, along the way and up. */
  async drag(from: number, to: number, pxPerSecond: number): Promise<void> {
    await this.down(from);
    await this.move(from, to, pxPerSecond);
    await this.up();
  }

  private async touch(
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    touchPoints: { x: number; y: number }[],
  ): Promise<void> {
    await this.session.send('Input.dispatchTouchEvent', { type, touchPoints });
  }
}
