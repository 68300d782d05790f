import Taro from '@tarojs/taro';
import { useCallback, useContext } from 'react';
import { systemClock } from '@/platform';
import type { SettingsStore } from '@/stores';
import { tellFailure } from './dialogs';
import { type PageGate, PageGateContext } from './page-gate';
import { useStores } from './stores-context';
import { wxCall, type WxOutcome } from './wx-call';

/** WeChat keeps ten pages; navigateTo beyond that fails with "webview count limit exceed". */
const STACK_LIMIT = 10;
/** How long a browser may take to fetch the code of the page that was opened. Milliseconds. */
const OPENING_MS = 5000;

/** `open`: on top of this page. `replace`: in its place. `tab`: a page of the tab bar. `restart`: alone. */
export type Way = 'open' | 'replace' | 'tab' | 'restart';

export interface Start {
  /** For the text of a failure. */
  settings: SettingsStore;
  /** The page whose tap it is. Without one the app itself goes, and waits for its turn. */
  from?: PageGate;
}

/** The navigation on its way: WeChat carries out one at a time. */
let running: { readonly target: string; readonly done: Promise<unknown> } | null = null;

/**
 * The one way to another page. A tap opens one page: a tap on a page that is being left, or is hidden, is
 * ignored. WeChat passes taps on until the new page covers the old one. Two of the same page in the same
 * millisecond would even share an id in Taro and both stay empty. A failure is said and lets the next tap
 * through.
 */
export async function navigate(url: string, way: Way, { settings, from }: Start): Promise<void> {
  await go(`${way} ${url}`, () => goTo(url, way), { settings, ...(from ? { from } : {}) });
}

/** `delta` pages back; a page that was opened by its address has nothing behind it and goes to `otherwise`. */
export async function goBack(
  start: Start,
  otherwise: { url: string; way: Way },
  delta = 1,
): Promise<void> {
  if (Taro.getCurrentPages().length <= 1) {
    await navigate(otherwise.url, otherwise.way, start);
    return;
  }
  await go(`back ${delta}`, () => Taro.navigateBack({ delta }), start);
}

/** Opens pages from this page; always the same function. */
export function useNavigate(): (url: string, way?: Way) => void {
  const { settings } = useStores();
  const from = useContext(PageGateContext);
  return useCallback(
    (url, way = 'open') => void navigate(url, way, { settings, from }),
    [settings, from],
  );
}

/** Leaves this page for the page below; always the same function for the same parameters. */
export function useGoBack(url: string, way: Way): () => void {
  const { settings } = useStores();
  const from = useContext(PageGateContext);
  return useCallback(
    () => void goBack({ settings, from }, { url, way }),
    [settings, from, url, way],
  );
}

async function go(
  target: string,
  call: () => PromiseLike<unknown>,
  { settings, from }: Start,
): Promise<void> {
  if (from && !from.leave()) return;
  while (running) {
    // The app's own wish is carried out once.
    if (!from && running.target === target) return;
    await running.done;
  }
  if (from?.isHidden) return;
  const done = wxCall(call);
  running = { target, done };
  const outcome: WxOutcome<unknown> = await done;
  running = null;
  if (!outcome.ok) {
    from?.stay();
    tellFailure(outcome.failure, settings.language);
    return;
  }
  // In a browser the page changes only after its code has come, which can fail without a word.
  if (from && process.env.TARO_ENV === 'h5') systemClock.setTimeout(() => from.stay(), OPENING_MS);
}

function goTo(url: string, way: Way): PromiseLike<unknown> {
  switch (way) {
    case 'open':
      return Taro.getCurrentPages().length < STACK_LIMIT
        ? Taro.navigateTo({ url })
        : Taro.redirectTo({ url });
    case 'replace':
      return Taro.redirectTo({ url });
    case 'tab':
      return Taro.switchTab({ url });
    case 'restart':
      return Taro.reLaunch({ url });
  }
}
