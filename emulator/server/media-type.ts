/** First bytes of known formats, by content type. */
const SIGNATURES: readonly (readonly [type: string, at: number, bytes: string])[] = [
  ['image/png', 0, '89504e47'],
  ['image/jpeg', 0, 'ffd8ff'],
  ['image/gif', 0, '47494638'],
  ['image/webp', 8, '57454250'],
  ['audio/wav', 8, '57415645'],
  ['audio/mp4', 4, '667479704d3441'],
  ['video/quicktime', 4, '667479707174'],
  ['video/mp4', 4, '66747970'],
  ['video/webm', 0, '1a45dfa3'],
  ['audio/ogg', 0, '4f676753'],
  ['audio/mpeg', 0, '494433'],
  ['audio/aac', 0, 'fff1'],
  ['audio/aac', 0, 'fff9'],
  ['audio/mpeg', 0, 'fffb'],
  ['audio/amr', 0, '2321414d52'],
  ['application/pdf', 0, '25504446'],
];

/** Content types by the extension of a file name. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  aac: 'audio/aac',
  csv: 'text/csv',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  m4a: 'audio/mp4',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  png: 'image/png',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  wav: 'audio/wav',
  webm: 'video/webm',
  webp: 'image/webp',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
};

const UNKNOWN = 'application/octet-stream';

/** Types that say nothing about the content; clients send these for lack of a better type. */
const VAGUE: readonly string[] = ['', UNKNOWN, 'multipart/form-data'];

/**
 * Returns the content type of a file. Recorded audio and video share containers, so a given type of audio or video
 * is kept; otherwise the first bytes decide, then the given type, then the extension.
 */
export function contentTypeOf(content: Buffer, given: string, fileName: string): string {
  if (/^(audio|video)\//.test(given)) return given;
  const signed = SIGNATURES.find(
    ([, at, bytes]) => content.subarray(at, at + bytes.length / 2).toString('hex') === bytes,
  );
  if (signed) return signed[0];
  if (!VAGUE.includes(given)) return given;
  return EXTENSIONS[/\.(\w+)$/.exec(fileName)?.[1]?.toLowerCase() ?? ''] ?? UNKNOWN;
}
