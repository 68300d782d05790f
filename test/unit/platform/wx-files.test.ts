import { wxFiles } from '@/platform/wx-files';
import { createWx, type WxHandle } from '../../wx';

let handle: WxHandle;
afterEach(() => {
  handle.dispose();
  Reflect.deleteProperty(globalThis, 'wx');
});

function setUp() {
  handle = createWx();
  Object.assign(globalThis, { wx: handle.wx });
  return wxFiles();
}

describe('copies of unsent files in WeChat', () => {
  test('are made in a directory that the first copy makes, and are opened, listed and removed', async () => {
    const files = setUp();
    await expect(files.names()).rejects.toThrow('no such file or directory');
    await files.keep('a.png', handle.files.add('first'));
    await files.keep('b.png', handle.files.add('second'));
    expect(await files.names()).toEqual(['a.png', 'b.png']);
    const { file } = await files.open('b.png');
    expect(handle.files.read(String(file))?.toString()).toBe('second');
    await files.remove('a.png');
    expect(await files.names()).toEqual(['b.png']);
    await expect(files.open('a.png')).rejects.toThrow('no such file or directory');
  });

  test('leave the file of the upload where it is, and say why a copy fails', async () => {
    const files = setUp();
    const picked = handle.files.add('content');
    await files.keep('a.bin', picked);
    expect(handle.files.read(picked)).toBeDefined();
    handle.files.limitBytes = 10;
    await expect(files.keep('b.bin', handle.files.add('more'))).rejects.toThrow('maximum size');
    await expect(files.keep('c.bin', 'http://tmp/gone')).rejects.toThrow('no such file');
  });
});
