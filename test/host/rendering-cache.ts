import type { Fields } from './unit';

/** Data of pages that WeChat keeps on the device between starts, by route. */
export type RenderingCache = Map<string, Fields>;

/** The base library from which on pages have `setInitialRenderingCache`. */
const SINCE = [2, 11, 1] as const;

/** Whether this base library keeps renderings: `SDKVersion` is `3.6.0` or the like. */
export function keepsRenderings(sdkVersion: unknown): boolean {
  const parts = typeof sdkVersion === 'string' ? sdkVersion.split('.').map(Number) : [];
  const place = SINCE.findIndex((since, i) => (parts[i] ?? 0) !== since);
  return place < 0 || (parts[place] ?? 0) > (SINCE[place] ?? 0);
}

interface CachingPage {
  readonly route: string;
  /** Whether `onReady` has begun. */
  isReady(): boolean;
  /** Whether the page was unloaded. */
  isGone(): boolean;
  /** Whether the JSON of the page has `initialRenderingCache: "dynamic"`. */
  isDynamic: boolean;
}

/**
 * WeChat's `setInitialRenderingCache` of a page: data for the next start of the page, after `onReady` only; `null` ends
 * the cache. WeChat's documents say nothing of wrong calls; here each of them is an error.
 */
export function renderingCacheOf(
  cache: RenderingCache,
  { route, isReady, isGone, isDynamic }: CachingPage,
): (data: unknown) => void {
  return (data) => {
    const refuse = (why: string) => {
      throw new Error(`setInitialRenderingCache of ${route}: ${why}`);
    };
    if (!isDynamic) refuse('the page has no "initialRenderingCache": "dynamic"');
    if (!isReady()) refuse('called before onReady');
    if (isGone()) refuse('called after onUnload');
    if (data === null) cache.delete(route);
    else if (typeof data !== 'object') refuse(`data is ${typeof data}`);
    // The data cross to the view as JSON.
    else cache.set(route, JSON.parse(JSON.stringify(data)) as Fields);
  };
}
