import { boxOf, thumbOf, thumbSize } from '@/components/media/picture-box';
import { isRemote, mediaUrls, type MediaUrls } from '@/sdk/media-urls';

const shape = (width: number, height: number) => ({ width, height });

describe('the box of a picture', () => {
  test.each([
    ['landscape', shape(4000, 3000), shape(180, 135)],
    ['portrait', shape(3000, 4000), shape(135, 180)],
    ['a wide panorama', shape(65_535, 100), shape(180, 64)],
    ['a tall screenshot', shape(100, 65_535), shape(64, 180)],
    ['an icon', shape(20, 20), shape(64, 64)],
    ['a small picture', shape(100, 80), shape(100, 80)],
    ['an unknown size', shape(0, 0), shape(140, 140)],
    ['half of a size', shape(300, 0), shape(140, 140)],
  ])('%s', (_, given, box) => {
    expect(boxOf(given)).toEqual(box);
  });
});

describe('the size of a thumbnail', () => {
  test.each([
    ['covers the box with two pixels for each px', shape(4000, 3000), shape(360, 270)],
    ['covers the short side of a panorama', shape(4000, 500), shape(1024, 128)],
    ['is limited', shape(65_535, 100), shape(1500, 100)],
    ['is a square for an unknown size', shape(0, 0), shape(280, 280)],
    ['is none when the picture is not larger', shape(360, 270), null],
  ])('%s', (_, given, size) => {
    expect(thumbSize(given)).toEqual(size);
  });
});

const urls: MediaUrls = {
  imageThumb: (url, { width, height }) => `${url}?thumb=${width}x${height}`,
  videoCover: (url) => url,
};

describe('the address of a thumbnail', () => {
  const file = { url: 'https://f.example/a', name: 'a.jpg', ext: '.jpg', ...shape(4000, 3000) };

  test('is made by the SDK', () => {
    expect(thumbOf(file, urls)).toBe('https://f.example/a?thumb=360x270');
    expect(thumbOf(file, undefined)).toBe(file.url);
  });

  test.each([
    ['a GIF by its extension', { ...file, ext: 'gif' }],
    ['a GIF by its name', { ...file, ext: '', name: 'A.GIF' }],
    ['a GIF by its address', { ...file, ext: '', name: '', url: 'https://f.example/a.gif?x=1' }],
    ['a file of the device', { ...file, url: 'wxfile://tmp/a.jpg' }],
    ['a file of the device in the simulator', { ...file, url: 'http://tmp/a.jpg' }],
    ['a small picture', { ...file, ...shape(200, 100) }],
  ])('is that of the picture for %s', (_, given) => {
    expect(thumbOf(given, urls)).toBe(given.url);
  });
});

describe('the helpers of the SDK', () => {
  const cloudStorage = {
    getThumbUrl: (url: string) => `${url}!`,
    getVideoCoverUrl: () => {
      throw new Error('no policy');
    },
  };
  const { imageThumb, videoCover } = mediaUrls(() => ({ core: { cloudStorage } }));

  test('are called for addresses on a server, and not for short links', () => {
    expect(imageThumb('https://f.example/a', shape(1, 1))).toBe('https://f.example/a!');
    expect(imageThumb('https://f.example/a?_im_url=1', shape(1, 1))).not.toContain('!');
    expect(imageThumb('wxfile://a', shape(1, 1))).toBe('wxfile://a');
  });

  test('leave the address when they throw, and without an SDK instance', () => {
    expect(videoCover('https://f.example/a', shape(1, 1))).toBe('https://f.example/a');
    const ended = mediaUrls(() => {
      throw new Error('ended');
    });
    expect(ended.imageThumb('https://f.example/a', shape(1, 1))).toBe('https://f.example/a');
    expect(mediaUrls(() => ({})).imageThumb('https://f.example/a', shape(1, 1))).toBe(
      'https://f.example/a',
    );
  });

  test('know a file of the device from an address', () => {
    expect(['https://a', 'http://a.example/x'].every(isRemote)).toBe(true);
    expect(['http://tmp/x', 'wxfile://x', 'blob:http://a', '', '//a'].some(isRemote)).toBe(false);
  });
});
