import Taro from '@tarojs/taro';

/** Distance from the list within which a segment keeps its rows: two screens. */
const MARGIN_PX = 1600;
/**
 * Delay before a segment is unloaded. Prepending older rows pushes segments out of range until scroll
 * anchoring restores the position; without the delay they would be unloaded and sent again.
 */
const LINGER_MS = 500;

/** `near`: within the margin of the visible part. `height`: the present height in px. */
export type NearHandler = (near: boolean, height: number) => void;

/**
 * Reports when a node comes near the visible part of the list, and when it leaves. A node without a height
 * is not reported, as its page is hidden.
 */
export function watchNear(listId: string, id: string, tell: NearHandler): () => void {
  let leaving: ReturnType<typeof setTimeout> | undefined;
  const report = (near: boolean, height: number) => {
    if (height <= 0) return;
    clearTimeout(leaving);
    if (near) tell(true, height);
    else leaving = setTimeout(() => tell(false, height), LINGER_MS);
  };
  const watch = process.env.TARO_ENV === 'weapp' ? watchInMiniProgram : watchInBrowser;
  const stop = watch(listId, id, report);
  return () => {
    clearTimeout(leaving);
    stop();
  };
}

function watchInMiniProgram(listId: string, id: string, report: NearHandler): () => void {
  const { page } = Taro.getCurrentInstance();
  let observer: Taro.IntersectionObserver | undefined;
  let stopped = false;
  // The view has the node once the setData with it has arrived.
  Taro.nextTick(() => {
    if (stopped || !page) return;
    observer = Taro.createIntersectionObserver(page as never, { thresholds: [0] });
    observer
      .relativeTo(`#${listId}`, { top: MARGIN_PX, bottom: MARGIN_PX })
      .observe(`#${id}`, ({ intersectionRatio = 0, boundingClientRect }) =>
        report(intersectionRatio > 0, boundingClientRect?.height ?? 0),
      );
  });
  return () => {
    stopped = true;
    observer?.disconnect();
  };
}

function watchInBrowser(listId: string, id: string, report: NearHandler): () => void {
  const node = document.getElementById(id);
  const root = document.getElementById(listId);
  if (!node) return () => undefined;
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, boundingClientRect } of entries)
        report(isIntersecting, boundingClientRect.height);
    },
    { root, rootMargin: `${MARGIN_PX}px 0px` },
  );
  observer.observe(node);
  return () => observer.disconnect();
}
