import Taro from '@tarojs/taro';
import { systemClock } from '@/platform';
import { bubbleId } from '../ui/bubble-id';
import { type ScrollExtent, ScrollPort, type ScrollPosition } from './scroll-port';

/** A scroll down to within this many px of the end counts as a scroll to the end. */
const NEAR_END = 80;
/** A distance of this many px from the end is not visible. */
const AT_END = 4;
/** A finger that rests for this long reads: messages that come meanwhile are unseen. A tap is shorter. */
const RESTS_MS = 1000;
/** Shortest time between two looks for a row that the view is getting, and how often the list looks. */
const LOOK_MS = 50;
const LOOKS = 60;
/** Distance from the start of the list at which the scroll-view asks for older rows, px. */
export const UPPER = 600;
/** A row within this many px of its place is not moved again. */
const IN_PLACE = 2;
/** Beyond any list: a scroll-view stops at its end. Each move adds 1, since an equal value moves nothing. */
const END = 1_000_000;

/** The messages that the list shows, as far as scrolling needs them. */
interface ScrolledMessages {
  /** Newer messages than the list shows are in memory or on the server. */
  readonly hasNewer: boolean;
  loadOlder(): Promise<void>;
  loadNewer(): void | Promise<void>;
  jumpToLatest(): void | Promise<void>;
  setAtBottom(atBottom: boolean): void;
}

/** The messageClientIds at both ends of the list; undefined when the list is empty. */
export interface ListEdges {
  readonly oldest: string | undefined;
  readonly newest: string | undefined;
}

interface ListScrollOptions {
  /** Of the scroll-view. */
  readonly id: string;
  readonly edges: () => ListEdges;
  /**
   * The list is short: it keeps new messages back while the reader is further up, and drops rows at one end
   * when a page comes at the other.
   */
  readonly keepsBack?: boolean;
}

/** `overtaken`: the reader has asked for another place meanwhile. */
export type RowShown = 'shown' | 'missing' | 'overtaken';

/** The fingers on a list, and the node under the first of them. */
export interface TouchSeen {
  readonly target: unknown;
  readonly touches?: readonly { readonly clientX: number; readonly clientY: number }[];
}

/** Hears of the fingers on a list. */
export interface TouchWatch {
  down(touch: TouchSeen): void;
  move(touch: TouchSeen): void;
}

interface TouchEnded {
  readonly type: string;
  /** The fingers that are still on the screen. */
  readonly touches?: { readonly length: number };
}

/**
 * Knows where the reader is in a list of messages, and moves the list: to the newest message while the
 * reader is at the end, and never while they read further up or have a finger on the list. Not observable:
 * the position changes with every scrolled pixel and is not sent to the view thread.
 */
export class ListScroll {
  atEnd = true;
  readonly port: ScrollPort;
  /** Set by the list: the reader has gone far from the end, or has come back. */
  onFar: (far: boolean) => void = () => undefined;
  watch: TouchWatch | null = null;
  /** Set by the page: the list was scrolled, by a finger or by itself. */
  onMove: () => void = () => undefined;
  private height = 0;
  /** The last known position of the list. */
  private last: ScrollPosition | null = null;
  /** A finger on the list, and since when; ms since 1970. */
  private touch: { readonly since: number } | null = null;
  /** The last value given to `setAtBottom`. */
  private told = true;
  private loadingNewer = false;
  private far = false;
  private loadingOlder = false;
  private moves = 0;
  /** The place that the list is going to; no page is loaded on the way. */
  private aim: object | null = null;
  /** Moves to the end after which the layout was not measured yet: the known height may be an old one. */
  private unmeasured = 0;

  constructor(
    private readonly list: ScrolledMessages,
    private readonly options: ListScrollOptions,
  ) {
    this.port = new ScrollPort(options.id);
  }

  /** Keeps the end in sight while the reader is there. Called when rows or the keyboard change the layout. */
  followEnd(): void {
    if (!this.atEnd || this.list.hasNewer) return;
    if (this.touch) {
      // The view may never send the touchend, as the touched row can be removed. The pill is the way back.
      if (Date.now() - this.touch.since > RESTS_MS) this.setAtEnd(false);
      return;
    }
    this.port.moveTo(END + ++this.moves);
    this.unmeasured++;
    Taro.nextTick(() => void this.correctEnd());
  }

  /**
   * Moves the list to a row, which `load` brings into the list; `missing`: `load` has resolved to false.
   * @throws what `load` throws
   * @param boxOf returns the id of the node that holds the place of the row while the row is unloaded
   * @param offset from the upper edge of the list to that of the row, px; without it the row is in the upper third
   */
  async toRow(
    messageClientId: string,
    load: () => Promise<boolean>,
    boxOf: () => string | undefined,
    offset?: number,
  ): Promise<RowShown> {
    const aim = (this.aim = {});
    const wasAtEnd = this.atEnd;
    // Rows that come with the page do not move the list to its end.
    this.atEnd = false;
    let error: unknown;
    const isFound = await load().catch((cause: unknown) => {
      error = cause;
      return false;
    });
    if (this.aim !== aim) return 'overtaken';
    if (isFound) {
      this.told = false;
      await this.approach(bubbleId(messageClientId), boxOf, aim, offset);
      if (this.aim !== aim) return 'overtaken';
    } else this.atEnd = wasAtEnd;
    this.aim = null;
    const now = await this.lookAgain();
    if (error) throw error;
    // The list may have come to rest where no scroll event asks for the next page.
    if (now && now.scrollTop < UPPER) this.onUpper();
    return isFound ? 'shown' : 'missing';
  }

  toEnd(): void {
    this.aim = null;
    void this.list.jumpToLatest();
    this.atEnd = true;
    this.told = true;
    this.touch = null;
    this.setFar(false);
    this.followEnd();
  }

  readonly onScroll = ({ detail }: { detail: ScrollPosition }): void => {
    this.look(detail);
    this.onMove();
  };

  /** From here on only the finger moves the list. */
  readonly onTouchStart = (event?: TouchSeen): void => {
    this.touch = { since: Date.now() };
    if (event) this.watch?.down(event);
    void this.lookAgain();
  };

  readonly onTouchMove = (event: TouchSeen): void => this.watch?.move(event);

  /** Scroll events may come later than the end of a quick touch, so the list is measured. */
  readonly onTouchEnd = ({ touches }: TouchEnded): void => {
    if (touches && touches.length > 0) return;
    const { touch } = this;
    void this.lookAgain().then((now) => {
      if (this.touch !== touch) return;
      this.touch = null;
      if (now && restOf(now, now.height) > 1) this.followEnd();
    });
  };

  readonly onLower = (): void => {
    if (this.aim) return;
    if (this.list.hasNewer) void this.loadNewer();
    else void this.lookAgain();
  };

  readonly onUpper = (): void => {
    if (this.aim) return;
    void this.loadOlder();
  };

  /** Measures the height of the list on the screen; without it the distance to the end is unknown. */
  async measure(): Promise<ScrollExtent | null> {
    const found = await this.port.measure();
    if (found) this.height = found.height;
    this.last ??= found;
    return found;
  }

  /**
   * Records the position of the list. A scroll up leaves the end, however short it is; a scroll down to the
   * neighbourhood of the end is back there. A change of the layout alone is neither.
   */
  private look(now: ScrollPosition): void {
    const before = this.last;
    this.last = now;
    if (this.aim) return;
    this.leaveTop();
    if (this.height === 0) return;
    const rest = restOf(now, this.height);
    const turned = before ? rest - restOf(before, this.height) : 0;
    const scrolled = before ? now.scrollTop - before.scrollTop : 0;
    const isUp = scrolled < 0 && turned > 0;
    const isDown = scrolled > 0 && turned < 0;
    if (rest <= AT_END || (rest < NEAR_END && isDown)) this.reachEnd();
    else if (this.touch ? isUp : this.unmeasured === 0 && (isUp || this.strayed(rest)))
      this.setAtEnd(false);
    this.setFar(rest > 2 * this.height);
  }

  /**
   * Moves the list until the row lies at its offset, or in the upper third of the list. The view gets the row later
   * than the list, and a position that comes together with new rows may be applied before they are laid out.
   */
  private async approach(
    row: string,
    boxOf: () => string | undefined,
    aim: object,
    offset?: number,
  ): Promise<void> {
    let isSeen = false;
    for (let looks = 0; looks < LOOKS; looks++) {
      await new Promise<void>((done) => void systemClock.setTimeout(done, LOOK_MS));
      const list = await this.measure();
      const seen = await this.port.spotOf(row);
      isSeen ||= seen !== null;
      const box = isSeen ? undefined : boxOf();
      const spot = seen ?? (box ? await this.port.spotOf(box) : null);
      if (this.aim !== aim || !list) return;
      if (!spot) continue;
      const wanted = spot.top - (offset ?? Math.max(0, list.height - (spot.bottom - spot.top)) / 3);
      const most = Math.max(0, list.scrollHeight - list.height);
      const target = Math.min(Math.max(wanted, 0), most);
      if (seen && Math.abs(target - spot.scrollTop) < IN_PLACE) return;
      // The half px makes every position a new one for the view.
      this.port.moveTo(target + (++this.moves % 2) / 2);
    }
  }

  /** Away from the end although no scroll up was seen: scroll events come rarely. */
  private strayed(rest: number): boolean {
    return this.atEnd && rest >= NEAR_END;
  }

  private async lookAgain(): Promise<ScrollExtent | null> {
    const now = await this.measure();
    if (now) this.look(now);
    return now;
  }

  /** The end of the rows in the view; there may be newer messages. */
  private reachEnd(): void {
    this.setAtEnd(!this.list.hasNewer);
    if (this.list.hasNewer) void this.loadNewer();
  }

  private async loadNewer(): Promise<void> {
    if (this.loadingNewer) return;
    const { keepsBack, edges } = this.options;
    this.loadingNewer = true;
    try {
      if (keepsBack) await this.holding(edges().newest, () => this.list.loadNewer());
      else await this.list.loadNewer();
    } finally {
      this.loadingNewer = false;
    }
    if (keepsBack && !this.list.hasNewer) this.tell(true);
  }

  private async loadOlder(): Promise<void> {
    if (this.loadingOlder) return;
    this.loadingOlder = true;
    this.leaveTop();
    try {
      await this.holding(this.options.edges().oldest, () => this.list.loadOlder());
    } finally {
      this.loadingOlder = false;
    }
  }

  /**
   * Loads a page while a message that stays in the list keeps its place on the screen. Where the platform
   * does not hold the place by itself (overflow-anchor, scroll-anchoring), the list is scrolled once
   * afterwards by as much as the message has moved in the content. Rows that come at the other end do not
   * move the message.
   */
  private async holding(
    messageClientId: string | undefined,
    load: () => void | Promise<void>,
  ): Promise<void> {
    const id = messageClientId && bubbleId(messageClientId);
    const before = id ? await this.port.spotOf(id) : null;
    await load();
    if (!id || !before) return;
    const { scrollTop } = this.last ?? before;
    Taro.nextTick(() => void this.holdPlace(id, before.bottom, scrollTop));
  }

  /** `bottom` and `scrollTop`: the anchor and the list before the page came. */
  private async holdPlace(anchor: string, bottom: number, scrollTop: number): Promise<void> {
    const after = await this.port.spotOf(anchor);
    if (!after) return;
    const shift = after.bottom - bottom;
    const moved = after.scrollTop - scrollTop;
    if (Math.abs(shift) > 1 && Math.abs(moved - shift) > Math.abs(shift) / 2)
      this.port.moveTo(after.scrollTop + shift);
  }

  /** Scroll anchoring holds every place but the very top. */
  private leaveTop(): void {
    if (this.loadingOlder && this.last?.scrollTop === 0) this.port.moveTo(1);
  }

  private setAtEnd(atEnd: boolean): void {
    this.atEnd = atEnd;
    this.tell(atEnd);
  }

  private tell(atBottom: boolean): void {
    if (atBottom === this.told) return;
    this.told = atBottom;
    this.list.setAtBottom(atBottom);
  }

  private setFar(far: boolean): void {
    if (far === this.far) return;
    this.far = far;
    this.onFar(far);
  }

  /** A position given together with new rows may be applied before they are laid out. */
  private async correctEnd(): Promise<void> {
    const now = await this.measure();
    this.unmeasured--;
    if (!now || !this.atEnd || this.touch) return;
    if (restOf(now, now.height) > 1) this.port.moveTo(END + ++this.moves);
  }
}

/** px from the lower edge of the visible part to the end of the list. */
function restOf({ scrollTop, scrollHeight }: ScrollPosition, height: number): number {
  return scrollHeight - scrollTop - height;
}
