import {
  type Loaded,
  loadedAt,
  loadedAtFirst,
  SEGMENT_ROWS,
  segmentHeights,
} from '@/components/ui/windowed-list/list-segments';

const ROW = 50;
const heights = segmentHeights(Array(100).fill(ROW), (height: number) => height);
const SEGMENT = ROW * SEGMENT_ROWS;
const at = (scrollTop: number, loaded: Loaded, scale = 1) =>
  loadedAt(
    {
      scrollTop: scrollTop * scale,
      height: 600 * scale,
      scrollHeight: heights.slice(0, loaded.known).reduce((sum, one) => sum + one) * scale,
    },
    heights,
    loaded,
  );

describe('the segments of a long list', () => {
  it('add up heights by segment, with a shorter last segment', () => {
    expect(heights).toHaveLength(13);
    expect(heights[0]).toBe(SEGMENT);
    expect(heights[12]).toBe(4 * ROW);
    expect(segmentHeights(['a', 'bb'], (row) => row.length)).toEqual([3]);
    expect(segmentHeights([], () => 1)).toEqual([]);
  });

  it('start with the segments that fill the screen', () => {
    expect(loadedAtFirst(heights, 600)).toEqual({ first: 0, last: 1, known: 2 });
    expect(loadedAtFirst(heights, 400)).toEqual({ first: 0, last: 0, known: 1 });
    expect(loadedAtFirst([100], 600)).toEqual({ first: 0, last: 0, known: 1 });
    expect(loadedAtFirst([], 600)).toEqual({ first: 0, last: 0, known: 1 });
  });

  it('follow the scroll position with a spare segment on either side', () => {
    let loaded = at(0, loadedAtFirst(heights, 600));
    expect(loaded).toEqual({ first: 0, last: 2, known: 3 });
    loaded = at(500, loaded);
    expect(loaded).toEqual({ first: 0, last: 3, known: 4 });
    loaded = at(1700, { ...loaded, known: 8 });
    expect(loaded).toEqual({ first: 3, last: 6, known: 8 });
    loaded = at(0, loaded);
    expect(loaded).toEqual({ first: 0, last: 2, known: 8 });
  });

  it('stop at the end of the list', () => {
    const loaded = at(4400, { first: 9, last: 12, known: 13 });
    expect(loaded).toEqual({ first: 10, last: 12, known: 13 });
  });

  it('convert layout units to screen pixels', () => {
    const known = { first: 0, last: 2, known: 8 };
    expect(at(1700, known, 1.04)).toEqual(at(1700, known));
  });

  it('never load more rows than three screens hold, at any scroll position', () => {
    let loaded = loadedAtFirst(heights, 600);
    for (let scrollTop = 0; scrollTop < 5000; scrollTop += 37) {
      loaded = at(scrollTop, loaded);
      expect((loaded.last - loaded.first + 1) * SEGMENT_ROWS).toBeLessThanOrEqual(40);
      // Visible rows are loaded.
      expect(loaded.first * SEGMENT).toBeLessThanOrEqual(scrollTop);
    }
  });
});
