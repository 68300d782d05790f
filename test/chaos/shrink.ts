/**
 * Removes steps from a failing schedule while it still fails: halves first, then smaller runs, then single steps.
 * `limit` is the number of schedules to play. @returns the shortest failing schedule that was found
 */
export async function shrink<Step>(
  steps: readonly Step[],
  isFailing: (steps: readonly Step[]) => Promise<boolean>,
  limit = 200,
): Promise<readonly Step[]> {
  let shortest = steps;
  let left = limit;
  for (
    let size = Math.ceil(steps.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let at = 0; at < shortest.length && left > 0;) {
      const fewer = [...shortest.slice(0, at), ...shortest.slice(at + size)];
      left -= 1;
      if (await isFailing(fewer)) shortest = fewer;
      else at += size;
    }
  }
  return shortest;
}
