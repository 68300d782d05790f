import type { MediaItem } from '@/components/media/media-item';
import { mediaSource, type Side } from '@/components/media/media-source';
import { MediaList } from '@/packages/media/viewer/media-list';
import { MessageType } from '@/sdk/constants';
import { mediaUrls } from '@/sdk/media-urls';

const message = (n: number) => ({
  messageClientId: `m${n}`,
  messageServerId: `${n}`,
  createTime: n,
  isSelf: false,
  messageType: MessageType.IMAGE,
  attachment: { url: `https://f.example/${n}.png`, width: 100, height: 100, size: 1 },
});
const TOTAL = 500;
const PAGE = 30;

/** A conversation of 500 pictures, of which `from` to `to` are in memory. */
function conversation(from: number, to: number) {
  const asked: string[] = [];
  let refuse = false;
  const source = mediaSource({
    messages: Array.from({ length: to - from + 1 }, (_, i) => message(from + i)),
    hasOlder: from > 0,
    hasNewer: to < TOTAL - 1,
    urls: mediaUrls(() => ({})),
    page: async (side: Side, { createTime }) => {
      asked.push(`${side} ${createTime}`);
      if (refuse) throw new Error('no link');
      const [first, last] =
        side === 'older'
          ? [Math.max(0, createTime - PAGE), createTime]
          : [createTime, Math.min(TOTAL - 1, createTime + PAGE)];
      // Newest first, with the message itself, as servers answer.
      return Promise.resolve(Array.from({ length: last - first + 1 }, (_, i) => message(last - i)));
    },
  });
  return { source, asked, setRefuse: (value: boolean) => (refuse = value) };
}

const numberOf = (item: MediaItem | undefined) => item && Number(item.id.slice(1));
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the pictures of a conversation', () => {
  test('are reached by swipes through all pages, in order, up to both ends', async () => {
    const { source } = conversation(200, 210);
    const list = new MediaList(source, 'm205');
    list.loadAhead();
    await settled();
    const swipe = async (step: 1 | -1, until: number) => {
      for (let guard = 0; guard < 1000 && numberOf(list.current) !== until; guard++) {
        const from = numberOf(list.current) ?? NaN;
        list.show(list.place + step);
        list.settle();
        await settled();
        expect(numberOf(list.current)).toBe(from + step);
      }
      expect(numberOf(list.current)).toBe(until);
    };
    await swipe(-1, 0);
    expect(list.items.length).toBeLessThanOrEqual(150 + 2 * PAGE + 10);
    list.show(list.place - 1);
    expect(list.current).toBeUndefined();
    list.settle();
    expect(numberOf(list.current)).toBe(0);
    await swipe(1, TOTAL - 1);
    expect(list.items.length).toBeLessThanOrEqual(300 + PAGE);
    expect(list.sides.newer).toBe('end');
  });

  test('keep the places of the shown ones when older ones come', async () => {
    const { source, asked } = conversation(200, 210);
    const list = new MediaList(source, 'm201');
    const { place, before } = list;
    list.loadAhead();
    expect(asked).toEqual(['older 200']);
    await settled();
    expect([list.place, list.before, numberOf(list.current)]).toEqual([place, before, 201]);
    expect(numberOf(list.at(place - 5))).toBe(196);
    expect(list.round).toBe(0);
  });

  test('can be asked for again after a failure', async () => {
    const { source, setRefuse } = conversation(0, 3);
    setRefuse(true);
    const list = new MediaList(source, 'm3');
    list.loadAhead();
    await settled();
    expect(list.sides).toEqual({ older: 'end', newer: 'failed' });
    list.show(list.place + 1);
    list.settle();
    expect([list.current, list.sideOf(list.place)]).toEqual([undefined, 'newer']);
    setRefuse(false);
    await list.load('newer');
    expect(numberOf(list.current)).toBe(4);
  });

  test('of a short conversation have no empty places', () => {
    const { source } = conversation(0, TOTAL - 1);
    const list = new MediaList({ ...source, items: source.items.slice(0, 3) }, 'm1');
    expect([list.before, list.count, list.place]).toEqual([1, 3, 1]);
  });
});
