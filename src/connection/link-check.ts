import type { AppLifecycle, Clock } from '@/platform';
import type { NimPort } from '@/sdk';
import { Code } from '@/sdk/codes';
import { answered } from './answered';
import { ConnectionError } from './connection-error';

/**
 * The shortest limit of a probe after a return to the foreground or a change of network. A slow mobile network
 * answers within 1.2 s; each half second more delays the new link by a half second.
 */
export const PROBE_MS = 1_500;
/** The SDK abandons a request after 8 s. */
const LONGEST_PROBE_MS = 8_000;
/** A probe may take this many times the longest recent round trip of the link. */
const TIMES_SEEN = 3;
const REMEMBERED = 5;

/** The codes with which the SDKs reject when no answer came. Any other rejection is an answer of the server. */
export const NO_ANSWER: readonly number[] = [
  Code.illegalState,
  Code.timeout,
  Code.connectFailed,
  Code.connectTimeout,
  Code.disconnect,
  Code.protocolTimeout,
  Code.protocolSendFailed,
];

/**
 * Makes one round trip over the link. WeChat may have cut the network in the background without an event; the
 * SDK's own heartbeat would notice after 23 s at the earliest (docs/yunxin-protocol.md, section 1.5). An answer
 * with an error code (416, 403) also came over the link: only a missing answer means a dead link.
 * @param withinMs the answer counts as missing after this many milliseconds
 */
export async function isLinkAlive(
  link: Pick<NimPort, 'probe'>,
  clock: Clock,
  withinMs = PROBE_MS,
): Promise<boolean> {
  try {
    await answered(clock, () => link.probe(), withinMs);
    return true;
  } catch (error) {
    return !NO_ANSWER.includes(ConnectionError.from(error).code);
  }
}

/** The durations of the last round trips. The limit of a probe grows with them: a slow link is not a dead link. */
export class RoundTrips {
  private readonly seen: number[] = [];

  record(ms: number): void {
    this.seen.push(ms);
    if (this.seen.length > REMEMBERED) this.seen.shift();
  }

  /** Milliseconds that a probe may take: 3 times the longest of the last 5 round trips, `floorMs` to 8 s. */
  limitMs(floorMs: number): number {
    return Math.min(LONGEST_PROBE_MS, Math.max(floorMs, TIMES_SEEN * Math.max(0, ...this.seen)));
  }
}

/** Calls back each time the app comes to the foreground, with the time that it spent in the background. */
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
