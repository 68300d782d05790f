import Taro from '@tarojs/taro';
import { tellFailure } from '@/components/dialogs';
import { wxAsk, wxCall } from '@/components/wx-call';
import type { Language } from '@/i18n';
import type { WxFailure } from '@/platform';
import type { ImageFile } from '../stores/room-store';

/** WeChat's own limit for one choice. */
const MOST = 9;

/**
 * Pictures of the user's choice, with their sizes. None when the user changed their mind, and none when
 * WeChat refused; a refusal is said.
 */
export async function chooseImages(language: Language, count = MOST): Promise<ImageFile[]> {
  const chosen =
    process.env.TARO_ENV === 'weapp' ? await chooseMedia(count) : await chooseInBrowser(count);
  if (Array.isArray(chosen)) return chosen;
  tellFailure(chosen, language);
  return [];
}

async function chooseMedia(count: number): Promise<ImageFile[] | WxFailure> {
  const picked = await wxAsk(() =>
    Taro.chooseMedia({ count, mediaType: ['image'], sizeType: ['compressed'] }),
  );
  if (!picked.ok) return picked.failure;
  return await Promise.all(
    picked.value.tempFiles.map(async ({ tempFilePath }) => ({
      file: tempFilePath,
      ...(await sizeOf(tempFilePath)),
    })),
  );
}

/** The browser build of the SDK wants a File; what one chooses there has only an address. */
async function chooseInBrowser(count: number): Promise<ImageFile[] | WxFailure> {
  const picked = await wxAsk(() => Taro.chooseImage({ count }));
  if (!picked.ok) return picked.failure;
  const read = await wxCall(() => Promise.all(picked.value.tempFilePaths.map(fileAt)));
  return read.ok ? read.value : read.failure;
}

async function fileAt(url: string): Promise<ImageFile> {
  const blob = await (await fetch(url)).blob();
  const name = `image.${blob.type.split('/')[1] ?? 'jpeg'}`;
  const file = new File([blob], name, { type: blob.type });
  return { file, name, shownAs: url, ...(await sizeOf(url)) };
}

async function sizeOf(src: string): Promise<{ width?: number; height?: number }> {
  const info = await wxCall(() => Taro.getImageInfo({ src }));
  if (!info.ok) return {};
  const { width, height } = info.value;
  return width > 0 && height > 0 ? { width, height } : {};
}
