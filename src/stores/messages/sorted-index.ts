/**
 * Returns the position of a new item in a sorted list of `length`: the first index whose item is not before
 * the new item. The search begins at the end, because most items are new.
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
