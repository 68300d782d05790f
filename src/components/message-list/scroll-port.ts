import Taro from '@tarojs/taro';

export interface ScrollPosition {
  scrollTop: number;
  scrollHeight: number;
}

export interface ScrollExtent extends ScrollPosition {
  height: number;
}

/** Where a node lies in the content of a scroll-view; px. */
interface Spot {
  /** From the start of the content to the node's upper edge. */
  readonly top: number;
  /** From the start of the content to the node's lower edge. */
  readonly bottom: number;
  /** How far the content is scrolled. */
  readonly scrollTop: number;
}

interface Edges {
  readonly top: number;
  readonly bottom: number;
}

/** The ref of a scroll-view: a Taro node in a mini-program, the element itself in a browser. */
interface ScrollElement extends ScrollPosition {
  clientHeight: number;
  getBoundingClientRect(): Edges;
  querySelector(css: string): { getBoundingClientRect(): Edges } | null;
  setAttribute(name: string, value: number): void;
}

/**
 * Moves and measures a scroll-view. The position is not a prop: in a browser Taro sets every prop again
 * each time the component renders, which would move the list back.
 */
export class ScrollPort {
  private element: ScrollElement | null = null;

  constructor(readonly id: string) {}

  readonly attach = (element: ScrollElement | null): void => {
    this.element = element;
  };

  /** In a mini-program the position travels in the setData of the rows that are being sent. */
  moveTo(scrollTop: number): void {
    if (process.env.TARO_ENV === 'weapp') this.element?.setAttribute('scrollTop', scrollTop);
    else if (this.element) this.element.scrollTop = scrollTop;
  }

  /** The present layout of the scroll-view; null where there is no layout. */
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

  /** Where the node with this id lies; null when the view does not have the node, or has no layout. */
  async spotOf(nodeId: string): Promise<Spot | null> {
    if (process.env.TARO_ENV !== 'weapp') {
      const { element } = this;
      const node = element?.querySelector(`#${nodeId}`);
      if (!element || !node) return null;
      const { top } = element.getBoundingClientRect();
      return spotIn({ top, scrollTop: element.scrollTop }, node.getBoundingClientRect());
    }
    return await new Promise((resolve) => {
      Taro.createSelectorQuery()
        .select(`#${this.id}`)
        .fields({ scrollOffset: true, rect: true })
        .select(`#${nodeId}`)
        .boundingClientRect()
        .exec((found) => {
          const [list, node] = found as [(Edges & ScrollPosition) | null, Edges | null];
          resolve(list && node && spotIn(list, node));
        });
    });
  }
}

function spotIn(list: { top: number; scrollTop: number }, { top, bottom }: Edges): Spot {
  const { scrollTop } = list;
  const shift = scrollTop - list.top;
  return { top: top + shift, bottom: bottom + shift, scrollTop };
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
