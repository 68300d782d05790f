/** The delay before attempt `attempt + 1`, after `attempt` failed attempts (1, 2, ...). */
export interface RetryPolicy {
  delayMs(attempt: number): number;
}

const BASE_MS = 1000;
const CAP_MS = 30_000;
/** An immediate retry would only fail again; the delay also lets `onClose` arrive. */
const FLOOR_MS = 200;

/**
 * Full jitter: uniform between the floor and min(30 s, 1 s * 2^(attempt-1)). Clients that lost the same
 * server reconnect spread over time instead of all at once.
 */
export function fullJitter(random: () => number): RetryPolicy {
  return {
    delayMs: (attempt) => {
      const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt - 1, 10));
      return Math.round(FLOOR_MS + random() * (ceiling - FLOOR_MS));
    },
  };
}
