import { InvalidParameter } from '@/packages/chatroom/connection/enter-params';
import {
  aDistance,
  addressWithScheme,
  firstProblemOf,
  aNumber,
  atMost,
  fieldProblem,
  parseTags,
  required,
} from '@/packages/chatroom/people/validators';
import { peopleTexts } from '@/packages/chatroom/people/texts';

const t = peopleTexts('en');

describe('the validation of a form field', () => {
  test('limits the length and shows the current length', () => {
    expect(atMost(5)('12345', t)).toBeUndefined();
    expect(atMost(5)('123456', t)).toBe('At most 5 characters; there are 6');
  });

  test('requires a value', () => {
    expect(required(' ', t)).toBeTruthy();
    expect(required('a', t)).toBeUndefined();
  });

  test('accepts an address or an empty value', () => {
    const check = addressWithScheme('https://', 'rtmp://');
    for (const good of ['', 'https://a.b/c', 'rtmp://a']) expect(check(good, t)).toBeUndefined();
    for (const bad of ['a.b', 'https://', 'javascript:x'])
      expect(check(bad, t)).toBe('An address that begins with https:// rtmp://');
  });

  test('requires a number, and a distance of at least zero', () => {
    for (const good of ['0', '-1.5', ' 3 ']) expect(aNumber(good, t)).toBeUndefined();
    for (const bad of ['', 'x', '1,5', 'Infinity']) expect(aNumber(bad, t)).toBeTruthy();
    expect(aDistance('-1', t)).toBeTruthy();
    expect(aDistance('0', t)).toBeUndefined();
  });

  test('shows the first problem', () => {
    expect(firstProblemOf(required, atMost(3))('', t)).toBe(t('form.required'));
    expect(firstProblemOf(required, atMost(3))('abcd', t)).toContain('3');
    expect(firstProblemOf(required, atMost(3))('abc', t)).toBeUndefined();
  });

  test('splits tags at commas of both scripts and spaces, without duplicates', () => {
    expect(parseTags(' vip,red,\u3001 vip\uff0cblue ')).toEqual(['vip', 'red', 'blue']);
    expect(parseTags(' ')).toEqual([]);
  });

  test('assigns an invalid parameter of a store to its field, and no other error', () => {
    const own = new InvalidParameter('locationConfig.distance', undefined, 'is not a distance');
    expect(fieldProblem(own, t)?.field).toBe('distance');
    expect(fieldProblem(new Error('x'), t)).toBeUndefined();
  });
});
