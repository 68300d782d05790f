import { View } from '@tarojs/components';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { BLOCK_ROWS } from '@/stores';
import { watchNear } from './near-view';

/** Of a row nobody has seen yet, in px. */
const GUESSED_ROW = 64;

interface RowSegmentsProps<Row> {
  rows: readonly Row[];
  renderRow: (row: Row) => ReactNode;
  /** The scroll-view they lie in; also the beginning of their own ids. */
  listId: string;
  className: string;
  /** How many rows have left at the front, and which window this is. */
  start: number;
  generation: number;
}

/**
 * Rows that only ever grow at their end, in segments. A new row changes the last segment alone, a new page
 * is one new segment, and a segment far from the eye is an empty box of the height it had: the view holds
 * some hundred rows however many have been read, and off-screen pictures are unloaded with their rows.
 */
export function RowSegments<Row>({
  rows,
  renderRow,
  listId,
  className,
  start,
  generation,
}: RowSegmentsProps<Row>) {
  const near = useRef(new Map<string, boolean>()).current;
  const count = Math.ceil(rows.length / BLOCK_ROWS);
  const firstSegment = start / BLOCK_ROWS;
  const idOf = (i: number) => `${listId}-${className}-${generation}-${firstSegment + i}`;
  const segments: ReactNode[] = [];
  for (let i = 0; i < count; i++) {
    const id = idOf(i);
    segments.push(
      <Segment
        key={id}
        listId={listId}
        id={id}
        className={`${className}-segment`}
        rows={rows.slice(i * BLOCK_ROWS, (i + 1) * BLOCK_ROWS)}
        renderRow={renderRow}
        // Beyond a segment that is away nobody is looking either.
        bornNear={near.get(idOf(i - 1)) ?? true}
        onNear={(isNear) => {
          near.set(id, isNear);
        }}
      />,
    );
  }
  return <View className={className}>{segments}</View>;
}

interface SegmentProps<Row> {
  listId: string;
  id: string;
  className: string;
  rows: readonly Row[];
  renderRow: (row: Row) => ReactNode;
  bornNear: boolean;
  onNear: (near: boolean) => void;
}

function Segment<Row>({
  listId,
  id,
  className,
  rows,
  renderRow,
  bornNear,
  onNear,
}: SegmentProps<Row>) {
  /** The height it had, while its rows are unloaded. */
  const [away, setAway] = useState(bornNear ? null : rows.length * GUESSED_ROW);
  const tell = useRef(onNear);
  tell.current = onNear;
  useEffect(() => {
    tell.current(away === null);
  }, [away]);
  useEffect(
    () => watchNear(listId, id, (near, height) => setAway(near ? null : height)),
    [listId, id],
  );
  return away === null ? (
    <View id={id} className={className}>
      {rows.map(renderRow)}
    </View>
  ) : (
    <View id={id} className={className} style={{ height: `${away}px` }} />
  );
}
