/**
 * Where something belongs in a sorted list of `length`: the first index that does not stand before it.
 * Begins at the end, because most of what comes is new.
 */
export function sortedIndex(length: number, isBefore: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  let middle = high - 1;
  while (low < high) {
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
    middle = (low + high) >> 1;
  }
  return low;
}
