import Taro from '@tarojs/taro';

export interface ScrollPosition {
  scrollTop: number;
  scrollHeight: number;
}

export interface ScrollExtent extends ScrollPosition {
  height: number;
}

/** What a ref of a scroll-view is: a Taro node in a mini-program, the element itself in a browser. */
export interface ScrollElement extends ScrollPosition {
  clientHeight: number;
  setAttribute(name: string, value: number): void;
}

/**
 * Moves a scroll-view and asks it where it is. Not by a prop: in a browser Taro sets every prop again
 * each time the component renders, which would throw the reader back.
 */
export class ScrollPort {
  private element: ScrollElement | null = null;

  constructor(private readonly id: string) {}

  readonly attach = (element: ScrollElement | null): void => {
    this.element = element;
  };

  /** In a mini-program it travels with the rows that are being sent: one setData. */
  moveTo(scrollTop: number): void {
    if (process.env.TARO_ENV === 'weapp') this.element?.setAttribute('scrollTop', scrollTop);
    else if (this.element) this.element.scrollTop = scrollTop;
  }

  /** The scroll-view as it is laid out now; null where there is no layout. */
  async measure(): Promise<ScrollExtent | null> {
    if (process.env.TARO_ENV !== 'weapp') {
      const { element } = this;
      return element && { ...positionOf(element), height: element.clientHeight };
    }
    const found = await new Promise<unknown>((resolve) => {
      Taro.createSelectorQuery()
        .select(`#${this.id}`)
        .fields({ scrollOffset: true, size: true }, resolve)
        .exec();
    });
    return isExtent(found) ? found : null;
  }
}

function positionOf({ scrollTop, scrollHeight }: ScrollPosition): ScrollPosition {
  return { scrollTop, scrollHeight };
}

function isExtent(found: unknown): found is ScrollExtent {
  return (
    typeof found === 'object' &&
    found !== null &&
    'scrollHeight' in found &&
    'scrollTop' in found &&
    'height' in found
  );
}
