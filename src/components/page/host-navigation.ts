import Taro from '@tarojs/taro';

/** WeChat keeps ten pages; navigateTo beyond the limit fails with "webview count limit exceed". */
export const STACK_LIMIT = 10;

/**
 * `open`: on top of this page. `replace`: in place of this page. `tab`: to a page of the tab bar. `restart`:
 * as the only page.
 */
export type Way = 'open' | 'replace' | 'tab' | 'restart';

/** The address of a page in the mini-program: an embedded build lies in a folder of its host. */
export function addressInHost(url: string): string {
  return process.env.APP_EMBED_ROOT ? `/${process.env.APP_EMBED_ROOT}${url}` : url;
}

/** The number of pages of this build at the top of the stack, above the topmost page of the host. */
export function ownPagesOnTop(): number {
  const own = `${process.env.APP_EMBED_ROOT ?? ''}/`;
  const stack = Taro.getCurrentPages().map(({ route = '' }) => route);
  const below = stack.reverse().findIndex((route) => !route.startsWith(own));
  return below < 0 ? stack.length : below;
}

/**
 * Navigates in the mini-program of a host. Only pages of this build are replaced or closed: `switchTab` would leave
 * for a tab of the host, `reLaunch` would close the host's pages. "Tab" and "restart" go back to the lowest page of
 * this build and replace it.
 */
export async function goInHost(url: string, way: Way): Promise<unknown> {
  const stack = Taro.getCurrentPages();
  const own = ownPagesOnTop();
  const target = { url: addressInHost(url) };
  if (own === 0 || (way === 'open' && stack.length < STACK_LIMIT)) {
    if (stack.length >= STACK_LIMIT) throw new Error('navigateTo:fail webview count limit exceed');
    return await Taro.navigateTo(target);
  }
  if (way === 'open' || way === 'replace') return await Taro.redirectTo(target);
  if (own > 1) await Taro.navigateBack({ delta: own - 1 });
  const lowest = stack[stack.length - own]?.route ?? '';
  if (way === 'tab' && target.url === `/${lowest}`) return undefined;
  return await Taro.redirectTo(target);
}
