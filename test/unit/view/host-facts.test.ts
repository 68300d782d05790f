import { windowSize } from '@/components/page/host-facts';

let mockInfo: unknown;
jest.mock('@tarojs/taro', () => ({ getWindowInfo: () => mockInfo }));

test.each([
  [
    { windowWidth: 390, windowHeight: 700 },
    { windowWidth: 390, windowHeight: 700 },
  ],
  [
    { windowWidth: 390, windowHeight: { toString: null } },
    { windowWidth: 390, windowHeight: 667 },
  ],
  [
    { windowWidth: 0, windowHeight: NaN },
    { windowWidth: 375, windowHeight: 667 },
  ],
  [
    { windowWidth: '390', windowHeight: -1 },
    { windowWidth: 375, windowHeight: 667 },
  ],
  [{}, { windowWidth: 375, windowHeight: 667 }],
])('the window size of a host that says %j is %j', (given, expected) => {
  mockInfo = given;
  expect(windowSize()).toEqual(expected);
});
