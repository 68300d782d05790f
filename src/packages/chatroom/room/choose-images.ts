import Taro from '@tarojs/taro';
import type { ImageFile } from '../stores/room-store';

/** WeChat's own limit for one choice. */
const MOST = 9;

/** Pictures of the user's choice, with their sizes; none when the user changed their mind. */
export async function chooseImages(count = MOST): Promise<ImageFile[]> {
  try {
    return process.env.TARO_ENV === 'weapp'
      ? await chooseMedia(count)
      : await chooseInBrowser(count);
  } catch {
    return [];
  }
}

async function chooseMedia(count: number): Promise<ImageFile[]> {
  const { tempFiles } = await Taro.chooseMedia({
    count,
    mediaType: ['image'],
    sizeType: ['compressed'],
  });
  return Promise.all(
    tempFiles.map(async ({ tempFilePath }) => ({
      file: tempFilePath,
      ...(await sizeOf(tempFilePath)),
    })),
  );
}

/** The browser build of the SDK wants a File; what one chooses there has only an address. */
async function chooseInBrowser(count: number): Promise<ImageFile[]> {
  const { tempFilePaths } = await Taro.chooseImage({ count });
  return Promise.all(
    tempFilePaths.map(async (url) => {
      const blob = await (await fetch(url)).blob();
      const name = `image.${blob.type.split('/')[1] ?? 'jpeg'}`;
      const file = new File([blob], name, { type: blob.type });
      return { file, name, shownAs: url, ...(await sizeOf(url)) };
    }),
  );
}

async function sizeOf(src: string): Promise<{ width?: number; height?: number }> {
  try {
    const { width, height } = await Taro.getImageInfo({ src });
    return width > 0 && height > 0 ? { width, height } : {};
  } catch {
    return {};
  }
}
