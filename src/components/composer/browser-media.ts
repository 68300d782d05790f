import type { Language } from '@/i18n';
import { type WxFailure, wxFailureOf } from '@/platform';
import type { OutgoingFile } from '@/stores';
import { keepPoster } from '../media/posters';
import { choose, toast } from '../page/dialogs';
import { wxCall } from '../page/wx-call';
import type { MediaChoice } from './media-choice';
import { composerTexts } from './texts';

/** A picture is scaled down when its longer side has more pixels, unless the user chooses the original. */
const MOST_PIXELS = 2560;
const MOST_BYTES = 3 * 1024 * 1024;
const QUALITY = 0.85;
const CANCELLED = wxFailureOf({ errMsg: 'input:fail cancel' });
/** Second of a video that its poster shows: the first frame is often black. */
const POSTER_S = 0.1;

/**
 * Lets the user choose files in a browser. Every file gets a `File`, which the browser build of the SDK uploads, and an
 * address of this page, which the own row shows.
 */
export async function chooseInBrowser(
  choice: MediaChoice,
  language: Language,
): Promise<OutgoingFile[] | WxFailure> {
  const picked = await pickFiles(choice);
  if (!picked) return CANCELLED;
  const files = picked.filter(({ type }) => choice.types.some((wanted) => type.startsWith(wanted)));
  const t = composerTexts(language);
  if (files.length < picked.length) toast(t('otherType'));
  if (files.length > choice.count) toast(t('atMost', { count: choice.count }));
  const kept = files.slice(0, choice.count);
  const large = kept.filter(isLarge);
  const way = choice.original && large.length > 0 ? await wayToSend(large, language) : 'compressed';
  if (!way) return CANCELLED;
  const isOriginal = way === 'original';
  return await Promise.all(
    kept.map((file) => (file.type.startsWith('video') ? videoOf(file) : imageOf(file, isOriginal))),
  );
}

/**
 * Opens the browser's picker, in the turn of the tap. Without types every file can be chosen. Resolves to null when the
 * user cancels; it stays unanswered in browsers that report no cancellation.
 */
export function pickFiles({
  count,
  sources = [],
  types = [],
}: Pick<MediaChoice, 'count'> & Partial<MediaChoice>): Promise<File[] | null> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = types.map((type) => `${type}/*`).join(',');
  input.multiple = count > 1;
  if (sources.length === 1 && sources[0] === 'camera') input.setAttribute('capture', 'environment');
  input.style.display = 'none';
  // Safari opens no picker for an input outside the document.
  document.body.append(input);
  return new Promise((resolve) => {
    const finish = (files: File[] | null) => {
      input.remove();
      resolve(files);
    };
    input.onchange = () => finish([...(input.files ?? [])]);
    input.oncancel = () => finish(null);
    input.click();
  });
}

function isLarge({ type, size }: File): boolean {
  return type.startsWith('image') && type !== 'image/gif' && size > MOST_BYTES;
}

/** Undefined when the user taps elsewhere. */
async function wayToSend(
  large: readonly File[],
  language: Language,
): Promise<'compressed' | 'original' | undefined> {
  const t = composerTexts(language);
  const bytes = large.reduce((sum, { size }) => sum + size, 0);
  const size = `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  return await choose(
    ['compressed', 'original'] as const,
    (option) => (option === 'original' ? t('original', { size }) : t('compressed')),
    language,
  );
}

/** A picture without a size when the browser cannot show its format. */
async function imageOf(file: File, isOriginal: boolean): Promise<OutgoingFile> {
  const shownAs = URL.createObjectURL(file);
  const image = await loaded(shownAs);
  const { name, size } = file;
  if (!image) return { kind: 'image', file, name, size, shownAs };
  const { naturalWidth: width, naturalHeight: height } = image;
  const known = { kind: 'image', file, name, size, shownAs, width, height } as const;
  const isBig = size > MOST_BYTES || Math.max(width, height) > MOST_PIXELS;
  if (isOriginal || !isBig || file.type === 'image/gif') return known;
  return (await scaledDown(image, file)) ?? known;
}

async function loaded(url: string): Promise<HTMLImageElement | null> {
  const image = new Image();
  image.src = url;
  const decoded = await wxCall(() => image.decode());
  return decoded.ok && image.naturalWidth > 0 ? image : null;
}

/** Null when the browser cannot scale it, or when the result would be larger. */
async function scaledDown(image: HTMLImageElement, file: File): Promise<OutgoingFile | null> {
  const { naturalWidth, naturalHeight } = image;
  const scale = Math.min(1, MOST_PIXELS / Math.max(naturalWidth, naturalHeight));
  const width = Math.max(1, Math.round(naturalWidth * scale));
  const height = Math.max(1, Math.round(naturalHeight * scale));
  // Only PNG keeps what is transparent.
  const type = file.type === 'image/png' ? 'image/png' : 'image/jpeg';
  const blob = await drawn(image, width, height, type);
  if (!blob || blob.size >= file.size) return null;
  const name = file.name.replace(/\.\w+$/, '') + (type === 'image/png' ? '.png' : '.jpg');
  const smaller = new File([blob], name, { type });
  const shownAs = URL.createObjectURL(smaller);
  return { kind: 'image', file: smaller, name, size: blob.size, shownAs, width, height };
}

async function drawn(
  source: CanvasImageSource,
  width: number,
  height: number,
  type: string,
): Promise<Blob | null> {
  const done = await wxCall(() => {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d')?.drawImage(source, 0, 0, width, height);
    return new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, QUALITY));
  });
  return done.ok ? done.value : null;
}

/** A video without length and poster when the browser cannot play its format. */
async function videoOf(file: File): Promise<OutgoingFile> {
  const shownAs = URL.createObjectURL(file);
  const { name, size } = file;
  const plain = { kind: 'video', file, name, size, shownAs } as const;
  const video = document.createElement('video');
  video.muted = true;
  video.preload = 'auto';
  video.src = shownAs;
  const opened = await wxCall(() => happened(video, 'loadeddata'));
  if (!opened.ok) return plain;
  const { videoWidth: width, videoHeight: height, duration } = video;
  const ms = Number.isFinite(duration) ? Math.round(duration * 1000) : 0;
  video.currentTime = Math.min(POSTER_S, duration || 0);
  const sought = await wxCall(() => happened(video, 'seeked'));
  const poster = sought.ok && width > 0 && (await drawn(video, width, height, 'image/jpeg'));
  if (poster) keepPoster(shownAs, URL.createObjectURL(poster));
  return { ...plain, ...(ms > 0 ? { duration: ms } : {}), ...(width > 0 ? { width, height } : {}) };
}

function happened(video: HTMLVideoElement, event: 'loadeddata' | 'seeked'): Promise<unknown> {
  return new Promise((resolve, reject) => {
    video.addEventListener(event, resolve, { once: true });
    video.addEventListener('error', () => reject(new Error('the video cannot be played')), {
      once: true,
    });
  });
}
