import { PRODUCT_LIMITS } from '@/product-limits';

const MB = 1024 * 1024;

/** Largest files that are uploaded, bytes. WeChat itself ends an upload after 60 s (`networkTimeout`). */
export const MOST_BYTES = {
  image: 20 * MB,
  video: 100 * MB,
  file: PRODUCT_LIMITS.fileMegabytes * MB,
} as const;

/** Longest video, ms; WeChat records no longer videos. */
export const LONGEST_VIDEO_MS = 60_000;
/** A recording that ends at the limit is some frames longer. */
const VIDEO_TOLERANCE_MS = 1000;

/** Number of pictures, videos or files of one choice: WeChat's own limit. */
export const MOST_FILES = 9;

/** Why a chosen file is not sent. */
export type Excess = 'imageSize' | 'videoSize' | 'videoLength';

/** Says before the upload whether a file is too large or too long; undefined when it can be sent. */
export function excessOf(file: {
  readonly kind: string;
  readonly size?: number;
  readonly duration?: number;
}): Excess | undefined {
  const { kind, size = 0, duration = 0 } = file;
  if (kind === 'image') return size > MOST_BYTES.image ? 'imageSize' : undefined;
  if (duration > LONGEST_VIDEO_MS + VIDEO_TOLERANCE_MS) return 'videoLength';
  return size > MOST_BYTES.video ? 'videoSize' : undefined;
}
