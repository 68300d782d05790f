import Taro from '@tarojs/taro';
import { ListScroll, type ScrolledMessages } from '@/components/message-list/list-scroll';
import type { ScrollPort } from '@/components/message-list/scroll-port';
import type { RoomRow } from '../stores/room-row';
import type { RoomTalk } from '../stores/room-talk';

/** The id of what a row says; the menu stands over it, and it holds the place when rows come and go. */
export function saidId(messageClientId: string): string {
  return `b-${messageClientId}`;
}

/** Where the reader is in a room's talk, and who moves it. */
export class RoomScroll extends ListScroll {
  constructor(talk: RoomTalk, listId: string) {
    const held = new HeldTalk(talk, listId);
    super(held, listId);
    held.port = this.port;
  }
}

/** In the content of the list, and how far that is scrolled; px. */
interface Spot {
  top: number;
  scrollTop: number;
}

/**
 * A room's talk as a scrolled list wants it. Its window is bounded, so that pages come and go at both ends:
 * the row that stays is held in its place.
 */
class HeldTalk implements ScrolledMessages {
  /** The list's own way of holding the place knows of older rows only. */
  readonly history: readonly unknown[] = [];
  readonly keepsBack = true;
  port: ScrollPort | null = null;

  constructor(
    private readonly talk: RoomTalk,
    private readonly listId: string,
  ) {}

  get hasNewer(): boolean {
    return this.talk.hasNewer;
  }

  loadOlder(): Promise<void> {
    return this.holding(this.talk.rows()[0], () => this.talk.loadOlder());
  }

  loadNewer(): Promise<void> {
    const rows = this.talk.rows();
    return this.holding(rows[rows.length - 1], () => this.talk.loadNewer());
  }

  jumpToLatest(): void {
    void this.talk.jumpToLatest();
  }

  setAtBottom(atBottom: boolean): void {
    this.talk.setAtBottom(atBottom);
  }

  /** Where the platform does not hold the place by itself, the difference is scrolled by, once, afterwards. */
  private async holding(row: RoomRow | undefined, load: () => Promise<void>): Promise<void> {
    const before = row && (await this.spotOf(row));
    await load();
    if (!row || !before) return;
    Taro.nextTick(() => {
      void this.spotOf(row).then((after) => {
        if (!after) return;
        const shift = after.top - before.top;
        const moved = after.scrollTop - before.scrollTop;
        if (Math.abs(shift) > 1 && Math.abs(moved - shift) > Math.abs(shift) / 2)
          this.port?.moveTo(after.scrollTop + shift);
      });
    });
  }

  private async spotOf({ messageClientId }: RoomRow): Promise<Spot | null> {
    const id = saidId(messageClientId);
    return process.env.TARO_ENV === 'weapp'
      ? spotInMiniProgram(this.listId, id)
      : spotInBrowser(this.listId, id);
  }
}

function spotInMiniProgram(listId: string, id: string): Promise<Spot | null> {
  return new Promise((resolve) => {
    Taro.createSelectorQuery()
      .select(`#${listId}`)
      .fields({ scrollOffset: true, rect: true })
      .select(`#${id}`)
      .boundingClientRect()
      .exec((found) => {
        const [list, row] = found as [
          { scrollTop: number; top: number } | null,
          { top: number } | null,
        ];
        resolve(
          list && row
            ? { top: row.top - list.top + list.scrollTop, scrollTop: list.scrollTop }
            : null,
        );
      });
  });
}

function spotInBrowser(listId: string, id: string): Spot | null {
  const list = document.getElementById(listId);
  const row = document.getElementById(id);
  if (!list || !row) return null;
  const { scrollTop } = list;
  const top = row.getBoundingClientRect().top - list.getBoundingClientRect().top + scrollTop;
  return { top, scrollTop };
}
