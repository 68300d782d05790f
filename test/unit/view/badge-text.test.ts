import { badgeText } from '@/components/format/badge-text';

test('a badge counts to 99', () => {
  expect([1, 99, 100, 12_345].map(badgeText)).toEqual(['1', '99', '99+', '99+']);
});
