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
  querySelector(css: string): { getBoundingClientRect(): { height: number } } | null;
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

  /** The height of what the selector finds in it, px; null where there is none, or no layout. */
  async heightOf(css: string): Promise<number | null> {
    if (process.env.TARO_ENV !== 'weapp')
      return this.element?.querySelector(css)?.getBoundingClientRect().height ?? null;
    return await new Promise((resolve) => {
      Taro.createSelectorQuery()
        .select(`#${this.id} ${css}`)
        .boundingClientRect((found) => {
          const rect = Array.isArray(found) ? found[0] : found;
          resolve(rect ? rect.height : null);
        })
        .exec();
    });
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
