/** The exit codes for pipelines; documented in docs/upload.md. */
export const EXIT = {
  ok: 0,
  /** The package is not fit for upload. */
  check: 1,
  /** An option, the app id, the key or the configuration. */
  usage: 2,
  /** WeChat was not reached: try again. */
  network: 3,
  /** WeChat refused, because of a setting in its console or the key. */
  refused: 4,
  /** WeChat is busy: try again later. */
  busy: 5,
  /** The build failed, or miniprogram-ci could not be installed or run. */
  tool: 6,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
