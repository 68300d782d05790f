import { type Clock, foreignCall } from '@/platform';
import type { NimPort } from '@/sdk';
import type { Journal } from './journal';
import type { SocketGate } from './socket-gate';
import type { SocketOwner } from './socket-ticket';

interface ImSocketsDependencies {
  nim: NimPort;
  gate: SocketGate;
  owner: SocketOwner;
  clock: Clock;
  journal: Journal;
}

/** Maximum wait for the last socket's `onClose` before the next attempt (the gate still enforces the limits). */
const CLOSE_WAIT_MS = 10_000;
/** The SDK's own logout ends after 1 s; its `destroy` waits for the logout only. */
const DESTROY_MS = 3_000;

/** The sockets of one SDK instance. Leaves no socket open, whatever state the SDK believes to be in. */
export class ImSockets {
  constructor(private readonly deps: ImSocketsDependencies) {}

  /** Closes the socket that the SDK holds and those that the SDK lost. Only while no link is wanted. */
  drop(): void {
    const { nim, gate, owner } = this.deps;
    nim.closeSocket();
    gate.closeAll(owner);
  }

  /** Resolves when the sockets fired `onClose`, or after 10 s. @returns the number that did not */
  whenClosed(): Promise<number> {
    const { gate, owner } = this.deps;
    return gate.whenClosed(owner, CLOSE_WAIT_MS);
  }

  /** Destroys the SDK instance and closes its sockets, also when `destroy` fails or never settles. */
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
