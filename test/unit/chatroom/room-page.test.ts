import { exitText } from '@/packages/chatroom/room/exit-text';
import { giftText } from '@/packages/chatroom/room/gifts';
import { noticeText } from '@/packages/chatroom/room/notice-text';
import { PacedGate } from '@/packages/chatroom/room/paced-gate';
import { remaining } from '@/packages/chatroom/room/remaining';
import { shortCount } from '@/packages/chatroom/short-count';
import { chatroomTexts } from '@/packages/chatroom/texts';
import { PageGate } from '@/components/page-gate';

jest.mock('react-dom', () => ({ flushSync: (work: () => void) => work() }));

const zh = chatroomTexts('zh-CN');
const en = chatroomTexts('en');

describe('the pace of a page', () => {
  let page: PageGate;
  let gate: PacedGate;
  const rendered: string[] = [];
  const first = () => void rendered.push('first');
  const second = () => void rendered.push('second');
  const soon = () => Promise.resolve().then(() => undefined);

  beforeEach(() => {
    jest.useFakeTimers();
    rendered.length = 0;
    page = new PageGate();
    gate = new PacedGate(page);
  });
  afterEach(() => jest.useRealTimers());

  it('lets everything that one action woke render together, at once after a quiet time', async () => {
    gate.request(first);
    gate.request(second);
    gate.request(first);
    expect(rendered).toEqual([]);
    await soon();
    expect(rendered).toEqual(['first', 'second']);
  });

  it('makes what comes soon after wait, once', async () => {
    gate.request(first);
    await soon();
    gate.request(second);
    gate.request(second);
    await soon();
    expect(rendered).toEqual(['first']);
    jest.advanceTimersByTime(112);
    expect(rendered).toEqual(['first', 'second']);
  });

  it('does not make somebody wait who has just done something', async () => {
    gate.request(first);
    await soon();
    gate.request(second);
    gate.hurry();
    await soon();
    expect(rendered).toEqual(['first', 'second']);
  });

  it('holds everything back while the page is hidden, and forgets what has gone', async () => {
    page.hide();
    gate.request(first);
    gate.request(second);
    await soon();
    gate.cancel(first);
    expect(rendered).toEqual([]);
    page.show();
    expect(rendered).toEqual(['second']);
  });
});

describe('what a room says', () => {
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
  ] as const)('in a quiet line, in both languages', (given, chinese, english) => {
    expect(noticeText(given, zh)).toBe(chinese);
    expect(noticeText(given, en)).toBe(english);
  });

  it('of a gift, and of one this app does not know', () => {
    const rose = { type: 'gift', giftId: 'rose', name: '?', count: 3 } as const;
    expect(giftText(rose, zh)).toBe('🌹 送出 玫瑰 ×3');
    expect(giftText({ ...rose, giftId: 'car', name: 'Car' }, en)).toBe('🎁 Sent Car ×3');
  });

  it.each([
    ['roomId', 'The room number is wrong: it must be digits'],
    ['token', 'The sign-in token is empty'],
    ['locationConfig.locationInfo.y', 'The location is wrong'],
    ['roomAvatar', 'The parameter roomAvatar is wrong'],
  ])('of a wrong parameter (%s) name that parameter', (field, text) => {
    expect(exitText({ kind: 'refused', code: 191004, field }, 191004, en, 'en')).toBe(text);
  });

  it.each([191003, 191005, 399])('of the end (%i) promise no further try', (code) => {
    const cause = { kind: 'refused', code } as const;
    expect(exitText(cause, code, en, 'en')).not.toMatch(/trying/);
    expect(exitText(cause, code, zh, 'zh-CN')).not.toMatch(/正在/);
    expect(exitText(cause, code, zh, 'zh-CN').length).toBeGreaterThan(3);
  });

  it('of a time that is left', () => {
    expect([9, 65, 3600].map(remaining)).toEqual(['0:09', '1:05', '1:00:00']);
  });

  it('of a count, shortly', () => {
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
