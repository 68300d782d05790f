import { createWx, type WxHandle } from '.';

let handle: WxHandle;
afterEach(() => handle.dispose());

const USER = 'http://usr';
const MISSING = { errno: 1300002 };

/** Calls a function of the file system manager; resolves with the argument of `success` or `fail`. */
function caller({ wx }: WxHandle) {
  const manager = wx.getFileSystemManager() as unknown as Record<string, (given: object) => void>;
  return (name: string, options: object) =>
    new Promise<Record<string, unknown>>((resolve) =>
      manager[name]?.({ ...options, success: resolve, fail: resolve }),
    );
}

function setUp(files = new Map<string, Buffer>()) {
  handle = createWx({ files });
  return { call: caller(handle), files, picked: handle.files.add('content') };
}

describe('a directory of the user', () => {
  it('is made once, below an existing directory or with its parents', async () => {
    const { call } = setUp();
    const mkdir = (dirPath: string, recursive?: boolean) => call('mkdir', { dirPath, recursive });
    expect(await mkdir(`${USER}/a`)).toMatchObject({ errMsg: 'mkdir:ok' });
    for (const recursive of [false, true])
      expect(await mkdir(`${USER}/a`, recursive)).toMatchObject({
        errMsg: `mkdir:fail file already exists ${USER}/a`,
        errno: 1301005,
      });
    expect(await mkdir(`${USER}/b/c`)).toMatchObject({
      errMsg: `mkdir:fail no such file or directory ${USER}/b/c`,
      ...MISSING,
    });
    expect(await mkdir(`${USER}/b/c`, true)).toMatchObject({ errMsg: 'mkdir:ok' });
    expect(await call('readdir', { dirPath: `${USER}/b` })).toMatchObject({ files: ['c'] });
    expect(await mkdir('http://tmp/a')).toMatchObject({ errno: 1300013 });
  });

  it('must exist before a file is written, copied or saved into it', async () => {
    const { call, picked } = setUp();
    const target = `${USER}/new/a.bin`;
    const works = [
      ['writeFile', { filePath: target, data: 'a' }],
      ['copyFile', { srcPath: picked, destPath: target }],
      ['saveFile', { tempFilePath: picked, filePath: target }],
    ] as const;
    for (const [name, options] of works) expect(await call(name, options)).toMatchObject(MISSING);
    expect(handle.files.read(picked)).toBeDefined();
    await call('mkdir', { dirPath: `${USER}/new` });
    for (const [name, options] of works)
      expect(await call(name, options)).toMatchObject({ errMsg: `${name}:ok` });
    expect(await call('writeFile', { filePath: `${USER}/new`, data: 'a' })).toMatchObject({
      errno: 1300021,
    });
  });

  it('is listed when it exists, empty too', async () => {
    const { call } = setUp();
    const list = (dirPath: string) => call('readdir', { dirPath });
    expect(await list(`${USER}/unsent`)).toMatchObject({
      errMsg: `readdir:fail no such file or directory ${USER}/unsent`,
      ...MISSING,
    });
    await call('mkdir', { dirPath: `${USER}/unsent` });
    expect(await list(`${USER}/unsent`)).toMatchObject({ files: [] });
    await call('writeFile', { filePath: `${USER}/unsent/a`, data: 'a' });
    expect(await list(`${USER}/unsent`)).toMatchObject({ files: ['a'] });
    expect(await list(`${USER}/unsent/a`)).toMatchObject({ errno: 1300020 });
    expect(await call('access', { path: `${USER}/other` })).toMatchObject(MISSING);
    expect(await call('access', { path: `${USER}/unsent` })).toMatchObject({ errMsg: 'access:ok' });
    expect(await call('unlink', { filePath: `${USER}/unsent` })).toMatchObject({ errno: 1300001 });
  });

  it('is there again after the end of the app, and is no saved file', async () => {
    const { call, files } = setUp();
    await call('mkdir', { dirPath: `${USER}/unsent` });
    expect(handle.files.kept()).toEqual([]);
    handle.dispose();
    const later = setUp(files);
    expect(await later.call('mkdir', { dirPath: `${USER}/unsent` })).toMatchObject({
      errno: 1301005,
    });
  });
});
