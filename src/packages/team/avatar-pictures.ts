import { pngOf, type Rgb } from '@/components/code/png';

/** The grounds of the pictures: the tokens avatar-0 to avatar-4, which are the same in both themes. */
export const GROUNDS: readonly Rgb[] = [
  [0x2f, 0x7a, 0x9e],
  [0xa9, 0x59, 0x2f],
  [0x4a, 0x66, 0xbd],
  [0x84, 0x52, 0xad],
  [0x23, 0x80, 0x5a],
];
const FIGURE: Rgb = [255, 255, 255];
/** Samples in a row and in a column of a pixel: edges have ten shades. */
const SAMPLES = 3;

/** Whether a point is in a figure; both coordinates from 0 to 1, from the upper left corner. */
type Figure = (x: number, y: number) => boolean;

const inCircle = (x: number, y: number, left: number, top: number, radius: number) =>
  Math.hypot(x - left, y - top) <= radius;

/** A person: a head, and shoulders that end at the same height for all. */
const person = (left: number, size: number): Figure => {
  const shoulders = 0.76;
  const head = shoulders - 2.55 * size;
  return (x, y) =>
    inCircle(x, y, left, head, size) ||
    (y <= shoulders && Math.hypot((x - left) / 1.75, y - shoulders) <= 1.1 * size);
};
const tall = person(0.4, 0.15);
const small = person(0.7, 0.11);

const people: Figure = (x, y) => tall(x, y) || (small(x, y) && !tall(x - 0.03, y));
const heart: Figure = (x, y) => {
  const [across, up] = [(x - 0.5) * 3.6, (0.53 - y) * 3.6];
  return (across ** 2 + up ** 2 - 1) ** 3 <= across ** 2 * up ** 3;
};
const star: Figure = (x, y) => {
  const angle = Math.atan2(x - 0.5, 0.53 - y);
  const step = (2 * Math.PI) / 5;
  const off = Math.abs(angle - step * Math.round(angle / step));
  // The edge between a point at radius 0.34 and the inner corner at radius 0.15.
  const [outer, inner] = [0.34, 0.15];
  const edge =
    (outer * inner * Math.sin(step / 2)) /
    (outer * Math.sin(off) + inner * Math.sin(step / 2 - off));
  return Math.hypot(x - 0.5, y - 0.53) <= edge;
};
const peak = (x: number, y: number, top: number, left: number, slope: number) =>
  y <= 0.74 && y - top >= Math.abs(x - left) * slope;
const mountains: Figure = (x, y) =>
  peak(x, y, 0.34, 0.4, 1.45) || peak(x, y, 0.48, 0.66, 1.3) || inCircle(x, y, 0.7, 0.3, 0.07);
const bubble: Figure = (x, y) => {
  const isDot = [0.35, 0.5, 0.65].some((left) => inCircle(x, y, left, 0.46, 0.04));
  const isTail = x >= 0.3 && x <= 0.46 && y >= 0.6 && y <= 0.78 && y <= 0.78 - (x - 0.3) * 1.1;
  return !isDot && (Math.hypot((x - 0.5) / 1.3, y - 0.46) <= 0.23 || isTail);
};
const FIGURES: readonly Figure[] = [people, heart, star, mountains, bubble];

/** The number of pictures to choose from. */
export const AVATARS = FIGURES.length;

/** A picture for a team, drawn here, as a PNG with `side` pixels. */
export function avatarPicture(index: number, side: number): Uint8Array {
  const ground = GROUNDS[index] ?? FIGURE;
  const isIn = FIGURES[index] ?? heart;
  const most = SAMPLES ** 2;
  const shades = Array.from({ length: most + 1 }, (_, count): Rgb => {
    const shade = (channel: 0 | 1 | 2) =>
      Math.round(ground[channel] + ((FIGURE[channel] - ground[channel]) * count) / most);
    return [shade(0), shade(1), shade(2)];
  });
  const at = (x: number, y: number) => {
    let count = 0;
    for (let sample = 0; sample < most; sample++) {
      const right = ((sample % SAMPLES) + 0.5) / SAMPLES;
      const down = (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES;
      count += Number(isIn((x + right) / side, (y + down) / side));
    }
    return count;
  };
  return pngOf({ width: side, height: side, colours: shades, at });
}
