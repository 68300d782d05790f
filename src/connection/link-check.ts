import { type AppLifecycle, type Clock, foreignCall } from '@/platform';
import type { NimPort } from '@/sdk';
import { ConnectionError } from './connection-error';

/**
 * The shortest limit of a probe for which nothing but a return or a change of network gives a reason. A mobile
 * network answers within 1.2 s when it is slow; each half second more is a half second more without a link.
 */
export const PROBE_MS = 1_500;
/** The SDK gives a request up after 8 s. */
const LONGEST_PROBE_MS = 8_000;
/** A round trip that takes three times the longest of the last ones is an exception, not a habit. */
const TIMES_SEEN = 3;
const REMEMBERED = 5;

const TIMEOUT = 191005;
/** What the SDKs reject with when no answer came. Every other rejection is an answer of the server. */
const NO_ANSWER: readonly number[] = [190002, TIMEOUT, 192001, 192002, 192003, 192004, 192005];

/**
 * One round trip over the link. WeChat may have cut the network in the background without a word; the
 * SDK's own heartbeat would notice after 23 s at the earliest (yunxin-wire-protocol 1.5). An answer with an
 * error code (416, 403) came over the link as well: only no answer is a dead link.
 * @param withinMs no answer within this many milliseconds is no answer
 */
export async function isLinkAlive(
  link: Pick<NimPort, 'probe'>,
  clock: Clock,
  withinMs = PROBE_MS,
): Promise<boolean> {
  try {
    await foreignCall(() => link.probe(), {
      clock,
      limitMs: withinMs,
      onLimit: () => new ConnectionError(TIMEOUT),
    });
    return true;
  } catch (error) {
    return !NO_ANSWER.includes(ConnectionError.from(error).code);
  }
}

/** How long the last answers took. The limit of a probe grows with them: a slow link is not a dead link. */
export class RoundTrips {
  private readonly seen: number[] = [];

  note(ms: number): void {
    this.seen.push(ms);
    if (this.seen.length > REMEMBERED) this.seen.shift();
  }

  /** Milliseconds that a probe may take: 3 times the longest of the last 5 round trips, `floorMs` to 8 s. */
  limitMs(floorMs: number): number {
    return Math.min(LONGEST_PROBE_MS, Math.max(floorMs, TIMES_SEEN * Math.max(0, ...this.seen)));
  }
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
