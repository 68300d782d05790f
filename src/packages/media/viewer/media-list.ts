import { makeObservable, observableRef, runInAction } from 'mobx';
import type { MediaItem } from '@/components/media/media-item';
import type { MediaSource, Side } from '@/components/media/media-source';

/** Places on each side of the item that was opened. Empty places cost little, and nothing moves when items come. */
const PLACES = 30;
/** With fewer items than this left on a side, more are asked for. */
const AHEAD = 4;
/** Items that are kept on each side of the present one; those further away are asked for again. */
const KEPT = 150;

/** `loading` and `failed`: the items of this side. `end`: there are no more. */
type SideState = 'more' | 'loading' | 'failed' | 'end';

/**
 * The pictures and videos of a conversation around the one on the screen. Items have fixed places in the swiper:
 * a prepended item takes an empty place, so that the swiper never jumps. When the last place is reached, the places are
 * counted anew from there (`round`).
 */
export class MediaList {
  items: readonly MediaItem[];
  sides: Readonly<Record<Side, SideState>>;
  /** Number of places before the first item of the round, and of all places. */
  before = 0;
  count = 1;
  round = 0;
  place = 0;
  /** Ids of pictures whose original was asked for. */
  originals: ReadonlySet<string> = new Set();
  /** Index of the item at the place `before`. */
  private origin: number;
  private disposed = false;

  constructor(
    private readonly source: MediaSource,
    id: string,
  ) {
    this.items = source.items;
    this.origin = Math.max(
      0,
      this.items.findIndex((item) => item.id === id),
    );
    this.sides = {
      older: source.hasOlder ? 'more' : 'end',
      newer: source.hasNewer ? 'more' : 'end',
    };
    this.layOut();
    makeObservable(this, {
      items: observableRef,
      sides: observableRef,
      round: observableRef,
      place: observableRef,
      originals: observableRef,
    });
  }

  get current(): MediaItem | undefined {
    return this.at(this.place);
  }

  /** The item at a place; undefined where none is loaded. */
  at(place: number): MediaItem | undefined {
    return this.items[this.indexOf(place)];
  }

  /** The side that an empty place belongs to. */
  sideOf(place: number): Side {
    return this.indexOf(place) < 0 ? 'older' : 'newer';
  }

  /** The reader has swiped to a place. */
  show(place: number): void {
    runInAction(() => (this.place = place));
    this.loadAhead();
  }

  /** The swiper rests: leaves a place that stays empty, and makes new places at the last one. */
  settle(): void {
    const index = this.indexOf(this.place);
    runInAction(() => {
      if (!this.current && this.sides[this.sideOf(this.place)] === 'end')
        this.place = this.before + this.nearest(index) - this.origin;
      else if (this.current && this.isLastPlace()) {
        this.origin = index;
        this.layOut();
        this.round++;
      }
    });
  }

  showOriginal(id: string): void {
    runInAction(() => (this.originals = new Set([...this.originals, id])));
  }

  /** Asks for more items where few are left. */
  loadAhead(): void {
    const index = this.indexOf(this.place);
    if (index < AHEAD && this.sides.older === 'more') void this.load('older');
    if (this.items.length - index <= AHEAD && this.sides.newer === 'more') void this.load('newer');
  }

  async load(side: Side): Promise<void> {
    const beside = this.anchorOf(side);
    if (!beside || this.sides[side] === 'loading') return;
    this.setSide(side, 'loading');
    try {
      const found = await this.source.more(side, beside);
      if (this.disposed) return;
      const known = new Set(this.items.map(({ id }) => id));
      const added = found.filter(({ id }) => !known.has(id));
      runInAction(() => this.add(side, added));
      this.setSide(side, added.length > 0 ? 'more' : 'end');
      this.loadAhead();
    } catch {
      this.setSide(side, 'failed');
    }
  }

  dispose(): void {
    this.disposed = true;
  }

  private add(side: Side, added: readonly MediaItem[]): void {
    const isOlder = side === 'older';
    this.items = isOlder ? [...added, ...this.items] : [...this.items, ...added];
    if (isOlder) this.origin += added.length;
    const index = this.indexOf(this.place);
    const tooMany = isOlder ? this.items.length - 1 - index - KEPT : index - KEPT;
    if (tooMany <= 0) return;
    this.items = isOlder ? this.items.slice(0, -tooMany) : this.items.slice(tooMany);
    if (!isOlder) this.origin -= tooMany;
    this.setSide(isOlder ? 'newer' : 'older', 'more');
  }

  /** The outermost item that the server knows. */
  private anchorOf(side: Side): MediaItem | undefined {
    const items = side === 'older' ? this.items : [...this.items].reverse();
    return (
      items.find(({ message: { messageServerId: id } }) => id !== '' && id !== '0') ?? items[0]
    );
  }

  private indexOf(place: number): number {
    return this.origin + place - this.before;
  }

  private nearest(index: number): number {
    return Math.min(Math.max(index, 0), this.items.length - 1);
  }

  private isLastPlace(): boolean {
    const { place, count, sides } = this;
    return (place === 0 && sides.older !== 'end') || (place === count - 1 && sides.newer !== 'end');
  }

  private layOut(): void {
    const { origin, items, sides } = this;
    const after = items.length - 1 - origin;
    this.before = sides.older === 'end' ? Math.min(PLACES, origin) : PLACES;
    this.count = this.before + 1 + (sides.newer === 'end' ? Math.min(PLACES, after) : PLACES);
    this.place = this.before;
  }

  private setSide(side: Side, state: SideState): void {
    runInAction(() => (this.sides = { ...this.sides, [side]: state }));
  }
}
