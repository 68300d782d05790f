import Taro from '@tarojs/taro';
import type { Language } from '@/i18n';
import type { WxFailure } from '@/platform';
import type { OutgoingFile } from '@/stores';
import { type Excess, excessOf, LONGEST_VIDEO_MS, MOST_BYTES, MOST_FILES } from '../media/limits';
import { keepPoster } from '../media/posters';
import { tellFailure, toast } from '../page/dialogs';
import { wxAsk, wxCall } from '../page/wx-call';
import { chooseInBrowser } from './browser-media';
import type { MediaChoice } from './media-choice';
import { composerTexts } from './texts';

const PICTURE: MediaChoice = {
  count: 1,
  sources: ['album', 'camera'],
  types: ['image'],
  original: false,
};
/** Quality of a picture that is compressed because its original is too large to send. */
const QUALITY = 60;

/** Lets the user choose one picture; undefined when the user cancels, and after a refusal, which is shown. */
export async function choosePicture(language: Language): Promise<OutgoingFile | undefined> {
  const [picture] = await chooseFiles(PICTURE, language);
  return picture;
}

/**
 * Lets the user choose up to nine pictures and videos, or take one, and measures them. The list is empty when the
 * user cancels, and when WeChat refuses. A refusal, and a file that is too large or too long, is shown as a toast.
 */
export async function chooseMedia(
  source: 'album' | 'camera',
  language: Language,
): Promise<OutgoingFile[]> {
  return await chooseFiles(
    { count: MOST_FILES, sources: [source], types: ['image', 'video'], original: true },
    language,
  );
}

async function chooseFiles(choice: MediaChoice, language: Language): Promise<OutgoingFile[]> {
  const chosen =
    process.env.TARO_ENV === 'weapp'
      ? await chooseInWeChat(choice)
      : await chooseInBrowser(choice, language);
  if (!Array.isArray(chosen)) {
    tellFailure(chosen, language);
    return [];
  }
  const excesses = chosen.map(excessOf).filter((excess) => excess !== undefined);
  if (excesses[0]) toast(excessText(excesses[0], excesses.length, language));
  return chosen.filter((file) => !excessOf(file));
}

function excessText(excess: Excess, count: number, language: Language): string {
  const t = composerTexts(language);
  const limits = {
    imageSize: MOST_BYTES.image / 1024 / 1024,
    videoSize: MOST_BYTES.video / 1024 / 1024,
    videoLength: LONGEST_VIDEO_MS / 1000,
  };
  const reason = t(`excess.${excess}`, { limit: String(limits[excess]) });
  return count === 1 ? reason : t('excess.some', { count, reason });
}

async function chooseInWeChat(choice: MediaChoice): Promise<OutgoingFile[] | WxFailure> {
  const { count, sources, types, original } = choice;
  const picked = await wxAsk(() =>
    Taro.chooseMedia({
      count,
      mediaType: [...types],
      sourceType: [...sources],
      sizeType: original ? ['original', 'compressed'] : ['compressed'],
      maxDuration: LONGEST_VIDEO_MS / 1000,
    }),
  );
  if (!picked.ok) return picked.failure;
  const { tempFiles, type } = picked.value;
  return await Promise.all(
    tempFiles.map((file) =>
      (file.fileType ?? type) === 'video' ? videoOf(file) : imageOf(file.tempFilePath, file.size),
    ),
  );
}

interface ChosenVideo {
  readonly tempFilePath: string;
  readonly thumbTempFilePath?: string;
  readonly size: number;
  /** Seconds. */
  readonly duration: number;
  readonly width: number;
  readonly height: number;
}

function videoOf(video: ChosenVideo): OutgoingFile {
  const { tempFilePath: file, thumbTempFilePath, size, duration } = video;
  if (thumbTempFilePath) keepPoster(file, thumbTempFilePath);
  return {
    kind: 'video',
    file,
    size,
    duration: Math.round(duration * 1000),
    ...shapeOf(video.width, video.height),
  };
}

/** A picture that is too large is compressed once more; `excessOf` refuses it when that is not enough. */
async function imageOf(path: string, size: number): Promise<OutgoingFile> {
  if (size <= MOST_BYTES.image) return await measured(path, size);
  const smaller = await wxCall(() => Taro.compressImage({ src: path, quality: QUALITY }));
  if (!smaller.ok) return await measured(path, size);
  const { tempFilePath } = smaller.value;
  const info = await wxCall(() => Taro.getFileInfo({ filePath: tempFilePath }));
  return info.ok && 'size' in info.value
    ? await measured(tempFilePath, info.value.size)
    : await measured(path, size);
}

async function measured(file: string, size: number): Promise<OutgoingFile> {
  const info = await wxCall(() => Taro.getImageInfo({ src: file }));
  const { width = 0, height = 0, orientation = '' } = info.ok ? info.value : {};
  // The camera stores a picture as it holds the sensor; viewers turn it.
  const isTurned = /^(left|right)/.test(orientation);
  const shape = isTurned ? shapeOf(height, width) : shapeOf(width, height);
  return { kind: 'image', file, size, ...shape };
}

function shapeOf(width: number, height: number): { width?: number; height?: number } {
  return width > 0 && height > 0 ? { width, height } : {};
}
