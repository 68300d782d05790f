import type { Clock } from '@/platform';
import type { NimPort } from '@/sdk';
import type { Journal } from './journal';
import { isLinkAlive, PROBE_MS, RoundTrips } from './link-check';

interface Watched {
  link: Pick<NimPort, 'probe'>;
  clock: Clock;
  journal: Journal;
  /** Whether there is a link to check. */
  isUp: () => boolean;
  onDead: () => void;
}

/** The shortest limit of a probe after a request without an answer: the link has been silent for 8 s already. */
const SUSPECTED_MS = 1_000;

/** Probes the link when there is a reason to doubt it; reasons that come during a probe share its result. */
export class LinkWatch {
  private readonly roundTrips = new RoundTrips();
  private isProbing = false;
  private links = 0;

  constructor(private readonly watched: Watched) {}

  /** There is a new link: the result of a probe of the old link must be ignored. */
  newLink(): void {
    this.links++;
    this.isProbing = false;
  }

  /** Records an answer that took this many milliseconds. */
  addRoundTrip(ms: number): void {
    this.roundTrips.record(ms);
  }

  /** The app is back, or on another network: the link may be dead without an event. */
  doubt(): void {
    void this.probe(PROBE_MS);
  }

  /** A request got no answer. */
  suspect(): void {
    void this.probe(SUSPECTED_MS);
  }

  private async probe(floorMs: number): Promise<void> {
    const { link, clock, journal, isUp, onDead } = this.watched;
    if (this.isProbing || !isUp()) return;
    this.isProbing = true;
    const { links } = this;
    const since = clock.now();
    const withinMs = this.roundTrips.limitMs(floorMs);
    const isAlive = await isLinkAlive(link, clock, withinMs);
    if (links !== this.links) return;
    this.isProbing = false;
    if (isAlive) {
      this.roundTrips.record(clock.now() - since);
    } else if (isUp()) {
      journal.record('check', `no answer within ${withinMs} ms: rebuilding the link`);
      onDead();
    }
  }
}
