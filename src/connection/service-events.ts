import type { ImServiceEvents, ImServices } from '@/sdk';

/** What the handler of one event of one service is given. */
export type ServiceEventArgs<
  K extends keyof ImServiceEvents,
  E extends keyof ImServiceEvents[K],
> = ImServiceEvents[K][E] extends unknown[] ? ImServiceEvents[K][E] : never;

interface ServiceEmitter {
  on(event: string, handler: (...args: unknown[]) => void): void;
  off(event: string, handler: (...args: unknown[]) => void): void;
}

export interface Guard {
  /** True once nothing of this connection may reach anybody any more. */
  isOver: () => boolean;
  onThrow: (text: string) => void;
}

/**
 * Listens to a service's event. The SDK calls handlers inside its socket callback: one that throws (say, on
 * a malformed push) would take the rest of the packet with it, so it is contained and told to the guard.
 */
export function listenGuarded<
  K extends keyof ImServiceEvents,
  E extends keyof ImServiceEvents[K] & string,
>(
  services: ImServices,
  service: K,
  event: E,
  handler: (...args: ServiceEventArgs<K, E>) => void,
  guard: Guard,
): () => void {
  const emitter = services[service] as unknown as ServiceEmitter;
  const guarded = (...args: unknown[]) => {
    if (guard.isOver()) return;
    try {
      handler(...(args as ServiceEventArgs<K, E>));
    } catch (error) {
      guard.onThrow(
        `${service} ${event}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  };
  emitter.on(event, guarded);
  return () => emitter.off(event, guarded);
}
