/** Reads width and height from the header of a PNG, GIF or JPEG. Returns undefined for anything else. */
export function imageSize(content: Buffer): { width: number; height: number } | undefined {
  try {
    if (content.subarray(1, 4).toString('latin1') === 'PNG') {
      return { width: content.readUInt32BE(16), height: content.readUInt32BE(20) };
    }
    if (content.subarray(0, 3).toString('latin1') === 'GIF') {
      return { width: content.readUInt16LE(6), height: content.readUInt16LE(8) };
    }
    return jpegSize(content);
  } catch {
    // A read beyond the end of a truncated header throws.
    return undefined;
  }
}

function jpegSize(content: Buffer): { width: number; height: number } | undefined {
  if (content.readUInt16BE(0) !== 0xffd8) return undefined;
  let at = 2;
  while (at < content.length) {
    const marker = content.readUInt16BE(at);
    // Start-of-frame markers, without the three markers in that range that have another meaning.
    const isFrame =
      marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) {
      return { height: content.readUInt16BE(at + 5), width: content.readUInt16BE(at + 7) };
    }
    at += 2 + content.readUInt16BE(at + 2);
  }
  return undefined;
}
