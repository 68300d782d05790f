import { InvalidParameter } from '@/packages/chatroom/connection/enter-params';
import {
  aDistance,
  address,
  all,
  aNumber,
  atMost,
  fieldProblem,
  parseTags,
  required,
} from '@/packages/chatroom/people/checks';
import { secondsOfMinutes } from '@/packages/chatroom/people/mute-time';
import { pagesToLeave } from '@/packages/chatroom/people/pages-to-leave';
import { peopleTexts } from '@/packages/chatroom/people/texts';

const say = peopleTexts('en');

describe('what is typed into a form', () => {
  test('is not too long, and when it is, by how much', () => {
    expect(atMost(5)('12345', say)).toBeUndefined();
    expect(atMost(5)('123456', say)).toBe('At most 5 characters; there are 6');
  });

  test('is there, where it must be', () => {
    expect(required(' ', say)).toBeTruthy();
    expect(required('a', say)).toBeUndefined();
  });

  test('is an address, or nothing', () => {
    const check = address('https://', 'rtmp://');
    for (const good of ['', 'https://a.b/c', 'rtmp://a']) expect(check(good, say)).toBeUndefined();
    for (const bad of ['a.b', 'https://', 'javascript:x'])
      expect(check(bad, say)).toBe('An address that begins with https:// rtmp://');
  });

  test('is a number, and a distance not below zero', () => {
    for (const good of ['0', '-1.5', ' 3 ']) expect(aNumber(good, say)).toBeUndefined();
    for (const bad of ['', 'x', '1,5', 'Infinity']) expect(aNumber(bad, say)).toBeTruthy();
    expect(aDistance('-1', say)).toBeTruthy();
    expect(aDistance('0', say)).toBeUndefined();
  });

  test('is told the first thing that is wrong', () => {
    expect(all(required, atMost(3))('', say)).toBe(say('form.required'));
    expect(all(required, atMost(3))('abcd', say)).toContain('3');
    expect(all(required, atMost(3))('abc', say)).toBeUndefined();
  });

  test('tags: between commas of both scripts and spaces, each once', () => {
    expect(parseTags(' vip,red,\u3001 vip\uff0cblue ')).toEqual(['vip', 'red', 'blue']);
    expect(parseTags(' ')).toEqual([]);
  });

  test("what a store finds wrong is the field's; anything else is not", () => {
    const own = new InvalidParameter('locationConfig.distance', undefined, 'is not a distance');
    expect(fieldProblem(own, say)?.field).toBe('distance');
    expect(fieldProblem(new Error('x'), say)).toBeUndefined();
  });
});

test('minutes of a mute: whole, from one to thirty days; zero only where it undoes one', () => {
  expect(secondsOfMinutes('1')).toBe(60);
  expect(secondsOfMinutes('43200')).toBe(30 * 24 * 3600);
  for (const bad of ['', '0', '-1', '1.5', '43201', '1e3', 'x'])
    expect(secondsOfMinutes(bad)).toBeNull();
  expect(secondsOfMinutes('0', 0)).toBe(0);
});

describe('leaving a room', () => {
  const room = (name: string) => `packages/chatroom/${name}/index`;

  test('goes back past every page about it', () => {
    const list = 'packages/chatroom/list/index';
    expect(pagesToLeave([list, room('room'), room('about')])).toBe(2);
    expect(pagesToLeave([list, room('room'), room('about'), room('people')])).toBe(3);
    expect(pagesToLeave(['pages/me/index', `${room('room')}`])).toBe(1);
  });

  test('has nowhere to go back to when a page was opened by its address', () => {
    expect(pagesToLeave([room('about')])).toBe(0);
    expect(pagesToLeave([])).toBe(0);
  });

  test('reads the routes a browser has, with a slash before and a query behind', () => {
    expect(pagesToLeave(['/pages/me/index', '/packages/chatroom/room/index?roomId=1'])).toBe(1);
  });
});
