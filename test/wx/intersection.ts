import type { Api } from './api';
import type { WxContext } from './context';

type Callback = (result: Record<string, unknown>) => void;

interface Watch {
  selector: string;
  callback: Callback;
}

/**
 * Nodes watched by `wx.createIntersectionObserver`. The fake does not scroll: a test reports what WeChat
 * would see.
 */
export class IntersectionWatches {
  private readonly watches = new Set<Watch>();

  constructor(private readonly context: WxContext) {}

  get selectors(): string[] {
    return [...this.watches].map(({ selector }) => selector);
  }

  /** The node entered or left the observed area. Returns the number of observers that were called. */
  report(selector: string, isNear: boolean, height: number): number {
    const told = [...this.watches].filter((watch) => watch.selector === selector);
    const result = {
      intersectionRatio: isNear ? 0.5 : 0,
      boundingClientRect: { left: 0, right: 375, width: 375, top: 0, bottom: height, height },
    };
    for (const { callback } of told)
      this.context.later(() => callback(this.context.realm.fields({ ...result })));
    return told.length;
  }

  readonly create: Api = () => {
    const own = new Set<Watch>();
    const observer: Record<string, Api> = {
      relativeTo: () => observer,
      relativeToViewport: () => observer,
      observe: (selector, callback) => {
        const watch = { selector: String(selector), callback: callback as Callback };
        own.add(watch);
        this.watches.add(watch);
      },
      disconnect: () => {
        for (const watch of own) this.watches.delete(watch);
        own.clear();
      },
    };
    return observer;
  };
}
