/** The parts that are used: the app encodes (10 KB), tests decode. */
declare module 'uqr' {
  export function encode(
    text: string,
    options: { ecc: 'L' | 'M' | 'Q' | 'H'; border: number },
  ): { readonly data: readonly (readonly boolean[])[]; readonly size: number };
}

declare module 'jsqr' {
  /** `pixels`: four bytes each, in rows. */
  export default function jsQR(
    pixels: Uint8ClampedArray,
    width: number,
    height: number,
  ): { readonly data: string } | null;
}
