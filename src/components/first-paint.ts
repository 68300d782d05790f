import Taro from '@tarojs/taro';

/** The moment from which the user sees something: what can wait, waits for it. */
class FirstPaint {
  readonly done: Promise<void>;
  private resolve: () => void = () => undefined;

  constructor() {
    this.done = new Promise((resolve) => (this.resolve = resolve));
  }

  /** Called when a page has rendered: what it rendered is on its way to the view, and then it counts. */
  reportAfterFlush(): void {
    Taro.nextTick(() => this.resolve());
  }
}

export const firstPaint = new FirstPaint();
