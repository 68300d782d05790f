import Taro from '@tarojs/taro';
import { type ScrollExtent, ScrollPort, type ScrollPosition } from './scroll-port';

/** Who scrolls down to within so many px of the end is at the end. */
const NEAR_END = 80;
/** Nobody can tell so few px from the end itself. */
const AT_END = 4;
/** A finger that rests for so long reads: what comes meanwhile is unseen. A tap is over by then. */
const RESTS_MS = 1000;
/** Beyond any list: a scroll-view stops at its end. Another number each time, or nothing would move. */
const END = 1_000_000;
/** The container that older rows come into. */
const OLDER = '.history';

/** What a list of messages offers to whoever scrolls it. */
export interface ScrolledMessages {
  /** From new to old. */
  readonly history: readonly unknown[];
  /** Newer messages than the list shows are in memory. */
  readonly hasNewer: boolean;
  /** While the reader is further up new messages are kept back: who has caught up wants to see them come. */
  readonly keepsBack?: boolean;
  loadOlder(): Promise<void>;
  loadNewer(): void | Promise<void>;
  jumpToLatest(): void;
  setAtBottom(atBottom: boolean): void;
}

interface TouchEnded {
  readonly type: string;
  /** The fingers that are still on the screen. */
  readonly touches?: { readonly length: number };
}

/**
 * Where the reader is in the list, and who moves it: nobody while they read further up or have a finger on
 * it, the newest message while they are at the end. Plain: what it knows changes with every scrolled pixel
 * and is no business of the view thread.
 */
export class ListScroll {
  atEnd = true;
  readonly port: ScrollPort;
  /** Set by the list: the reader is far from the end, or no longer. */
  onFar: (far: boolean) => void = () => undefined;
  private height = 0;
  /** Where the list was seen last. */
  private last: ScrollPosition | null = null;
  /** A finger on the list, and since when; ms since 1970. */
  private touch: { readonly since: number } | null = null;
  /** What the chat was told last. */
  private told = true;
  private loadingNewer = false;
  private far = false;
  private loading = false;
  private moves = 0;
  /** Moves to the end after which the layout was not looked at yet: the height may be an old one. */
  private unmeasured = 0;

  /** @param id of the scroll-view */
  constructor(
    private readonly chat: ScrolledMessages,
    id: string,
  ) {
    this.port = new ScrollPort(id);
  }

  /** Keeps the end in sight when it was. Called when rows or the keyboard have changed the layout. */
  followEnd(): void {
    if (!this.atEnd || this.chat.hasNewer) return;
    if (this.touch) {
      // The view may never tell that the finger has gone: its row can go first. The pill is the way back.
      if (Date.now() - this.touch.since > RESTS_MS) this.setAtEnd(false);
      return;
    }
    this.port.moveTo(END + ++this.moves);
    this.unmeasured++;
    Taro.nextTick(() => void this.correctEnd());
  }

  toEnd(): void {
    this.chat.jumpToLatest();
    this.atEnd = true;
    this.told = true;
    this.touch = null;
    this.setFar(false);
    this.followEnd();
  }

  readonly onScroll = ({ detail }: { detail: ScrollPosition }): void => this.look(detail);

  /** From here on the finger moves the list, and nobody else. */
  readonly onTouchStart = (): void => {
    this.touch = { since: Date.now() };
    void this.lookAgain();
  };

  /** Scroll events may come later than the end of a quick touch: where the list is decides. */
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
    if (this.chat.hasNewer) void this.loadNewer();
    else void this.lookAgain();
  };

  readonly onUpper = (): void => {
    void this.loadOlder();
  };

  /** How high the list is on the screen; without it nobody can tell how far its end is. */
  async measure(): Promise<ScrollExtent | null> {
    const found = await this.port.measure();
    if (found) this.height = found.height;
    this.last ??= found;
    return found;
  }

  /**
   * Takes note of where the list is. A scroll up leaves the end, however little it was; a scroll down to its
   * neighbourhood is back there. What only the layout has changed is neither.
   */
  private look(now: ScrollPosition): void {
    const before = this.last;
    this.last = now;
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

  /** Away from the end without a scroll up that was seen: events are told seldom. */
  private strayed(rest: number): boolean {
    return this.atEnd && rest >= NEAR_END;
  }

  private async lookAgain(): Promise<ScrollExtent | null> {
    const now = await this.measure();
    if (now) this.look(now);
    return now;
  }

  /** Of what is shown; there may be newer messages. */
  private reachEnd(): void {
    this.setAtEnd(!this.chat.hasNewer);
    if (this.chat.hasNewer) void this.loadNewer();
  }

  private async loadNewer(): Promise<void> {
    if (this.loadingNewer) return;
    this.loadingNewer = true;
    try {
      await this.chat.loadNewer();
    } finally {
      this.loadingNewer = false;
    }
    if (this.chat.keepsBack && !this.chat.hasNewer) this.tell(true);
  }

  /**
   * Older rows come above the eye. Where the platform does not hold the place by itself (overflow-anchor,
   * scroll-anchoring), the difference in height is scrolled by, once, afterwards. Of the older rows alone:
   * the list grows at its end too while they are on their way.
   */
  private async loadOlder(): Promise<void> {
    if (this.loading) return;
    const { length } = this.chat.history;
    this.loading = true;
    this.leaveTop();
    const above = await this.port.heightOf(OLDER);
    try {
      await this.chat.loadOlder();
    } finally {
      this.loading = false;
    }
    const before = this.last;
    if (!before || above === null || this.chat.history.length === length) return;
    Taro.nextTick(() => void this.holdPlace(before.scrollTop, above));
  }

  /** `top` and `above`: where the list stood, and how high the older rows were, before more of them came. */
  private async holdPlace(top: number, above: number): Promise<void> {
    const [after, now] = await Promise.all([this.measure(), this.port.heightOf(OLDER)]);
    if (!after || now === null) return;
    const grown = now - above;
    if (grown > 0 && after.scrollTop - top < grown / 2) this.port.moveTo(after.scrollTop + grown);
  }

  /** Scroll anchoring holds every place but the very top. */
  private leaveTop(): void {
    if (this.loading && this.last?.scrollTop === 0) this.port.moveTo(1);
  }

  private setAtEnd(atEnd: boolean): void {
    this.atEnd = atEnd;
    this.tell(atEnd);
  }

  private tell(atBottom: boolean): void {
    if (atBottom === this.told) return;
    this.told = atBottom;
    this.chat.setAtBottom(atBottom);
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

/** px from the lower edge of what is seen to the end of the list. */
function restOf({ scrollTop, scrollHeight }: ScrollPosition, height: number): number {
  return scrollHeight - scrollTop - height;
}
