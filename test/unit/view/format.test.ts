import { badgeText } from '@/components/format/badge-text';
import { avatarColour, initialOf } from '@/components/format/initial';
import { previewText, recallText } from '@/components/format/preview-text';
import { reasonText, signedOutReason } from '@/components/reason-text';
import { allReasons } from '@/connection';
import { translatorFor } from '@/i18n';
import type { MessageKind, Preview } from '@/stores';
import { letterOf, sectionsOf } from '@/pages/contacts/letters';

const zh = translatorFor('zh-CN');
const en = translatorFor('en');

test('a badge counts to 99', () => {
  expect([1, 99, 100, 12_345].map(badgeText)).toEqual(['1', '99', '99+', '99+']);
});

describe('an avatar without a picture', () => {
  test('shows the first character, whole even when it is an emoji', () => {
    expect(['王小明', ' alice', '🌸小花', ''].map(initialOf)).toEqual(['王', 'A', '🌸', '']);
  });

  test('always has the same of eight colours', () => {
    const accounts = Array.from({ length: 500 }, (_, index) => `account${index}`);
    expect(accounts.map(avatarColour)).toEqual(accounts.map(avatarColour));
    expect(new Set(accounts.map(avatarColour)).size).toBe(8);
  });
});

describe('the preview of a conversation', () => {
  const preview = (fields: Partial<Preview>): Preview => ({
    kind: 'text',
    text: '',
    senderId: 'peer',
    status: 'sent',
    recalledBy: null,
    ...fields,
  });
  const p2p = { myAccountId: 'me', isP2p: true, nameOf: (id: string) => `<${id}>` };
  const team = { ...p2p, isP2p: false };

  test('is the text of a text', () => {
    expect(previewText(preview({ text: 'hello' }), p2p, zh)).toBe('hello');
  });

  test.each<[MessageKind, string, string]>([
    ['image', '[图片]', '[Image]'],
    ['audio', '[语音]', '[Voice]'],
    ['video', '[视频]', '[Video]'],
    ['location', '[位置]', '[Location]'],
    ['file', '[文件]', '[File]'],
    ['call', '[通话]', '[Call]'],
    ['custom', '[自定义消息]', '[Custom message]'],
    ['unknown', '[暂不支持的消息]', '[Unsupported message]'],
  ])('names a message of kind %s', (kind, chinese, english) => {
    expect(previewText(preview({ kind }), p2p, zh)).toBe(chinese);
    expect(previewText(preview({ kind }), p2p, en)).toBe(english);
  });

  test('says who wrote in a team, but not that I did', () => {
    expect(previewText(preview({ text: 'hi' }), team, zh)).toBe('<peer>: hi');
    expect(previewText(preview({ text: 'hi', senderId: 'me' }), team, zh)).toBe('hi');
    expect(previewText(preview({ text: 'hi', senderId: '' }), team, zh)).toBe('hi');
  });

  test('tells of a recall, and by whom', () => {
    expect(previewText(preview({ recalledBy: 'me' }), p2p, zh)).toBe('你撤回了一条消息');
    expect(recallText('peer', p2p, zh)).toBe('对方撤回了一条消息');
    expect(recallText('peer', team, en)).toBe('"<peer>" recalled a message');
  });
});

describe('the text of a code', () => {
  test('is the reasons table, in both languages, for every code', () => {
    for (const { code, text } of allReasons()) {
      expect(reasonText(code, 'zh-CN')).toBe(text.zh);
      expect(reasonText(code, 'en')).toBe(text.en);
    }
  });

  test('shows the number of a code nobody knows', () => {
    expect(reasonText(987_654, 'zh-CN')).toContain('987654');
    expect(reasonText(987_654, 'en')).toContain('987654');
  });

  test('asks to sign in again when a login has ended', () => {
    expect(signedOutReason(302, 'en')).toMatch(/sign in again/i);
  });
});

describe('contacts by letter', () => {
  test.each([
    ['Alice', 'A'],
    ['élan', 'E'],
    ['王小明', 'W'],
    ['阿强', 'A'],
    ['张伟', 'Z'],
    ['陈晓', 'C'],
    ['李雷', 'L'],
    ['9527', '#'],
    ['🌸', '#'],
    ['', '#'],
  ])('%s stands under %s', (name, letter) => {
    expect(letterOf(name)).toBe(letter);
  });

  test('sections run from A to Z, then #, names in order within', () => {
    const named = ['张三', '007', 'bob', '阿强', 'Alice', '陈晓', '曹操'].map((name) => ({ name }));
    expect(
      sectionsOf(named).map(({ letter, entries }) => [letter, ...entries.map((one) => one.name)]),
    ).toEqual([
      ['A', '阿强', 'Alice'],
      ['B', 'bob'],
      ['C', '曹操', '陈晓'],
      ['Z', '张三'],
      ['#', '007'],
    ]);
  });
});
