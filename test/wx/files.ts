import { asyncApi, text, WxFailure, type Api } from './api';
import type { WxContext } from './context';
import type { Fields } from './options';

/** `wx.env.USER_DATA_PATH`, and the directory of `saveFile` without a path. */
const KEPT = ['http://usr/', 'wxfile://store/'];
/** Directories that WeChat makes itself. */
const ROOTS = ['http://usr', 'wxfile://store', 'http://tmp'];
/** Content of a directory in the map of files, so that a directory outlives the end of the app as files do. */
const DIRECTORY = Buffer.from('directory');

const trimmed = (path: string): string => path.replace(/\/+$/, '');
const parentOf = (path: string): string => trimmed(path.slice(0, trimmed(path).lastIndexOf('/')));

/** The mini-program's files in memory: temporary files and files below `wx.env.USER_DATA_PATH`. */
export class FileStore {
  /** Most bytes of kept files together: WeChat's 200 MB. */
  limitBytes = 200 * 1024 * 1024;
  private count = 0;

  constructor(private readonly bytes: Map<string, Buffer>) {}

  read(path: string): Buffer | undefined {
    const found = this.bytes.get(path);
    return found === DIRECTORY ? undefined : found;
  }

  write(path: string, content: Buffer): void {
    this.bytes.set(path, content);
  }

  isDirectory(path: string): boolean {
    return ROOTS.includes(trimmed(path)) || this.bytes.get(trimmed(path)) === DIRECTORY;
  }

  /** Makes a directory as the file system manager does: an existing directory or a missing parent is refused. */
  makeDirectory(path: string, isRecursive: boolean): void {
    const directory = trimmed(path);
    if (!KEPT.some((start) => `${directory}/`.startsWith(start)))
      throw new WxFailure(`permission denied, open ${path}`, 1300013);
    if (this.isDirectory(directory) || this.bytes.has(directory))
      throw new WxFailure(`file already exists ${path}`, 1301005);
    const parent = parentOf(directory);
    if (!this.isDirectory(parent)) {
      if (!isRecursive) throw new WxFailure(`no such file or directory ${path}`, 1300002);
      this.makeDirectory(parent, isRecursive);
    }
    this.bytes.set(directory, DIRECTORY);
  }

  /**
   * Writes a kept file as the file system manager does: only below the user's directory, only into an existing
   * directory, and within the limit. `action` is the end of the message about a missing directory.
   */
  keep(path: string, content: Buffer, action = `open ${path}`): void {
    if (!KEPT.some((directory) => path.startsWith(directory)))
      throw new WxFailure(`permission denied, open '${path}'`, 1300013);
    if (!this.isDirectory(parentOf(path)))
      throw new WxFailure(`no such file or directory, ${action}`, 1300002);
    if (this.isDirectory(path))
      throw new WxFailure(`illegal operation on a directory, open ${path}`, 1300021);
    const others = this.kept().filter((other) => other !== path);
    const size = others.reduce((sum, other) => sum + (this.read(other)?.length ?? 0), 0);
    if (size + content.length > this.limitBytes)
      throw new WxFailure('the maximum size of the file storage limit is exceeded', 1300202);
    this.write(path, content);
  }

  /** Paths of all kept files, which stay over the end of the app. */
  kept(): string[] {
    return [...this.bytes]
      .filter(
        ([path, content]) => content !== DIRECTORY && KEPT.some((start) => path.startsWith(start)),
      )
      .map(([path]) => path);
  }

  remove(path: string): boolean {
    return this.bytes.delete(path);
  }

  /** Names in a directory. A missing directory is refused. */
  list(directory: string): string[] {
    if (!this.isDirectory(directory)) {
      if (this.bytes.has(directory)) throw new WxFailure(`not a directory ${directory}`, 1300020);
      throw new WxFailure(`no such file or directory ${directory}`, 1300002);
    }
    const prefix = `${trimmed(directory)}/`;
    const below = [...this.bytes.keys()].filter((path) => path.startsWith(prefix));
    return [...new Set(below.map((path) => path.slice(prefix.length).split('/')[0] ?? ''))];
  }

  temporaryPath(extension = ''): string {
    const suffix = /^[a-z0-9]{1,5}$/i.test(extension) ? `.${extension}` : '';
    return `http://tmp/${(this.count += 1)}${suffix}`;
  }

  /** A new path for `saveFile` without a path. */
  storePath(): string {
    return `wxfile://store/${(this.count += 1)}`;
  }

  /** Stores a file as if the app had picked it; returns its temporary path. */
  add(content: Buffer | string, extension = 'bin'): string {
    const path = this.temporaryPath(extension);
    this.write(path, Buffer.from(content));
    return path;
  }
}

/** `wx.getFileSystemManager()` with the functions that a chat client uses; all others are missing. */
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
      files.keep(text(filePath), encoded(data, encoding));
      return {};
    },
    appendFile: ({ filePath, data, encoding }) => {
      const before = need(text(filePath));
      files.keep(text(filePath), Buffer.concat([before, encoded(data, encoding)]));
      return {};
    },
    access: ({ path }) => {
      if (!files.isDirectory(text(path))) need(text(path));
      return {};
    },
    unlink: ({ filePath }) => {
      if (files.isDirectory(text(filePath)))
        throw new WxFailure(`operation not permitted, unlink ${text(filePath)}`, 1300001);
      need(text(filePath));
      files.remove(text(filePath));
      return {};
    },
    copyFile: ({ srcPath, destPath }) => {
      const action = `copyFile ${text(srcPath)} -> ${text(destPath)}`;
      files.keep(text(destPath), need(text(srcPath)), action);
      return {};
    },
    saveFile: ({ tempFilePath, filePath }) => {
      const path = text(filePath) || files.storePath();
      files.keep(path, need(text(tempFilePath)));
      files.remove(text(tempFilePath));
      return { savedFilePath: path };
    },
    getSavedFileList: () => ({
      fileList: files
        .kept()
        .filter((filePath) => filePath.startsWith('wxfile://store/'))
        .map((filePath) => ({ filePath, size: need(filePath).length, createTime: 0 })),
    }),
    removeSavedFile: ({ filePath }) => {
      need(text(filePath));
      files.remove(text(filePath));
      return {};
    },
    getFileInfo: ({ filePath }) => ({ size: need(text(filePath)).length }),
    readdir: ({ dirPath }) => ({ files: files.list(text(dirPath)) }),
    mkdir: ({ dirPath, recursive }) => {
      files.makeDirectory(text(dirPath), recursive === true);
      return {};
    },
    stat: ({ path }) => {
      const isDirectory = files.isDirectory(text(path));
      const size = isDirectory ? 0 : need(text(path)).length;
      return { stats: { size, isFile: () => !isDirectory, isDirectory: () => isDirectory } };
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
  sync('mkdir', (options) => void work.mkdir?.(options), ['dirPath', 'recursive']);
  sync('stat', (options) => work.stat?.(options).stats, ['path']);
  return manager;
}
