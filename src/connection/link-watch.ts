import type { Clock } from '@/platform';
import type { NimPort } from '@/sdk';
import type { Journal } from './journal';
import { isLinkAlive, PROBE_MS, RoundTrips } from './link-check';

interface Watched {
  link: Pick<NimPort, 'probe'>;
  clock: Clock;
  journal: Journal;
  /** Whether there is a link to look at. */
  isUp: () => boolean;
  onDead: () => void;
}

/** The limit after a request without an answer: the link has been silent for 8 s already. */
const SUSPECTED_MS = 1_000;

/** Looks at the link when there is a reason to doubt it, once for all reasons that come while it looks. */
export class LinkWatch {
  private readonly roundTrips = new RoundTrips();
  private isLooking = false;
  private links = 0;

  constructor(private readonly watched: Watched) {}

  /** There is another link: what a look at the last one finds says nothing of this one. */
  newLink(): void {
    this.links++;
    this.isLooking = false;
  }

  /** An answer took this many milliseconds. */
  noteRoundTrip(ms: number): void {
    this.roundTrips.note(ms);
  }

  /** The app is back, or on another network: the link may be dead without a word. */
  doubt(): void {
    void this.look(PROBE_MS);
  }

  /** A request got no answer. */
  suspect(): void {
    void this.look(SUSPECTED_MS);
  }

  private async look(floorMs: number): Promise<void> {
    const { link, clock, journal, isUp, onDead } = this.watched;
    if (this.isLooking || !isUp()) return;
    this.isLooking = true;
    const { links } = this;
    const since = clock.now();
    const withinMs = this.roundTrips.limitMs(floorMs);
    const isAlive = await isLinkAlive(link, clock, withinMs);
    if (links !== this.links) return;
    this.isLooking = false;
    if (isAlive) {
      this.roundTrips.note(clock.now() - since);
    } else if (isUp()) {
      journal.record('check', `no answer within ${withinMs} ms: rebuilding the link`);
      onDead();
    }
  }
}
