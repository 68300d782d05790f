import { listTime, separatorTime } from '@/components/format/time';
import { appTexts } from '@/i18n';

const zh = appTexts('zh-CN');
const en = appTexts('en');
const at = (...parts: [number, number, number, number, number]) => new Date(...parts).getTime();
/** Saturday, 21 November 2026, 14:30. */
const NOW = at(2026, 10, 21, 14, 30);

describe('the time in a list', () => {
  test.each([
    ['today', at(2026, 10, 21, 9, 5), '09:05', '09:05'],
    ['the first minute of today', at(2026, 10, 21, 0, 0), '00:00', '00:00'],
    ['the last minute of yesterday', at(2026, 10, 20, 23, 59), '昨天', 'Yesterday'],
    ['two days ago', at(2026, 10, 19, 8, 0), '星期四', 'Thursday'],
    ['six days ago', at(2026, 10, 15, 23, 0), '星期日', 'Sunday'],
    ['a week ago', at(2026, 10, 14, 14, 0), '2026/11/14', '2026/11/14'],
    ['last year', at(2025, 0, 2, 3, 4), '2025/01/02', '2025/01/02'],
    ["a time ahead of the device's clock", at(2026, 10, 22, 0, 1), '00:01', '00:01'],
  ])('%s', (_, time, chinese, english) => {
    expect(listTime(time, NOW, zh)).toBe(chinese);
    expect(listTime(time, NOW, en)).toBe(english);
  });

  test('a missing time gives an empty text', () => {
    expect(listTime(0, NOW, zh)).toBe('');
  });

  test('yesterday is a calendar day, not a span of 24 hours', () => {
    const justAfterMidnight = at(2026, 10, 21, 0, 1);
    expect(listTime(at(2026, 10, 20, 23, 58), justAfterMidnight, zh)).toBe('昨天');
  });
});

describe('the time between messages', () => {
  test.each([
    ['today', at(2026, 10, 21, 9, 5), '09:05', '09:05'],
    ['yesterday', at(2026, 10, 20, 23, 59), '昨天 23:59', 'Yesterday 23:59'],
    ['this week', at(2026, 10, 18, 8, 0), '星期三 08:00', 'Wednesday 08:00'],
    ['this year', at(2026, 2, 1, 8, 0), '3月1日 08:00', 'Mar 1 08:00'],
    ['another year', at(2025, 11, 31, 8, 0), '2025年12月31日 08:00', 'Dec 31, 2025 08:00'],
  ])('%s', (_, time, chinese, english) => {
    expect(separatorTime(time, NOW, zh)).toBe(chinese);
    expect(separatorTime(time, NOW, en)).toBe(english);
  });
});
