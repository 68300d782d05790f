import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import jsQR from 'jsqr';
import { AVATARS, avatarPicture, GROUNDS } from '@/packages/team/avatar-pictures';
import { codePicture } from '@/components/code/code-picture';
import { codeOfPerson, codeOfTeam, readCode } from '@/components/code/codes';
import { dataUrlOf, pngOf, type Rgb } from '@/components/code/png';
import { SOURCE } from './source-files';

/** The pixels of a PNG with a palette, read with zlib's own inflate. */
function pixelsOf(png: Uint8Array) {
  const bytes = Buffer.from(png);
  const parts: Record<string, Buffer> = {};
  for (let place = 8; place < bytes.length;) {
    const length = bytes.readUInt32BE(place);
    parts[bytes.toString('latin1', place + 4, place + 8)] = bytes.subarray(
      place + 8,
      place + 8 + length,
    );
    place += 12 + length;
  }
  const { IHDR, PLTE, IDAT } = parts;
  if (!IHDR || !PLTE || !IDAT) throw new Error('a part is missing');
  const [width, height, depth] = [IHDR.readUInt32BE(0), IHDR.readUInt32BE(4), IHDR[8] ?? 0];
  const rows = inflateSync(IDAT);
  const rowBytes = 1 + Math.ceil((width * depth) / 8);
  const at = (x: number, y: number): Rgb => {
    const byte = rows[y * rowBytes + 1 + Math.floor((x * depth) / 8)] ?? 0;
    const index = (byte >> (8 - depth - ((x * depth) % 8))) & ((1 << depth) - 1);
    const [red = 0, green = 0, blue = 0] = PLTE.subarray(3 * index, 3 * index + 3);
    return [red, green, blue];
  };
  return { width, height, at };
}

function decoded(png: Uint8Array): string | undefined {
  const { width, height, at } = pixelsOf(png);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.set([...at(x, y), 255], 4 * (y * width + x));
  return jsQR(data, width, height)?.data;
}

test.each([
  ['880001', 1],
  ['12345678901234567890', 2],
])('a reader finds the team %s of type %i in its code', (teamId, teamType) => {
  const png = codePicture(codeOfTeam({ teamId, teamType }));
  const text = decoded(png);
  expect(text).toBe(`yunxin:team/${teamType}/${teamId}`);
  expect(readCode(text ?? '')).toEqual({ kind: 'team', team: { teamId, teamType } });
  // One setData of the page.
  expect(dataUrlOf(png).length).toBeLessThan(20_000);
});

test.each(['anna', '张三 & co?/#%', 'a'.repeat(32)])(
  'a reader finds the account %p in its code',
  (accountId) => {
    const text = decoded(codePicture(codeOfPerson(accountId)));
    expect(readCode(text ?? '')).toEqual({ kind: 'person', accountId });
  },
);

test('fields of a later version behind "?" are left out', () => {
  expect(readCode(' yunxin:team/1/7?from=anna\n')).toEqual({
    kind: 'team',
    team: { teamId: '7', teamType: 1 },
  });
  expect(readCode('yunxin:person/ben?from=anna')).toEqual({ kind: 'person', accountId: 'ben' });
});

test.each([
  '',
  'https://u.wechat.com/abc',
  'yunxin:team/3/7',
  'yunxin:team/1/',
  'yunxin:team/1/7/8',
  'yunxin:team/1/seven',
  'yunxin:person/1/7',
  'yunxin:person/',
  'yunxin:person/%zz',
  'yunxin:person/a b',
  'YUNXIN:TEAM/1/7',
  `yunxin:team/1/${'7'.repeat(21)}`,
])('the code %p is of something else', (text) => {
  expect(readCode(text)).toBeNull();
});

test('a picture has the pixels that it was made of', () => {
  const colours: Rgb[] = [
    [1, 2, 3],
    [4, 5, 6],
    [250, 251, 252],
  ];
  const at = (x: number, y: number) => (x * 7 + y) % 3;
  // Longer than a stored block of the deflate format.
  const read = pixelsOf(pngOf({ width: 401, height: 400, colours, at }));
  for (const [x, y] of [
    [0, 0],
    [400, 0],
    [5, 399],
    [400, 399],
    [123, 333],
  ] as const)
    expect(read.at(x, y)).toEqual(colours[at(x, y)]);
});

test('the bytes of a data URL are those of the picture', () => {
  for (const length of [0, 1, 2, 3, 256]) {
    const bytes = Uint8Array.from({ length }, (_, index) => index);
    expect(dataUrlOf(bytes)).toBe(`data:image/png;base64,${Buffer.from(bytes).toString('base64')}`);
  }
});

test('the drawn pictures have the colours of the tokens, a figure, and differ', () => {
  const tokens = readFileSync(path.join(SOURCE, 'styles/tokens.scss'), 'utf8');
  const pictures = Array.from({ length: AVATARS }, (_, index) => avatarPicture(index, 60));
  pictures.forEach((png, index) => {
    const ground = GROUNDS[index] ?? [];
    const hex = ground.map((channel) => channel.toString(16).padStart(2, '0')).join('');
    expect(tokens).toContain(`--avatar-${index}: #${hex};`);
    const { at } = pixelsOf(png);
    expect(at(1, 1)).toEqual(ground);
    const all = Array.from({ length: 3600 }, (_, place) => at(place % 60, Math.floor(place / 60)));
    const white = all.filter((colour) => colour.join() === '255,255,255').length;
    expect(white).toBeGreaterThan(400);
    expect(white).toBeLessThan(1800);
  });
  expect(new Set(pictures.map(dataUrlOf)).size).toBe(5);
});
