import { type Clock, foreignCall } from '@/platform';
import type { NimPort } from '@/sdk';
import type { Journal } from './journal';
import type { SocketGate, SocketOwner } from './socket-gate';

interface ImSocketsDependencies {
  nim: NimPort;
  gate: SocketGate;
  owner: SocketOwner;
  clock: Clock;
  journal: Journal;
}

/** How long to wait for the last socket's `onClose` before trying anyway (the gate still holds the limits). */
const CLOSE_WAIT_MS = 10_000;
/** The SDK's own logout ends after 1 s; its `destroy` waits for that and for nothing else. */
const DESTROY_MS = 3_000;

/** The sockets of one SDK instance. None is left behind, whatever the SDK takes for its state. */
export class ImSockets {
  constructor(private readonly deps: ImSocketsDependencies) {}

  /** Closes what the SDK holds, and what the SDK has forgotten. Only while no link is wanted. */
  drop(): void {
    const { nim, gate, owner } = this.deps;
    nim.closeSocket();
    gate.closeAll(owner);
  }

  /** Resolves when the sockets fired `onClose`, or after 10 s. @returns how many have not. */
  whenClosed(): Promise<number> {
    const { gate, owner } = this.deps;
    return gate.whenClosed(owner, CLOSE_WAIT_MS);
  }

  /** Destroys the SDK instance and closes its sockets, also when `destroy` fails or never answers. */
  async end(): Promise<void> {
    const { nim, owner, clock, journal } = this.deps;
    try {
      await foreignCall(() => nim.destroy(), {
        clock,
        limitMs: DESTROY_MS,
        onLimit: () => new Error(`destroy not done within ${DESTROY_MS} ms`),
      });
    } catch (error) {
      journal.record('close', error instanceof Error ? error.message : String(error));
    }
    this.drop();
    const left = await this.whenClosed();
    if (left > 0) journal.record('close', `${left} socket(s) of ${owner} never fired onClose`);
  }
}
