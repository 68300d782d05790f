/** Takes the place of packages/meeting/at-start.ts: the meeting page installs the kit when it is opened. */
export function plugInAtStart(): void {
  // The kit stays in the sub-package.
}
