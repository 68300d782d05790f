import { encode } from 'uqr';
import { pngOf } from './png';

/** Pixels of a module: a picture of 300 to 330 pixels, 12 KB, which a phone shows at a third of the scale. */
const SCALE = 8;
/** Modules of the free border that the standard asks for. */
const BORDER = 4;
/** A code is dark on white in both themes, because readers do not find a light code. */
const COLOURS = [
  [255, 255, 255],
  [0, 0, 0],
] as const;

/** The picture of a QR code with correction level M, as a PNG. */
export function codePicture(text: string): Uint8Array {
  const { data, size } = encode(text, { ecc: 'M', border: BORDER });
  const side = size * SCALE;
  const at = (x: number, y: number) =>
    Number(data[Math.floor(y / SCALE)]?.[Math.floor(x / SCALE)] ?? false);
  return pngOf({ width: side, height: side, colours: COLOURS, at });
}
