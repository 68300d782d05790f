import { graphemesOf } from '@/i18n';
import { oneLine } from './one-line';

/** Longest extension, characters without the dot; more is taken for a part of the name. */
const EXTENSION = 10;
/** Columns of the stem that stand behind the cut. */
const TAIL = 6;

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\ud800-\udbff]/;

/** The extension in lower case without the dot; empty when there is none. The name counts before `ext`. */
export function extensionOf(name: string, ext = ''): string {
  const [, own = ''] = /\.([\w-]+)$/.exec(oneLine(name)) ?? [];
  const given = own || oneLine(ext).replace(/^\./, '');
  return /^[\w-]+$/.test(given) && given.length <= EXTENSION ? given.toLowerCase() : '';
}

/**
 * Shortens a name in the middle and keeps the end with the extension: `Minutes of the me…ting 3.docx`.
 * @param columns width of the result; a Chinese character takes two
 */
export function shortName(name: string, columns: number): string {
  const parts = graphemesOf(oneLine(name));
  if (widthOf(parts) <= columns) return parts.join('');
  const extension = extensionOf(name);
  const end = extension ? extension.length + 1 : 0;
  const stem = parts.slice(0, parts.length - end);
  const suffix = parts.slice(parts.length - end);
  const tail = fitting(stem.reverse(), TAIL).reverse();
  const head = fitting(stem.reverse(), columns - 1 - widthOf(tail) - widthOf(suffix));
  return [...head, '…', ...tail, ...suffix].join('');
}

/** The leading parts that fit into a width. */
function fitting(parts: readonly string[], columns: number): string[] {
  let width = 0;
  const end = parts.findIndex((part) => (width += columnsOf(part)) > columns);
  return parts.slice(0, end < 0 ? parts.length : end);
}

function widthOf(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + columnsOf(part), 0);
}

function columnsOf(part: string): number {
  return WIDE.test(part) ? 2 : 1;
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** A size in bytes for the reader, e.g. `1.2 MB`; empty for 0, which means unknown. */
export function sizeText(bytes: number): string {
  if (!(bytes > 0)) return '';
  let value = bytes;
  let unit = 0;
  // 1023.95 KB would be rounded to 1024.0 KB.
  for (; unit < UNITS.length - 1 && value >= (unit === 0 ? 1024 : 1023.95); unit++) value /= 1024;
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits).replace(/\.0$/, '')} ${UNITS[unit] ?? ''}`;
}

export type FileType =
  'word' | 'excel' | 'slides' | 'pdf' | 'image' | 'audio' | 'video' | 'zip' | 'text' | 'other';

const EXTENSIONS: Readonly<Record<Exclude<FileType, 'other'>, string>> = {
  word: 'doc docx docm dot dotx rtf odt wps pages',
  excel: 'xls xlsx xlsm xlt xltx csv ods et numbers',
  slides: 'ppt pptx pptm pps ppsx pot potx odp dps key',
  pdf: 'pdf',
  image: 'jpg jpeg png gif webp bmp heic heif svg tif tiff',
  audio: 'mp3 aac m4a wav amr flac ogg wma opus',
  video: 'mp4 mov m4v avi mkv webm wmv flv 3gp',
  zip: 'zip rar 7z tar gz tgz bz2 xz',
  text: 'txt md log json xml html htm yml yaml ini conf',
};

const TYPES: ReadonlyMap<string, FileType> = new Map(
  (Object.keys(EXTENSIONS) as (keyof typeof EXTENSIONS)[]).flatMap((type) =>
    EXTENSIONS[type].split(' ').map((extension) => [extension, type] as const),
  ),
);

export function fileTypeOf(extension: string): FileType {
  return TYPES.get(extension) ?? 'other';
}
