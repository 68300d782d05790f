import { shareBundle } from '@/packages/diagnostics/share-bundle';
import type { Platform } from '@/platform';
import { createWx } from '../../wx';
import { FakeClock } from '../fakes/fake-clock';

const platform = () => ({ clock: new FakeClock() }) as unknown as Platform;

describe('sharing the diagnostics', () => {
  const install = (apis: (handle: ReturnType<typeof createWx>) => Record<string, unknown>) => {
    const handle = createWx();
    handle.install(apis(handle));
    Object.assign(globalThis, { wx: handle.wx });
    return handle;
  };

  it('sends a file in WeChat', async () => {
    const sent: unknown[] = [];
    const { files } = install(({ api }) => ({
      shareFileMessage: api('shareFileMessage', (options) => void sent.push(options)),
    }));
    expect(await shareBundle('{"a":1}', platform())).toBe('sent');
    expect(sent).toEqual([
      { filePath: 'http://usr/yunxin-diagnostics.json', fileName: 'yunxin-diagnostics.json' },
    ]);
    expect(String(files.read('http://usr/yunxin-diagnostics.json'))).toBe('{"a":1}');
  });

  it('stops when the user closes the picker', async () => {
    const { ui } = install(() => ({
      shareFileMessage: () => Promise.reject({ errMsg: 'shareFileMessage:fail cancel' }),
    }));
    expect(await shareBundle('text', platform())).toBe('cancelled');
    expect(ui.clipboard).toBe('');
  });

  it('copies where WeChat has no such picker, and where the picker fails', async () => {
    const { ui } = install(() => ({ shareFileMessage: undefined }));
    expect(await shareBundle('one', platform())).toBe('copied');
    expect(ui.clipboard).toBe('one');
    const failing = install(() => ({
      shareFileMessage: () => Promise.reject({ errMsg: 'shareFileMessage:fail not supported' }),
    }));
    expect(await shareBundle('two', platform())).toBe('copied');
    expect(failing.ui.clipboard).toBe('two');
  });
});

describe('in a browser', () => {
  it('downloads the file, and releases the file afterwards', async () => {
    const link = { href: '', download: '', click: jest.fn() };
    const document = { createElement: () => link };
    const { createObjectURL, revokeObjectURL } = URL;
    const given = process.env.TARO_ENV;
    const revoked: string[] = [];
    Object.assign(URL, {
      createObjectURL: () => 'blob:1',
      revokeObjectURL: (address: string) => revoked.push(address),
    });
    Object.assign(globalThis, { document });
    process.env.TARO_ENV = 'h5';
    const clock = new FakeClock();
    try {
      expect(await shareBundle('{}', { clock } as unknown as Platform)).toBe('downloaded');
      expect(link).toMatchObject({ href: 'blob:1', download: 'yunxin-diagnostics.json' });
      expect(link.click).toHaveBeenCalledTimes(1);
      await clock.advance(0);
      expect(revoked).toEqual(['blob:1']);
    } finally {
      Object.assign(URL, { createObjectURL, revokeObjectURL });
      Reflect.deleteProperty(globalThis, 'document');
      if (given === undefined) delete process.env.TARO_ENV;
      else process.env.TARO_ENV = given;
    }
  });
});
