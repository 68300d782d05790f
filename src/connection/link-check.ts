import type { Clock } from '@/platform';
import type { NimPort } from '@/sdk';

/**
 * One round trip over the link. WeChat may have cut the network in the background without a word; the
 * SDK's own heartbeat would notice after 23 s at the earliest (yunxin-wire-protocol 1.5).
 */
export function isLinkAlive(nim: NimPort, clock: Clock, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = clock.setTimeout(() => resolve(false), withinMs);
    const answer = (alive: boolean) => {
      clock.clearTimeout(timer);
      resolve(alive);
    };
    nim.probe().then(
      () => answer(true),
      () => answer(false),
    );
  });
}
