import { createRequire } from 'node:module';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { CI_FOLDER } from '../../../scripts/lib/ci/install';

interface QrCode {
  addData(text: string): void;
  make(): void;
  getModuleCount(): number;
  isDark(row: number, column: number): boolean;
}

const PIXELS = 8;
const MARGIN = 4;

/** A QR code as a grey PNG, in WeChat's format. A library of ci/ computes the code. */
export function qrCodePng(text: string): Buffer {
  const load = createRequire(path.join(CI_FOLDER, 'package.json'));
  const Code = load('qrcode-terminal/vendor/QRCode') as new (type: number, level: number) => QrCode;
  const { M } = load('qrcode-terminal/vendor/QRCode/QRErrorCorrectLevel') as { M: number };
  const code = new Code(-1, M);
  code.addData(text);
  code.make();
  const modules = code.getModuleCount();
  const side = (modules + 2 * MARGIN) * PIXELS;
  const dark = (pixel: number) => Math.floor(pixel / PIXELS) - MARGIN;
  const inside = (module: number) => module >= 0 && module < modules;
  const rows = Array.from({ length: side }, (_, y) =>
    Buffer.from([
      0,
      ...Array.from({ length: side }, (__, x) =>
        inside(dark(x)) && inside(dark(y)) && code.isDark(dark(y), dark(x)) ? 0 : 255,
      ),
    ]),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, bytes: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), bytes]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(bytes.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, sum]);
}

function crc32(bytes: Buffer): number {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
