import { pageAddressOf, paramOf } from '@/components/page/page-params';

describe("Taro's id of a page", () => {
  test.each([
    ['pages/me/index?$taroTimestamp=1', '/pages/me/index', {}],
    [
      'packages/chat/index?conversationId=anna%7C1%7Cben&$taroTimestamp=1',
      '/packages/chat/index',
      { conversationId: 'anna%7C1%7Cben' },
    ],
    ['/a/b?x=1=2?3&y=', '/a/b', { x: '1=2?3', y: '' }],
    ['a/b', '/a/b', {}],
  ])('splits %s into path and parameters', (tid, path, params) => {
    expect(pageAddressOf(tid)).toEqual({ path, params });
  });
});

test('decodes a malformed parameter to an empty text', () => {
  expect(paramOf({ a: 'x%20y', b: '%E0%A4%A' }, 'a')).toBe('x y');
  expect(paramOf({ a: 'x%20y', b: '%E0%A4%A' }, 'b')).toBe('');
  expect(paramOf({}, 'c')).toBe('');
});
