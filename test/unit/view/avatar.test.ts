import { avatarColour, initialOf } from '@/components/format/initial';

describe('an avatar without a picture', () => {
  test('shows the whole first character, also an emoji', () => {
    expect(['王小明', ' alice', '🌸小花', ''].map(initialOf)).toEqual(['王', 'A', '🌸', '']);
  });

  test('always has the same of eight colours', () => {
    const accounts = Array.from({ length: 500 }, (_, index) => `account${index}`);
    expect(accounts.map(avatarColour)).toEqual(accounts.map(avatarColour));
    expect(new Set(accounts.map(avatarColour)).size).toBe(8);
  });
});
