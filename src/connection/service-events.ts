import type { ImServiceEvents, NimPort } from '@/sdk';

/** The arguments of a handler of one event of one service. */
export type ServiceEventArgs<
  K extends keyof ImServiceEvents,
  E extends keyof ImServiceEvents[K],
> = ImServiceEvents[K][E] extends unknown[] ? ImServiceEvents[K][E] : never;

export interface Guard {
  /** True once events of this connection must not be delivered any more. */
  isOver: () => boolean;
  onThrow: (text: string) => void;
}

/**
 * Listens to a service's event. The SDK calls handlers inside its socket callback: a handler that throws (for
 * example on a malformed push) would lose the rest of the packet, so the error is caught and given to the guard.
 */
export function listenGuarded<
  K extends keyof ImServiceEvents,
  E extends keyof ImServiceEvents[K] & string,
>(
  nim: NimPort,
  service: K,
  event: E,
  handler: (...args: ServiceEventArgs<K, E>) => void,
  guard: Guard,
): () => void {
  return nim.listen(service, event, (...args) => {
    if (guard.isOver()) return;
    try {
      handler(...(args as ServiceEventArgs<K, E>));
    } catch (error) {
      guard.onThrow(
        `${service} ${event}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  });
}
