import { fieldsIn, numberIn, textIn } from './fields';

/** Largest width and height that a message may claim, pixels: the limit of JPEG. */
const MOST_PIXELS = 65_535;
/** Longest sound or video that a message may claim, ms: a day. */
const LONGEST_MS = 86_400_000;
/** Largest file that a message may claim, bytes: 1 TiB. */
const MOST_BYTES = 2 ** 40;

/** The fields of a V2NIMMessageFileAttachment. */
export interface FileContent {
  /** An address, or the path of the file before the upload. */
  readonly url: string;
  readonly name: string;
  /** With its dot; empty when unknown. */
  readonly ext: string;
  /** Bytes; 0 when unknown. */
  readonly size: number;
}

export interface Shape {
  /** Pixels; 0 when unknown. */
  readonly width: number;
  readonly height: number;
}

export function fileIn(attachment: unknown): FileContent {
  const { url, path, name, ext, size } = fieldsIn(attachment);
  return {
    url: textIn(url) || textIn(path),
    name: textIn(name),
    ext: textIn(ext),
    size: numberIn(size, MOST_BYTES),
  };
}

export function shapeIn(attachment: unknown): Shape {
  const { width, height } = fieldsIn(attachment);
  return { width: numberIn(width, MOST_PIXELS), height: numberIn(height, MOST_PIXELS) };
}

/** Milliseconds; 0 when unknown. */
export function durationIn(attachment: unknown): number {
  return numberIn(fieldsIn(attachment).duration, LONGEST_MS);
}
