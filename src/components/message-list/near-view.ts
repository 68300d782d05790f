import Taro from '@tarojs/taro';

/** How far outside of the list a segment may be and still keep its rows: two screens. */
const MARGIN_PX = 1600;
/**
 * Who goes away stays so long. Rows put in above push the others away for the moment until the reader's
 * place is held again; these must not be sent twice for it.
 */
const LINGER_MS = 500;

/** `near`: within the margin of what is seen. `height`: px, as it is laid out now. */
export type NearHandler = (near: boolean, height: number) => void;

/**
 * Tells when a node comes near what the list shows, and when it goes away from it. Nothing is told of a
 * node that has no height: its page is hidden.
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
  // The view knows the node once the setData with it has arrived.
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
