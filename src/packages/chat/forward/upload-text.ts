import Taro from '@tarojs/taro';
import { wxCall } from '@/components/page/wx-call';
import { ConnectionError, type ImConnection } from '@/connection';
import { systemClock } from '@/platform';
import { uploadFile } from '@/stores/messages/upload-file';

/**
 * Uploads a text as a file through the SDK, and resolves to its address.
 * @throws ConnectionError
 */
export async function uploadText(
  connection: ImConnection,
  name: string,
  text: string,
): Promise<string> {
  const file = await fileOf(name, text);
  try {
    return await uploadFile(connection, systemClock, file);
  } finally {
    // A file that stays is replaced by the next one: the name is always the same.
    if (typeof file === 'string')
      void wxCall(() => promised((calls) => manager().unlink({ filePath: file, ...calls })));
  }
}

/** A path in a mini-program, a File in a browser. @throws ConnectionError */
async function fileOf(name: string, text: string): Promise<string | File> {
  if (process.env.TARO_ENV === 'h5') return new File([text], name, { type: 'text/plain' });
  const filePath = `${wx.env.USER_DATA_PATH}/${name}`;
  const written = await wxCall(() =>
    promised((calls) => manager().writeFile({ filePath, data: text, encoding: 'utf8', ...calls })),
  );
  if (!written.ok) throw new ConnectionError(written.failure.code);
  return filePath;
}

function manager() {
  return Taro.getFileSystemManager();
}

function promised(
  call: (callbacks: { success: () => void; fail: (failure: unknown) => void }) => void,
): Promise<void> {
  return new Promise((resolve, reject) =>
    // wxCall reads WeChat's failure from the object itself.
    call({ success: () => resolve(), fail: (failure) => reject(failure) }),
  );
}
