import { addressOf, paramOf } from '@/components/page-params';

describe("Taro's id of a page", () => {
  test.each([
    ['pages/me/index?$taroTimestamp=1', '/pages/me/index', {}],
    [
      'pages/chat/index?conversationId=anna%7C1%7Cben&$taroTimestamp=1',
      '/pages/chat/index',
      { conversationId: 'anna%7C1%7Cben' },
    ],
    ['/a/b?x=1=2?3&y=', '/a/b', { x: '1=2?3', y: '' }],
    ['a/b', '/a/b', {}],
  ])('%s is taken apart', (tid, path, params) => {
    expect(addressOf(tid)).toEqual({ path, params });
  });
});

test('a parameter that cannot be decoded is empty', () => {
  expect(paramOf({ a: 'x%20y', b: '%E0%A4%A' }, 'a')).toBe('x y');
  expect(paramOf({ a: 'x%20y', b: '%E0%A4%A' }, 'b')).toBe('');
  expect(paramOf({}, 'c')).toBe('');
});
