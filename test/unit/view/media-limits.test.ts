import { excessOf } from '@/components/media/limits';
import { coverOf } from '@/components/media/picture-box';
import { keepPoster, posterOf } from '@/components/media/posters';
import type { MediaUrls } from '@/sdk/media-urls';

const MB = 1024 * 1024;

test.each([
  [{ kind: 'image', size: 20 * MB }, undefined],
  [{ kind: 'image', size: 20 * MB + 1 }, 'imageSize'],
  [{ kind: 'image' }, undefined],
  [{ kind: 'video', size: 100 * MB + 1, duration: 1000 }, 'videoSize'],
  [{ kind: 'video', size: 1, duration: 60_900 }, undefined],
  [{ kind: 'video', size: 1, duration: 61_500 }, 'videoLength'],
])('%j: %s', (file, excess) => {
  expect(excessOf(file)).toBe(excess);
});

describe('the poster of a video', () => {
  const urls: MediaUrls = {
    imageThumb: (url) => url,
    videoCover: (url, { width, height }) => `${url}?cover=${width}x${height}`,
  };

  test('comes from the file server, smaller than the video or in its size', () => {
    const url = 'https://f.example/a.mp4';
    expect(coverOf({ url, width: 720, height: 1280 }, urls)).toBe(`${url}?cover=203x360`);
    expect(coverOf({ url, width: 80, height: 60 }, urls)).toBe(`${url}?cover=80x60`);
    expect(coverOf({ url, width: 0, height: 0 }, urls)).toBe(`${url}?cover=280x280`);
    expect(coverOf({ url: 'wxfile://a.mp4', width: 80, height: 60 }, urls)).toBe('');
  });

  test('of a chosen video is kept, for the newest thirty', () => {
    for (let i = 0; i < 31; i++) keepPoster(`v${i}`, `p${i}`);
    expect([posterOf('v0'), posterOf('v1'), posterOf('v30')]).toEqual(['', 'p1', 'p30']);
  });
});
