import { hueOf } from './svg-text';
import { mediaInfo } from './media-info';
import { decodePng, encodePng, type Pixels } from './png';

/** A picture to send. */
export interface Picture {
  content: Buffer;
  contentType: string;
}

interface Size {
  width: number;
  height: number;
}

const MAX_SIDE = 4000;
const BYTES = 4;
const PNG = 'image/png';

/** Size of the poster of a video that has no readable header. */
const DEFAULT_POSTER: Size = { width: 640, height: 360 };

/**
 * Reads `WxH`; 0 leaves a side free. The letter says how: `x` fits into the size, `y` fills the size and crops,
 * `z` covers the size without cropping.
 */
function parseSize(text: string): (Size & { how: string }) | undefined {
  const match = /^(\d+)([xyz])(\d+)$/.exec(text);
  if (!match) return undefined;
  const [width, height] = [Number(match[1]), Number(match[3])];
  if (width > MAX_SIDE || height > MAX_SIDE || width + height === 0) return undefined;
  return { width, height, how: match[2] ?? 'x' };
}

/** Returns the scale that brings `source` into (or, with `cover`, over) `wanted`; never above 1. */
function scaleOf(source: Size, wanted: Size, cover: boolean): number {
  const scales = [
    ...(wanted.width > 0 ? [wanted.width / source.width] : []),
    ...(wanted.height > 0 ? [wanted.height / source.height] : []),
  ];
  return Math.min(1, cover ? Math.max(...scales) : Math.min(...scales));
}

function scaled(source: Size, scale: number): Size {
  return {
    width: Math.max(1, Math.round(source.width * scale)),
    height: Math.max(1, Math.round(source.height * scale)),
  };
}

/** Scales by the mean of the source pixels that a target pixel covers. */
function resize(source: Pixels, size: Size): Pixels {
  const data = Buffer.alloc(size.width * size.height * BYTES);
  for (let y = 0; y < size.height; y += 1) {
    const top = Math.floor((y * source.height) / size.height);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * source.height) / size.height));
    for (let x = 0; x < size.width; x += 1) {
      const left = Math.floor((x * source.width) / size.width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * source.width) / size.width));
      const count = (bottom - top) * (right - left);
      for (let sample = 0; sample < BYTES; sample += 1) {
        let sum = 0;
        for (let row = top; row < bottom; row += 1) {
          for (let column = left; column < right; column += 1) {
            sum += source.data[(row * source.width + column) * BYTES + sample] ?? 0;
          }
        }
        data[(y * size.width + x) * BYTES + sample] = Math.round(sum / count);
      }
    }
  }
  return { ...size, data };
}

function cropCentre(source: Pixels, size: Size): Pixels {
  const width = Math.min(size.width || source.width, source.width);
  const height = Math.min(size.height || source.height, source.height);
  const left = Math.floor((source.width - width) / 2);
  const top = Math.floor((source.height - height) / 2);
  const rows = Array.from({ length: height }, (_, y) => {
    const start = ((top + y) * source.width + left) * BYTES;
    return source.data.subarray(start, start + width * BYTES);
  });
  return { width, height, data: Buffer.concat(rows) };
}

function rgb(hue: number, lightness: number): [number, number, number] {
  const channel = (offset: number): number => {
    const k = (offset + hue / 30) % 12;
    return Math.round(255 * (lightness - 0.5 * Math.min(lightness, 1 - lightness) * wave(k)));
  };
  return [channel(0), channel(8), channel(4)];
}

function wave(k: number): number {
  return Math.max(-1, Math.min(k - 3, 9 - k, 1));
}

/** Draws a sky, a hill and a sun; the hue depends on `caption`. */
function drawPicture(caption: string, { width, height }: Size): Buffer {
  const hue = hueOf(caption);
  const data = Buffer.alloc(width * height * BYTES, 255);
  for (let y = 0; y < height; y += 1) {
    const sky = rgb((hue + 40 * (y / height)) % 360, 0.72 + 0.16 * (y / height));
    for (let x = 0; x < width; x += 1) {
      const hill = y / height > 0.45 + Math.abs(x / width - 0.4) * 1.2;
      const sun = Math.hypot(x - width * 0.78, y - height * 0.28) < height * 0.11;
      const color = hill ? rgb(hue, 0.42) : sun ? [255, 255, 255] : sky;
      data.set(color, (y * width + x) * BYTES);
    }
  }
  return encodePng({ width, height, data });
}

/**
 * Returns the thumbnail of a picture for `imageView&thumbnail=WxH`, as PNG. A picture is never enlarged. Files that
 * the emulator cannot decode (JPEG, GIF, WebP) are returned unchanged: a client sees the right picture, unscaled.
 */
export function thumbnailOf(original: Picture, query: string): Picture {
  const wanted = parseSize(query);
  const source = wanted && decodePng(original.content);
  if (!wanted || !source) return original;
  const scale = scaleOf(source, wanted, wanted.how !== 'x');
  const small = resize(source, scaled(source, scale));
  const content = encodePng(wanted.how === 'y' ? cropCentre(small, wanted) : small);
  return { content, contentType: PNG };
}

/**
 * Draws the poster of a video for `vframe&resize=WxH`, in the shape of the video. The emulator decodes no video; the
 * drawing's colors depend on the object and the second.
 */
export function posterOf(
  objectName: string,
  content: Buffer,
  query: string,
  offset: number,
): Picture {
  const info = mediaInfo(content);
  const size = info.width > 0 && info.height > 0 ? info : DEFAULT_POSTER;
  const wanted = parseSize(query);
  const poster = wanted ? scaled(size, scaleOf(size, wanted, wanted.how !== 'x')) : size;
  const caption = `${objectName}@${offset}`;
  return { content: drawPicture(caption, poster), contentType: PNG };
}
