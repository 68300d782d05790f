import { ConnectionError, type Journal, LinkWatch } from '@/connection';
import { type Clock, foreignCall } from '@/platform';
import { Code } from '@/sdk/codes';
import { VisitAbort } from './visit-abort';
import type { RoomPort, RoomServices } from './room-port';

interface InstanceDependencies {
  port: RoomPort;
  clock: Clock;
  journal: Journal;
  /** The own account: the link is probed with a request for its member. */
  accountId: string;
  /** Whether the room is entered with this instance, and the link counts as alive. */
  isUp: () => boolean;
  /** The link no longer answers. */
  onDead: () => void;
}

/** Limit of a request that the SDK neither answers nor gives up (the SDK gives up after 8 s). */
const CALL_MS = 20_000;
/** Time limit for an SDK instance to leave and to free itself (1 s for a silent server). */
const DESTROY_MS = 5_000;

/** The current SDK instance: its calls are bounded and end with it, and its link is watched. */
export class RoomInstance {
  private readonly visitAbort = new VisitAbort();
  private readonly watch: LinkWatch;
  private readonly listening: (() => void)[] = [];

  constructor(private readonly deps: InstanceDependencies) {
    const { port, clock, journal, accountId, isUp, onDead } = deps;
    const probe = async () => void (await port.services.room.getMemberByIds([accountId]));
    this.watch = new LinkWatch({ link: { probe }, clock, journal, isUp, onDead });
  }

  /** Listeners of the instance; they stop when it is dropped. */
  listen(...stops: (() => void)[]): void {
    this.listening.push(...stops);
  }

  /** @throws ConnectionError with the server's code; 192003 when the instance is dropped; 192004 without an answer */
  async call<T>(
    work: (services: RoomServices) => Promise<T>,
    limitMs: number = CALL_MS,
  ): Promise<T> {
    const { port, clock } = this.deps;
    const since = clock.now();
    try {
      const answer = await foreignCall(() => work(port.services), {
        clock,
        limitMs,
        onLimit: () => new ConnectionError(Code.protocolTimeout, `no answer in ${limitMs} ms`),
        whenEnded: (handler) => this.visitAbort.onAbort(handler),
        onEnded: () => new ConnectionError(Code.disconnect, 'the link was lost'),
      });
      if (limitMs === CALL_MS) this.watch.addRoundTrip(clock.now() - since);
      return answer;
    } catch (cause) {
      const error = ConnectionError.from(cause);
      if (error.code === Code.protocolTimeout) this.watch.suspect();
      throw error;
    }
  }

  /** The link may be dead without an event: probes the link. */
  doubt(): void {
    this.watch.doubt();
  }

  /**
   * Drops the instance: its events are ignored from now on. Resolves when the instance has left and freed
   * itself, or after the time limit. Never rejects.
   */
  async drop(): Promise<void> {
    const { port, clock, journal } = this.deps;
    for (const stop of this.listening.splice(0)) stop();
    this.visitAbort.abort();
    await foreignCall(() => port.destroy(), {
      clock,
      limitMs: DESTROY_MS,
      onLimit: () => new ConnectionError(Code.timeout, 'the instance does not end'),
    }).catch((error: unknown) => journal.record('room', String(error)));
  }
}
