import { asyncApi, text, WxFailure, type Api } from './api';
import type { WxContext } from './context';
import type { Fields } from './options';

/** The mini-program's files in memory: temporary ones and those below `wx.env.USER_DATA_PATH`. */
export class FileStore {
  private count = 0;

  constructor(private readonly bytes: Map<string, Buffer>) {}

  read(path: string): Buffer | undefined {
    return this.bytes.get(path);
  }

  write(path: string, content: Buffer): void {
    this.bytes.set(path, content);
  }

  remove(path: string): boolean {
    return this.bytes.delete(path);
  }

  list(directory: string): string[] {
    const prefix = directory.endsWith('/') ? directory : `${directory}/`;
    const below = [...this.bytes.keys()].filter((path) => path.startsWith(prefix));
    return [...new Set(below.map((path) => path.slice(prefix.length).split('/')[0] ?? ''))];
  }

  temporaryPath(extension = ''): string {
    const suffix = /^[a-z0-9]{1,5}$/i.test(extension) ? `.${extension}` : '';
    return `http://tmp/${(this.count += 1)}${suffix}`;
  }

  /** Puts a file where the app could have picked it; returns its temporary path. */
  add(content: Buffer | string, extension = 'bin'): string {
    const path = this.temporaryPath(extension);
    this.write(path, Buffer.from(content));
    return path;
  }
}

/** `wx.getFileSystemManager()`: what a chat client does with files; anything else is missing. */
export function makeFileSystemManager(context: WxContext, files: FileStore): Record<string, Api> {
  const need = (path: string): Buffer => {
    const found = files.read(path);
    if (!found) throw new WxFailure(`no such file or directory, open '${path}'`, 1300002);
    return found;
  };
  const decoded = (bytes: Buffer, encoding: unknown): unknown =>
    typeof encoding === 'string'
      ? bytes.toString(encoding as BufferEncoding)
      : context.realm.toArrayBuffer(bytes);
  const encoded = (content: unknown, encoding: unknown): Buffer =>
    typeof content === 'string'
      ? Buffer.from(content, text(encoding, 'utf8') as BufferEncoding)
      : Buffer.from(new Uint8Array(content as ArrayBuffer));

  const work: Record<string, (options: Fields) => Fields> = {
    readFile: ({ filePath, encoding }) => ({ data: decoded(need(text(filePath)), encoding) }),
    writeFile: ({ filePath, data, encoding }) => {
      files.write(text(filePath), encoded(data, encoding));
      return {};
    },
    appendFile: ({ filePath, data, encoding }) => {
      const before = need(text(filePath));
      files.write(text(filePath), Buffer.concat([before, encoded(data, encoding)]));
      return {};
    },
    access: ({ path }) => {
      if (files.list(text(path)).length === 0) need(text(path));
      return {};
    },
    unlink: ({ filePath }) => {
      need(text(filePath));
      files.remove(text(filePath));
      return {};
    },
    copyFile: ({ srcPath, destPath }) => {
      files.write(text(destPath), need(text(srcPath)));
      return {};
    },
    saveFile: ({ tempFilePath, filePath }) => {
      const path = text(filePath) || `wxfile://store/${Date.now()}`;
      files.write(path, need(text(tempFilePath)));
      files.remove(text(tempFilePath));
      return { savedFilePath: path };
    },
    getFileInfo: ({ filePath }) => ({ size: need(text(filePath)).length }),
    readdir: ({ dirPath }) => ({ files: files.list(text(dirPath)) }),
    mkdir: () => ({}),
    stat: ({ path }) => {
      const found = files.read(text(path));
      const { length: size } = found ?? Buffer.alloc(0);
      if (!found && files.list(text(path)).length === 0) need(text(path));
      return { stats: { size, isFile: () => Boolean(found), isDirectory: () => !found } };
    },
  };

  const manager: Record<string, Api> = {};
  for (const [name, each] of Object.entries(work)) manager[name] = asyncApi(context, name, each);
  const sync = (name: string, run: (options: Fields) => unknown, keys: string[]): void => {
    manager[`${name}Sync`] = (...args: unknown[]) => {
      const options = Object.fromEntries(keys.map((key, at) => [key, args[at]]));
      try {
        return run(options);
      } catch (error) {
        const reason = error instanceof WxFailure ? error.reason : String(error);
        throw context.realm.error(`${name}Sync:fail ${reason}`);
      }
    };
  };
  sync('readFile', (options) => work.readFile?.(options).data, ['filePath', 'encoding']);
  sync('writeFile', (options) => void work.writeFile?.(options), ['filePath', 'data', 'encoding']);
  sync('access', (options) => void work.access?.(options), ['path']);
  sync('unlink', (options) => void work.unlink?.(options), ['filePath']);
  sync('copyFile', (options) => void work.copyFile?.(options), ['srcPath', 'destPath']);
  sync('saveFile', (options) => work.saveFile?.(options).savedFilePath, [
    'tempFilePath',
    'filePath',
  ]);
  sync('readdir', (options) => work.readdir?.(options).files, ['dirPath']);
  sync('mkdir', () => undefined, ['dirPath']);
  sync('stat', (options) => work.stat?.(options).stats, ['path']);
  return manager;
}
