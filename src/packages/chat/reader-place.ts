import type { ListScroll } from '@/components/message-list/list-scroll';
import { bubbleId } from '@/components/ui/bubble-id';
import type { Clock } from '@/platform';
import type { Chat } from '@/stores';
import { segmentsOf } from './chat-scroll';
import type { LeftPlace } from './left-places';

/** The list rests when it was not scrolled for this long. */
const RESTS_MS = 200;

/**
 * Knows the message at the upper edge of the list, for the next opening of the chat. The place is measured when the
 * list rests, because a page that is being left can no longer be measured. A binary search asks for the layout of about
 * ten nodes.
 */
export class ReaderPlace {
  private timer: ReturnType<Clock['setTimeout']> | null = null;
  private round = 0;

  /** `known`: the place at which the chat opens. */
  constructor(
    private readonly chat: Pick<Chat, 'history' | 'live' | 'placing'>,
    private readonly scroll: Pick<ListScroll, 'atEnd' | 'port'>,
    private readonly clock: Clock,
    private known: LeftPlace | null,
  ) {}

  /** The place; null at the end. */
  get(): LeftPlace | null {
    return this.scroll.atEnd ? null : this.known;
  }

  readonly scrolled = (): void => {
    this.dispose();
    this.timer = this.clock.setTimeout(() => void this.look(), RESTS_MS);
  };

  dispose(): void {
    this.round++;
    this.clock.clearTimeout(this.timer);
  }

  private async look(): Promise<void> {
    if (this.scroll.atEnd) return;
    const { round } = this;
    const segments = segmentsOf(this.chat);
    const box = await this.firstBelow(segments.map(({ id }) => id));
    const rows = box && segments[box.index]?.rows;
    if (!rows) return;
    const found = await this.firstBelow(
      rows.map(({ messageClientId }) => bubbleId(messageClientId)),
    );
    const row = found && rows[found.index];
    if (!row || round !== this.round) return;
    const { messageClientId, createTime } = row;
    this.known = { messageClientId, createTime, offset: found.offset };
  }

  /** The first of the nodes, from top to bottom, that reaches below the upper edge of the list. */
  private async firstBelow(
    ids: readonly string[],
  ): Promise<{ index: number; offset: number } | null> {
    let found: { index: number; offset: number } | null = null;
    let from = 0;
    let until = ids.length;
    while (from < until) {
      const index = (from + until) >> 1;
      const spot = await this.scroll.port.spotOf(ids[index] as string);
      if (!spot) return null;
      if (spot.bottom > spot.scrollTop) {
        found = { index, offset: spot.top - spot.scrollTop };
        until = index;
      } else from = index + 1;
    }
    return found;
  }
}
