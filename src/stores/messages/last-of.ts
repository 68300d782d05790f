/** `Array.prototype.at` came with iOS 15.4; this build promises iOS 12 and brings no polyfill. */
export function lastOf<T>(list: readonly T[]): T | undefined {
  const { length } = list;
  return length > 0 ? list[length - 1] : undefined;
}
