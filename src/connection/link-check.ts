import type { AppLifecycle, Clock } from '@/platform';
import type { NimPort } from '@/sdk';

/**
 * One round trip over the link. WeChat may have cut the network in the background without a word; the
 * SDK's own heartbeat would notice after 23 s at the earliest (yunxin-wire-protocol 1.5).
 */
export function isLinkAlive(
  link: Pick<NimPort, 'probe'>,
  clock: Clock,
  withinMs: number,
): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = clock.setTimeout(() => resolve(false), withinMs);
    const answer = (alive: boolean) => {
      clock.clearTimeout(timer);
      resolve(alive);
    };
    link.probe().then(
      () => answer(true),
      () => answer(false),
    );
  });
}

/** Calls back each time the app comes to the foreground, with how long it had been away. */
export function whenShownAgain(
  lifecycle: AppLifecycle,
  clock: Clock,
  handler: (hiddenMs: number) => void,
): () => void {
  let hiddenSince: number | undefined;
  const stops = [
    lifecycle.onHide(() => {
      hiddenSince = clock.now();
    }),
    lifecycle.onShow(() => {
      const hiddenMs = hiddenSince === undefined ? 0 : clock.now() - hiddenSince;
      hiddenSince = undefined;
      handler(hiddenMs);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
