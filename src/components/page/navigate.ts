import Taro from '@tarojs/taro';
import { useCallback, useContext } from 'react';
import { systemClock } from '@/platform';
import type { SettingsStore } from '@/stores';
import { tellFailure } from './dialogs';
import { goInHost, ownPagesOnTop, STACK_LIMIT, type Way } from './host-navigation';
import { type PageGate, PageGateContext } from './page-gate';
import { useStores } from './stores-context';
import { wxCall, type WxOutcome } from './wx-call';

/** Time limit in milliseconds for a browser to fetch the code of an opened page. */
const OPENING_MS = 5000;

export interface Start {
  /** Gives the language for the text of a failure. */
  settings: SettingsStore;
  /** The page with the tap. Without it, the app itself navigates and waits for a running navigation. */
  from?: PageGate;
}

/** The running navigation: WeChat handles a single navigation at a time. */
let running: { readonly target: string; readonly done: Promise<unknown> } | null = null;

/**
 * Goes to another page; all navigation passes through here. A tap opens one page: a tap on a page that is
 * being left or is hidden is ignored, because WeChat delivers taps until the new page covers the old one. Two
 * openings of the same page in one millisecond would also share an id in Taro, and both would stay empty. A
 * failure is shown, and the next tap works again. Resolves to whether the page was opened.
 */
export async function navigate(url: string, way: Way, { settings, from }: Start): Promise<boolean> {
  return await go(`${way} ${url}`, () => goTo(url, way), { settings, ...(from ? { from } : {}) });
}

/** Goes `delta` pages back. A page that was opened by its address has no page below it and goes to `otherwise`. */
export async function goBack(
  start: Start,
  otherwise: { url: string; way: Way },
  delta = 1,
): Promise<void> {
  // The page on the screen is the host's: it is not ours to close.
  if (process.env.APP_EMBED_ROOT && ownPagesOnTop() === 0) return;
  if (Taro.getCurrentPages().length <= 1) {
    await navigate(otherwise.url, otherwise.way, start);
    return;
  }
  await go(`back ${delta}`, () => Taro.navigateBack({ delta }), start);
}

/** Returns the function that opens pages from this page; always the same function. */
export function useNavigate(): (url: string, way?: Way) => void {
  const { settings } = useStores();
  const from = useContext(PageGateContext);
  return useCallback(
    (url, way = 'open') => void navigate(url, way, { settings, from }),
    [settings, from],
  );
}

/**
 * Returns the function that leaves this page for the page below; always the same function for the same
 * parameters.
 */
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
): Promise<boolean> {
  if (from && !from.startLeaving()) return false;
  while (running) {
    // A navigation of the app itself to the same target needs no repetition.
    if (!from && running.target === target) return true;
    await running.done;
  }
  if (from?.isHidden) return false;
  const done = wxCall(call);
  running = { target, done };
  const outcome: WxOutcome<unknown> = await done;
  running = null;
  if (!outcome.ok) {
    from?.cancelLeaving();
    tellFailure(outcome.failure, settings.language);
    return false;
  }
  // In a browser the page changes only after its code was fetched, and a failure of this is not reported.
  if (from && process.env.TARO_ENV === 'h5')
    systemClock.setTimeout(() => from.cancelLeaving(), OPENING_MS);
  return true;
}

function goTo(url: string, way: Way): PromiseLike<unknown> {
  if (process.env.APP_EMBED_ROOT) return goInHost(url, way);
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
