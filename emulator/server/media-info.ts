import { imageSize } from './image-size';

/** Size and duration of a picture, sound or video. Duration in ms; 0 = unknown. */
export interface MediaInfo {
  width: number;
  height: number;
  duration: number;
}

interface Box {
  type: string;
  content: Buffer;
}

const BOX_HEADER = 8;

/** Splits the boxes of an MP4 file or of a box. A broken length ends the list. */
function boxesOf(content: Buffer): Box[] {
  const boxes: Box[] = [];
  let at = 0;
  while (at + BOX_HEADER <= content.length) {
    const size = content.readUInt32BE(at) || content.length - at;
    if (size < BOX_HEADER) break;
    boxes.push({
      type: content.toString('latin1', at + 4, at + BOX_HEADER),
      content: content.subarray(at + BOX_HEADER, at + size),
    });
    at += size;
  }
  return boxes;
}

function boxNamed(content: Buffer, type: string): Buffer | undefined {
  return boxesOf(content).find((box) => box.type === type)?.content;
}

/** Reads the movie header and the largest track header of an MP4 file. */
function mp4Info(content: Buffer): MediaInfo | undefined {
  const movie = boxNamed(content, 'moov');
  const header = movie && boxNamed(movie, 'mvhd');
  if (!header) return undefined;
  const long = header.readUInt8(0) === 1;
  const scale = header.readUInt32BE(long ? 20 : 12) || 1;
  const units = long ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16);
  const sizes = boxesOf(movie)
    .filter((box) => box.type === 'trak')
    .flatMap((track) => boxNamed(track.content, 'tkhd') ?? [])
    .map((track) => ({
      // The last two fields are 16.16 fixed point numbers.
      width: track.readUInt32BE(track.length - 8) >>> 16,
      height: track.readUInt32BE(track.length - 4) >>> 16,
    }))
    .sort((a, b) => b.width - a.width);
  return {
    width: sizes[0]?.width ?? 0,
    height: sizes[0]?.height ?? 0,
    duration: Math.round((units / scale) * 1000),
  };
}

/** Reads the byte rate and the data length of a WAV file. */
function wavInfo(content: Buffer): MediaInfo {
  const bytesPerSecond = content.readUInt32LE(28) || 1;
  const at = content.indexOf('data', 12, 'latin1');
  const length = at < 0 ? 0 : content.readUInt32LE(at + 4);
  return { width: 0, height: 0, duration: Math.round((length / bytesPerSecond) * 1000) };
}

/** Reads what the header of a file says; zeros for a file that has no readable header. */
export function mediaInfo(content: Buffer): MediaInfo {
  const nothing = { width: 0, height: 0, duration: 0 };
  try {
    if (content.toString('latin1', 8, 12) === 'WAVE') return wavInfo(content);
    if (content.toString('latin1', 4, 8) === 'ftyp') return mp4Info(content) ?? nothing;
    return { ...nothing, ...imageSize(content) };
  } catch {
    // A read beyond the end of a truncated header throws.
    return nothing;
  }
}
