import { View } from '@tarojs/components';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { BLOCK_ROWS } from '@/stores';
import { watchNear } from './near-view';

/** Height of a row that was never laid out, in px. */
const GUESSED_ROW = 64;

interface RowSegmentsProps<Row> {
  rows: readonly Row[];
  renderRow: (row: Row) => ReactNode;
  /** The id of the scroll-view; the ids of the segments begin with it. */
  listId: string;
  className: string;
  /** The number of rows that were removed at the front, and the number of the window. */
  start: number;
  generation: number;
}

/**
 * Renders rows in segments; rows are only appended. A new row changes the last segment alone, a new page is
 * one new segment, and a segment far from the visible part is an empty box of the same height: the view
 * holds some hundred rows however many have been read, and pictures off the screen are unloaded.
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
  const idOf = (i: number) => segmentId(listId, className, generation, firstSegment + i);
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
        // A segment beyond an unloaded segment is out of sight too.
        bornNear={near.get(idOf(i - 1)) ?? true}
        onNear={(isNear) => {
          near.set(id, isNear);
        }}
      />,
    );
  }
  return <View className={className}>{segments}</View>;
}

/** `number`: counted from the first row that the list had since it was reset. */
export function segmentId(
  listId: string,
  className: string,
  generation: number,
  number: number,
): string {
  return `${listId}-${className}-${generation}-${number}`;
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
  /** The height of the segment while its rows are unloaded. */
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
