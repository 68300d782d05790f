import Taro from '@tarojs/taro';
import { type ScrollExtent, ScrollPort, type ScrollPosition } from './scroll-port';

/** Within so many px of the end the reader is at the end. */
const NEAR_END = 80;
/** Beyond any list: a scroll-view stops at its end. Another number each time, or nothing would move. */
const END = 1_000_000;

/** What a list of messages offers to whoever scrolls it. */
export interface ScrolledMessages {
  /** From new to old. */
  readonly history: readonly unknown[];
  /** Newer messages than the list shows are in memory. */
  readonly hasNewer: boolean;
  loadOlder(): Promise<void>;
  loadNewer(): void;
  jumpToLatest(): void;
  setAtBottom(atBottom: boolean): void;
}

/**
 * Where the reader is in the list, and who moves it: nobody while they read further up, the newest
 * message while they are at the end. Plain: what it knows changes with every scrolled pixel and is no
 * business of the view thread.
 */
export class ListScroll {
  atEnd = true;
  readonly port: ScrollPort;
  /** Set by the list: the reader is far from the end, or no longer. */
  onFar: (far: boolean) => void = () => undefined;
  private height = 0;
  /** Where the last scroll event saw the list. */
  private last: ScrollPosition | null = null;
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
    this.port.moveTo(END + ++this.moves);
    this.unmeasured++;
    Taro.nextTick(() => void this.correctEnd());
  }

  toEnd(): void {
    this.chat.jumpToLatest();
    this.atEnd = true;
    this.setFar(false);
    this.followEnd();
  }

  readonly onScroll = ({ detail }: { detail: ScrollPosition }): void => {
    this.last = detail;
    this.leaveTop();
    if (this.height === 0) return;
    const rest = detail.scrollHeight - detail.scrollTop - this.height;
    const atEnd = rest < NEAR_END;
    if (atEnd || this.unmeasured === 0) this.setAtEnd(atEnd);
    this.setFar(rest > 2 * this.height);
  };

  readonly onLower = (): void => {
    if (this.chat.hasNewer) this.chat.loadNewer();
    else this.setAtEnd(true);
  };

  readonly onUpper = (): void => {
    void this.loadOlder();
  };

  /** How high the list is on the screen; without it nobody can tell how far its end is. */
  async measure(): Promise<ScrollExtent | null> {
    const found = await this.port.measure();
    if (found) this.height = found.height;
    return found;
  }

  /**
   * Older rows come above the eye. Where the platform does not hold the place by itself (overflow-anchor,
   * scroll-anchoring), the difference in height is scrolled by, once, afterwards.
   */
  private async loadOlder(): Promise<void> {
    if (this.loading) return;
    const { length } = this.chat.history;
    this.loading = true;
    this.leaveTop();
    try {
      await this.chat.loadOlder();
    } finally {
      this.loading = false;
    }
    const before = this.last;
    if (!before || this.chat.history.length === length) return;
    Taro.nextTick(() => {
      void this.measure().then((after) => {
        if (!after) return;
        const grown = after.scrollHeight - before.scrollHeight;
        const moved = after.scrollTop - before.scrollTop;
        if (grown > 0 && moved < grown / 2) this.port.moveTo(after.scrollTop + grown);
      });
    });
  }

  /** Scroll anchoring holds every place but the very top. */
  private leaveTop(): void {
    if (this.loading && this.last?.scrollTop === 0) this.port.moveTo(1);
  }

  private setAtEnd(atEnd: boolean): void {
    const reached = atEnd && !this.chat.hasNewer;
    if (reached === this.atEnd) return;
    this.atEnd = reached;
    this.chat.setAtBottom(reached);
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
    if (!now || !this.atEnd) return;
    if (now.scrollHeight - now.scrollTop - now.height > 1) this.port.moveTo(END + ++this.moves);
  }
}
