import { isRemote, type MediaSize, type MediaUrls } from '@/sdk/media-urls';

/** Longest and shortest side of a picture in a chat, and the side of a picture of unknown size; px. */
const LONG_SIDE = 180;
const SHORT_SIDE = 64;
const UNKNOWN_SIDE = 140;
/**
 * Pixels of a thumbnail for each px of its box. The same on every device, so that the file server makes a thumbnail
 * once. At 2 a decoded thumbnail has 0.5 MB; at 3 it would have 1.2 MB.
 */
const DENSITY = 2;
/** Longest side of a thumbnail, pixels: a panorama is cropped to its box. */
const MOST_PIXELS = 1500;

/** The box of a picture; px. The shape is known before the picture is loaded, so that nothing moves afterwards. */
export function boxOf({ width, height }: MediaSize): MediaSize {
  if (width <= 0 || height <= 0) return { width: UNKNOWN_SIDE, height: UNKNOWN_SIDE };
  const scale = Math.min(1, LONG_SIDE / Math.max(width, height));
  const side = (length: number) => Math.max(SHORT_SIDE, Math.round(length * scale));
  return { width: side(width), height: side(height) };
}

/** The size of the thumbnail that covers the box, pixels; null when the picture itself is not larger. */
export function thumbSize(shape: MediaSize): MediaSize | null {
  const box = boxOf(shape);
  const { width, height } = shape;
  if (width <= 0 || height <= 0)
    return { width: box.width * DENSITY, height: box.height * DENSITY };
  const scale = DENSITY * Math.max(box.width / width, box.height / height);
  if (scale >= 1 && Math.max(width, height) <= MOST_PIXELS) return null;
  const side = (length: number) => Math.min(MOST_PIXELS, length, Math.ceil(length * scale));
  return { width: side(width), height: side(height) };
}

interface PictureFile extends MediaSize {
  readonly url: string;
  readonly name: string;
  readonly ext: string;
}

/** The address of the picture for its box in a chat. A GIF has no thumbnail: a scaled GIF does not play. */
export function thumbOf(file: PictureFile, urls: MediaUrls | undefined): string {
  const size = thumbSize(file);
  if (!urls || !size || !isRemote(file.url) || isGif(file)) return file.url;
  return urls.imageThumb(file.url, size);
}

/** The address of the poster of a video; empty for a video of this device. */
export function coverOf(
  file: Pick<PictureFile, 'url' | 'width' | 'height'>,
  urls: MediaUrls | undefined,
): string {
  const { url, width, height } = file;
  return urls && isRemote(url) ? urls.videoCover(url, thumbSize(file) ?? { width, height }) : '';
}

function isGif({ ext, name, url }: PictureFile): boolean {
  return [ext, name, url.replace(/[?#].*$/s, '')].some((text) => /(^|\.)gif$/i.test(text));
}
