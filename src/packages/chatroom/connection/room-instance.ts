import { ConnectionError, type Journal, LinkWatch } from '@/connection';
import { type Clock, foreignCall } from '@/platform';
import { Gone } from './gone';
import type { RoomPort, RoomServices } from './room-port';

interface InstanceDependencies {
  port: RoomPort;
  clock: Clock;
  journal: Journal;
  /** My account: its member is what the link is probed with. */
  accountId: string;
  /** Whether the room is entered with this instance, and the link believed in. */
  isUp: () => boolean;
  /** The link does not answer any more. */
  onDead: () => void;
}

/** A request that the SDK neither answers nor gives up (it does after 8 s). */
const CALL_MS = 20_000;
/** How long an SDK instance may take to leave and to free itself (1 s for a silent server). */
const DESTROY_MS = 5_000;

const TIMEOUT = 191005;
const DISCONNECTED = 192003;
const NO_ANSWER = 192004;

/** One SDK instance in force: its calls are bounded and end with it, and its link is watched. */
export class RoomInstance {
  private readonly gone = new Gone();
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
        onLimit: () => new ConnectionError(NO_ANSWER, `no answer in ${limitMs} ms`),
        whenEnded: (handler) => this.gone.add(handler),
        onEnded: () => new ConnectionError(DISCONNECTED, 'the link was lost'),
      });
      if (limitMs === CALL_MS) this.watch.noteRoundTrip(clock.now() - since);
      return answer;
    } catch (cause) {
      const error = ConnectionError.from(cause);
      if (error.code === NO_ANSWER) this.watch.suspect();
      throw error;
    }
  }

  /** The link may be dead without a word: probes it. */
  doubt(): void {
    this.watch.doubt();
  }

  /** Nothing is heard of it any more; resolves when it has left and freed itself, or does not. Never rejects. */
  async drop(): Promise<void> {
    const { port, clock, journal } = this.deps;
    for (const stop of this.listening.splice(0)) stop();
    this.gone.fire();
    await foreignCall(() => port.destroy(), {
      clock,
      limitMs: DESTROY_MS,
      onLimit: () => new ConnectionError(TIMEOUT, 'the instance does not end'),
    }).catch((error: unknown) => journal.record('room', String(error)));
  }
}
