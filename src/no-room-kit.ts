/** In place of packages/meeting/at-start.ts: the meeting page plugs the kit in when it is opened. */
export function plugInAtStart(): void {
  // The kit and its bytes stay in the sub-package.
}
