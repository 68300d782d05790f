import Taro from '@tarojs/taro';
import { wxCall, type WxOutcome } from '@/components/page/wx-call';

/**
 * Writes the bytes of a PNG to a file: a path of the mini-program's own data, where the next picture of this name
 * replaces it, or a File in a browser.
 */
export async function pictureFile(
  png: Uint8Array,
  name: string,
): Promise<WxOutcome<string | File>> {
  const bytes = png.buffer.slice(0, png.byteLength) as ArrayBuffer;
  if (process.env.TARO_ENV === 'h5')
    return { ok: true, value: new File([bytes], name, { type: 'image/png' }) };
  const filePath = `${wx.env.USER_DATA_PATH}/${name}`;
  const written = await wxCall(() => writtenTo(filePath, bytes));
  return written.ok ? { ok: true, value: filePath } : written;
}

function writtenTo(filePath: string, data: ArrayBuffer): Promise<unknown> {
  return new Promise((resolve, reject) => {
    Taro.getFileSystemManager().writeFile({ filePath, data, success: resolve, fail: reject });
  });
}
