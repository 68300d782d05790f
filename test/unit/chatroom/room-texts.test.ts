import { exitText } from '@/packages/chatroom/room/exit-text';
import { giftText } from '@/packages/chatroom/room/gifts';
import { noticeText } from '@/packages/chatroom/room/notice-text';
import { remaining } from '@/packages/chatroom/room/countdown-text';
import { shortCount } from '@/packages/chatroom/short-count';
import { chatroomTexts } from '@/packages/chatroom/texts';

const zh = chatroomTexts('zh-CN');
const en = chatroomTexts('en');

describe('a text of the room page', () => {
  const notice = {
    kind: 'entered',
    names: ['A', 'B'],
    count: 2,
    operator: '',
    aboutMe: false,
    seconds: 0,
    tag: '',
    role: undefined,
  } as const;

  it.each([
    [notice, '“A”、“B”进入了聊天室', 'A, B entered the room'],
    [
      { ...notice, count: 14 },
      '“A”、“B”等 14 人进入了聊天室',
      'A, B and others entered (14 people)',
    ],
    [
      { ...notice, kind: 'tempMuted', names: ['A'], count: 1, aboutMe: true, seconds: 90 },
      '你被禁言 1:30',
      'You can’t talk for 1:30',
    ],
    [
      { ...notice, kind: 'roleChanged', names: ['A'], count: 1, role: 2 },
      '“A”成为管理员',
      'A became a manager',
    ],
  ] as const)('describes a notice in both languages', (given, chinese, english) => {
    expect(noticeText(given, zh)).toBe(chinese);
    expect(noticeText(given, en)).toBe(english);
  });

  it('names a known gift and an unknown gift', () => {
    const rose = { type: 'gift', giftId: 'rose', name: '?', count: 3 } as const;
    expect(giftText(rose, zh)).toBe('🌹 送出 玫瑰 ×3');
    expect(giftText({ ...rose, giftId: 'car', name: 'Car' }, en)).toBe('🎁 Sent Car ×3');
  });

  it.each([
    ['roomId', 'The room number is wrong: it must be digits'],
    ['token', 'The sign-in token is empty'],
    ['locationConfig.locationInfo.y', 'The location is wrong'],
    ['roomAvatar', 'The parameter roomAvatar is wrong'],
  ])('names the wrong parameter %s', (field, text) => {
    expect(exitText({ kind: 'refused', code: 191004, field }, 191004, en, 'en')).toBe(text);
  });

  it.each([191003, 191005, 399])('promises no retry after the end with %i', (code) => {
    const cause = { kind: 'refused', code } as const;
    expect(exitText(cause, code, en, 'en')).not.toMatch(/trying/);
    expect(exitText(cause, code, zh, 'zh-CN')).not.toMatch(/正在/);
    expect(exitText(cause, code, zh, 'zh-CN').length).toBeGreaterThan(3);
  });

  it('shows the remaining time', () => {
    expect([9, 65, 3600].map(remaining)).toEqual(['0:09', '1:05', '1:00:00']);
  });

  it('shortens a count', () => {
    expect([999, 12_800, 120_000_000].map((count) => shortCount(count, 'zh-CN'))).toEqual([
      '999',
      '1.2万',
      '1.2亿',
    ]);
    expect([999, 12_800, 1_250_000].map((count) => shortCount(count, 'en'))).toEqual([
      '999',
      '12.8K',
      '1.2M',
    ]);
  });
});
