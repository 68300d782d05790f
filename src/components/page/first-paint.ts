import Taro from '@tarojs/taro';

/** The moment of the first visible page; work that can wait waits for it. */
class FirstPaint {
  readonly done: Promise<void>;
  private resolve: () => void = () => undefined;

  constructor() {
    this.done = new Promise((resolve) => (this.resolve = resolve));
  }

  /** Called when a page has rendered: after the next flush its content is on the view. */
  reportAfterFlush(): void {
    Taro.nextTick(() => this.resolve());
  }
}

export const firstPaint = new FirstPaint();
