import type { KeptFiles } from './types';

interface Callbacks<T> {
  success: (result: T) => void;
  fail: (failure: { errMsg: string }) => void;
}

/** Keeps files in a directory of the mini-program's own data. */
export function wxFiles(): KeptFiles {
  const directory = () => `${wx.env.USER_DATA_PATH}/unsent`;
  const pathOf = (name: string) => `${directory()}/${name}`;
  const manager = () => wx.getFileSystemManager();
  return {
    keep: async (name, file) => {
      // The directory is there from the second file on: WeChat refuses to make it again.
      await promised((callbacks) =>
        manager().mkdir({ dirPath: directory(), recursive: true, ...callbacks }),
      ).catch(() => undefined);
      // `saveFile` would move the file away from the upload that reads it.
      await promised((callbacks) =>
        manager().copyFile({ srcPath: String(file), destPath: pathOf(name), ...callbacks }),
      );
    },
    open: async (name) => {
      await promised((callbacks) => manager().access({ path: pathOf(name), ...callbacks }));
      return { file: pathOf(name), address: pathOf(name) };
    },
    remove: async (name) => {
      await promised((callbacks) => manager().unlink({ filePath: pathOf(name), ...callbacks }));
    },
    names: async () => {
      const { files } = await promised<{ files: string[] }>((callbacks) =>
        manager().readdir({ dirPath: directory(), ...callbacks }),
      );
      return files;
    },
  };
}

function promised<T = unknown>(call: (callbacks: Callbacks<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call({ success: resolve, fail: ({ errMsg }) => reject(new Error(errMsg)) });
  });
}
