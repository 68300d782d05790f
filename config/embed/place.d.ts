/** Where an embedded build lies in the host's mini-program. */
export interface Place {
  /** Root of the sub-package with all pages, e.g. `packages/im`. */
  root: string;
  /** Root of the sub-package with the SDK, beside it: `packages/im-sdk`. */
  sdkRoot: string;
  /** Address of the SDK's file, relative to app.js of the build. */
  sdkFile: string;
}

/** @throws Error for a root that WeChat or this build does not take. */
export function placeOf(root: string): Place;
