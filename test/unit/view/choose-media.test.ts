import Taro from '@tarojs/taro';
import { chooseMedia, choosePicture } from '@/components/composer/choose-media';
import { posterOf } from '@/components/media/posters';

jest.mock('@tarojs/taro', () => ({
  chooseMedia: jest.fn(),
  compressImage: jest.fn(),
  getFileInfo: jest.fn(),
  getImageInfo: jest.fn(),
  showToast: jest.fn(),
}));

const wx = jest.mocked(Taro);
const MB = 1024 * 1024;
const image = (tempFilePath: string, size = 1000) => ({ tempFilePath, size, fileType: 'image' });
const picks = (...tempFiles: object[]) =>
  wx.chooseMedia.mockResolvedValue({ tempFiles, type: 'mix' } as never);
const shapes = (shape: { width: number; height: number; orientation?: string }) =>
  wx.getImageInfo.mockResolvedValue(shape as never);
const toasts = () => wx.showToast.mock.calls.map(([toast]) => toast?.title);

let environment: typeof process.env.TARO_ENV;
beforeEach(() => {
  environment = process.env.TARO_ENV;
  process.env.TARO_ENV = 'weapp';
  jest.resetAllMocks();
  wx.showToast.mockResolvedValue({} as never);
  shapes({ width: 40, height: 30 });
});
afterEach(() => {
  process.env.TARO_ENV = environment;
});

test('the album offers nine pictures and videos, original or compressed, and videos of 60 s', async () => {
  picks(image('a'));
  expect(await chooseMedia('album', 'en')).toEqual([
    { kind: 'image', file: 'a', size: 1000, width: 40, height: 30 },
  ]);
  expect(wx.chooseMedia).toHaveBeenCalledWith({
    count: 9,
    mediaType: ['image', 'video'],
    sourceType: ['album'],
    sizeType: ['original', 'compressed'],
    maxDuration: 60,
  });
});

test('an avatar is one compressed picture', async () => {
  picks(image('a'));
  await choosePicture('en');
  expect(wx.chooseMedia).toHaveBeenCalledWith(
    expect.objectContaining({ count: 1, mediaType: ['image'], sizeType: ['compressed'] }),
  );
});

test.each([
  ['up', 40, 30],
  ['down', 40, 30],
  ['left', 30, 40],
  ['right-mirrored', 30, 40],
])('a picture that the camera stored as %s has the shape that viewers show', async (...given) => {
  const [orientation, width, height] = given;
  picks(image('a'));
  shapes({ width: 40, height: 30, orientation });
  expect(await chooseMedia('camera', 'en')).toMatchObject([{ width, height }]);
});

test('a picture that cannot be measured is sent without a shape', async () => {
  picks(image('a'));
  wx.getImageInfo.mockRejectedValue({ errMsg: 'getImageInfo:fail' } as never);
  expect(await chooseMedia('album', 'en')).toEqual([{ kind: 'image', file: 'a', size: 1000 }]);
});

test('a picture that is too large is compressed, and refused when that is not enough', async () => {
  picks(image('big', 30 * MB), image('small'), image('huge', 90 * MB));
  wx.compressImage.mockImplementation((option) =>
    Promise.resolve({ tempFilePath: `${option.src}-c` } as never),
  );
  wx.getFileInfo.mockImplementation((option) =>
    Promise.resolve({ size: option?.filePath === 'big-c' ? MB : 25 * MB } as never),
  );
  const files = await chooseMedia('album', 'en');
  expect(files.map(({ file }) => file)).toEqual(['big-c', 'small']);
  expect(toasts()).toEqual(['A picture can have at most 20 MB']);
});

test('a video has its length in milliseconds, its shape and its poster', async () => {
  picks({
    tempFilePath: 'v',
    thumbTempFilePath: 'poster',
    fileType: 'video',
    size: 5,
    duration: 12.34,
    width: 720,
    height: 1280,
  });
  expect(await chooseMedia('album', 'en')).toEqual([
    { kind: 'video', file: 'v', size: 5, duration: 12_340, width: 720, height: 1280 },
  ]);
  expect(posterOf('v')).toBe('poster');
});

test('several files that are not sent are counted', async () => {
  const video = { fileType: 'video', size: 1, duration: 90, width: 1, height: 1 };
  picks({ ...video, tempFilePath: 'v' }, { ...video, tempFilePath: 'w' });
  expect(await chooseMedia('album', 'en')).toEqual([]);
  expect(toasts()).toEqual(['2 files were not sent. A video can have at most 60 seconds']);
});
