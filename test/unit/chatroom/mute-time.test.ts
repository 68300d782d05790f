import { secondsOfMinutes } from '@/packages/chatroom/people/mute-time';

test('a mute takes whole minutes from one to thirty days; zero only undoes a mute', () => {
  expect(secondsOfMinutes('1')).toBe(60);
  expect(secondsOfMinutes('43200')).toBe(30 * 24 * 3600);
  for (const bad of ['', '0', '-1', '1.5', '43201', '1e3', 'x'])
    expect(secondsOfMinutes(bad)).toBeNull();
  expect(secondsOfMinutes('0', 0)).toBe(0);
});
