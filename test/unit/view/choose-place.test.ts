import Taro from '@tarojs/taro';
import { choosePlace } from '@/components/composer/choose-place';

jest.mock('@tarojs/taro', () => ({ chooseLocation: jest.fn(), showToast: jest.fn() }));

const env = process.env.TARO_ENV;
beforeAll(() => void (process.env.TARO_ENV = 'weapp'));
afterAll(() => void (process.env.TARO_ENV = env));

const choosing = (answer: object) => {
  jest.mocked(Taro.chooseLocation).mockResolvedValueOnce(answer as never);
  return choosePlace('en');
};

describe('a place that WeChat gave', () => {
  it.each([
    [{ name: 'Lake', address: 'Hangzhou' }, 'Lake', 'Hangzhou'],
    // The SDK refuses an empty address.
    [{ name: 'Lake', address: '' }, 'Lake', 'Lake'],
    [{ name: '', address: '' }, '', '30.25000, 120.15000'],
  ])('%j has the title %j and the address %j', async (names, title, address) => {
    expect(await choosing({ ...names, latitude: 30.25, longitude: 120.15 })).toEqual({
      latitude: 30.25,
      longitude: 120.15,
      title,
      address,
    });
  });

  it('may have texts for numbers, and is refused off the earth', async () => {
    const names = { name: 'Lake', address: 'Hangzhou' };
    expect(await choosing({ ...names, latitude: '30.25', longitude: '120.15' })).toMatchObject({
      latitude: 30.25,
    });
    for (const latitude of [91, NaN, undefined, 'north'])
      expect(await choosing({ ...names, latitude, longitude: 0 })).toBeNull();
  });
});
