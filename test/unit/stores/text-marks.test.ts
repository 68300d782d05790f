import fc from 'fast-check';
import { MessageType } from '@/sdk/constants';
import { previewTextOf, readMessage } from '@/stores/messages/kinds';
import { textKind } from '@/stores/messages/kinds/text';
import { textParts } from '@/stores/messages/kinds/text-parts';
import { hostOf, marksIn } from '@/stores/messages/kinds/text-marks';

const found = (text: string) =>
  marksIn(text).map(({ type, start, end }) => `${type} ${text.slice(start, end)}`);

describe('links', () => {
  test.each([
    ['看 https://a.com/b?c=1#d 吧', 'link https://a.com/b?c=1#d'],
    ['看https://a.com/b这里', 'link https://a.com/b'],
    ['HTTP://A.COM', 'link HTTP://A.COM'],
    ['(https://a.com/b)', 'link https://a.com/b'],
    ['https://a.com/b_(c), next', 'link https://a.com/b_(c)'],
    ['https://a.com/b(c', 'link https://a.com/b'],
    ['Is it https://a.com/b?', 'link https://a.com/b'],
    ['https://a.com.', 'link https://a.com'],
    ['https://a.com，好', 'link https://a.com'],
    ['see...https://a.com', 'link https://a.com'],
    ['"https://a.com"', 'link https://a.com'],
    ['<a href="https://a.com">', 'link https://a.com'],
    ['http://localhost:3000/x', 'link http://localhost:3000/x'],
    ['http://127.0.0.1:80', 'link http://127.0.0.1:80'],
    ['https://me:secret@a.com/x', 'link https://me:secret@a.com/x'],
    ['baidu.com', 'link baidu.com'],
    ['www.example.museum', 'link www.example.museum'],
    ['去baidu.com/s?wd=1看', 'link baidu.com/s?wd=1'],
    ['a.com:8080/x', 'link a.com:8080/x'],
    ['BAIDU.COM', 'link BAIDU.COM'],
  ])('%s: %s', (text, mark) => {
    expect(found(text)).toEqual([mark]);
  });

  test.each([
    'javascript:alert(1)',
    'javascript://a.com/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'weixin://dl/business',
    '#小程序://某商城/abc',
    'ftp://a.com',
    'file:///etc/passwd',
    'xhttp://a.com',
    'https://',
    'https:///x',
    'README.md',
    'index.ts',
    'run.sh',
    'We are done.Live now',
    'v1.2.3',
    '1.5',
    'a..com',
    '-.com',
    'path/a.com',
    'some.user_name.com_x',
    '...',
  ])('%s has none', (text) => {
    expect(found(text)).toEqual([]);
  });

  test('name their real host', () => {
    expect(hostOf('https://good.com:443@evil.com:8080/good.com')).toBe('evil.com');
    expect(hostOf('https://good.com@also.good.com@evil.com')).toBe('evil.com');
    expect(hostOf('a.com:80/x')).toBe('a.com');
    expect(hostOf('http://a.com?b@c')).toBe('a.com');
  });
});

test.each([
  ['写信到 li.lei+a@mail.example.cn。', 'mail li.lei+a@mail.example.cn'],
  ['Email:a@b.com', 'mail a@b.com'],
  ['mailto:a@b.com', 'mail a@b.com'],
  ['<a@b.com>', 'mail a@b.com'],
  ['a@b.com.', 'mail a@b.com'],
])('mail: %s', (text, mark) => {
  expect(found(text)).toEqual([mark]);
});

test.each(['a@b', '@b.com', 'a@@b.com', 'a@b.com@c', 'ssh://git@b.com', 'a@b.1'])(
  '%s is no mail address',
  (text) => {
    expect(found(text).filter((mark) => mark.startsWith('mail'))).toEqual([]);
  },
);

test.each([
  ['打13800138000给我', 'phone 13800138000'],
  ['138 0013 8000', 'phone 138 0013 8000'],
  ['138-0013-8000', 'phone 138-0013-8000'],
  ['+86 13800138000', 'phone +86 13800138000'],
  ['8613800138000', 'phone 8613800138000'],
  ['010-12345678', 'phone 010-12345678'],
  ['0571 88888888', 'phone 0571 88888888'],
  ['400-123-4567', 'phone 400-123-4567'],
  ['4001234567', 'phone 4001234567'],
  ['800 1234 567', 'phone 800 1234 567'],
  ['+1 415 555 0100', 'phone +1 415 555 0100'],
])('phone: %s', (text, mark) => {
  expect(found(text)).toEqual([mark]);
});

test.each([
  '12345',
  '2024-11-27 18:30',
  '20241127113800138000',
  '138001380001',
  'abc13800138000',
  '13800138000x',
  '3.13800138000',
  '110101199001011234',
  '¥13800.13',
  'https://a.com/13800138000'.slice(8, 13),
])('%s is no phone number', (text) => {
  expect(found(text).filter((mark) => mark.startsWith('phone'))).toEqual([]);
});

test('marks come in the order of the text', () => {
  expect(found('13800138000 a.cn 13900139000 b@c.cn')).toEqual([
    'phone 13800138000',
    'link a.cn',
    'phone 13900139000',
    'mail b@c.cn',
  ]);
});

test('numbers inside of links and mail addresses are no phone numbers', () => {
  expect(found('https://a.com/13800138000 13800138000@qq.com 13800138000')).toEqual([
    'link https://a.com/13800138000',
    'mail 13800138000@qq.com',
    'phone 13800138000',
  ]);
});

test('a text has 50 marks at most, and a text beyond 20,000 characters none', () => {
  expect(marksIn('a.cn '.repeat(1000))).toHaveLength(50);
  expect(marksIn('13800138000 '.repeat(1000))).toHaveLength(50);
  expect(marksIn('a.cn '.repeat(5000))).toEqual([]);
});

const SEED = Number(process.env.SEED ?? 14);
const piece = fc.constantFrom(
  ...[
    'http://',
    'https://',
    'www.',
    'a',
    'Z9',
    '.',
    '..',
    '-',
    '_',
    '@',
    ':',
    '/',
    '?',
    '#',
    '(',
    ')',
    '[',
    ']',
  ],
  ...[
    'com',
    'cn',
    '138',
    '0013',
    '8000',
    '+86',
    ' ',
    '，',
    '中',
    '😄',
    '\ud83d',
    '\u202e',
    '\u200b',
    '%',
    '&',
    "'",
  ],
);
const texts = fc.oneof(
  fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

test('the parts of any text are the text, in order, and no mark is empty', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const content = textKind.parse({ text });
      const parts = textParts(content);
      const joined = parts?.map((part) => (typeof part === 'string' ? part : part.text)).join('');
      if (parts) expect(joined).toBe(content.text);
      let done = 0;
      for (const { type, start, end } of marksIn(text)) {
        expect(start).toBeGreaterThanOrEqual(done);
        expect(end).toBeGreaterThan(start);
        const marked = text.slice(start, end);
        if (type === 'link') expect(marked).toMatch(/^(https?:\/\/\w|\w)/i);
        if (type === 'link' && marked.includes('://')) expect(marked).toMatch(/^https?:/i);
        if (type === 'link') expect(hostOf(marked)).toMatch(/^[\w.-]+$/);
        done = end;
      }
    }),
    { seed: SEED, numRuns: 3000 },
  );
});

test('the time is linear in the length', () => {
  const words = [
    'a',
    '1',
    '.',
    '@',
    'a.',
    'a@',
    'a-',
    'http://',
    'http://a',
    '(',
    '+1',
    '1 ',
    '0-',
    'www.',
    '%',
  ];
  const started = performance.now();
  for (const word of words) {
    marksIn(word.repeat(20_000 / word.length));
    marksIn(`https://${word}`.padEnd(20_000, word));
    marksIn(`a@${word}`.padEnd(20_000, word));
  }
  // 45 texts of 20,000 characters take 0.5 s; in quadratic time a single text takes longer than the limit.
  expect(performance.now() - started).toBeLessThan(3000);
});

describe('emoji codes of the vendor kits', () => {
  const read = (text: string) => textKind.parse({ text }).text;

  test('are drawn as Unicode emoji, in the names of both languages', () => {
    expect(read('好[大笑][Laugh]吧[Good job]')).toBe('好😄😄吧💪');
    expect(read('[OK][ok][Ok][好的]')).toBe('🆗🆗👌👌');
    expect(previewTextOf({ messageType: MessageType.TEXT, text: '[便便]' })).toBe('💩');
    expect(readMessage({ messageType: MessageType.TEXT, text: '[色]' }).content).toEqual({
      text: '😍',
    });
  });

  test('are 69, and each has an emoji', () => {
    const table = [
      ...'大笑 开心 色 酷 奸笑 亲 伸舌头 眯眼 可爱 鬼脸 偷笑 喜悦 狂喜 惊讶 流泪 流汗 天使 笑哭 尴尬 惊恐 大哭 烦躁 恐怖 两眼冒星 害羞 睡着 冒星 口罩 OK 好吧 鄙视 难受 不屑 不舒服 愤怒 鬼怪 发怒 生气 不高兴 皱眉 心碎 心动 好的 低级 赞 鼓掌 给力 打你 阿弥陀佛 拜拜 第一 拳头 手掌 剪刀 招手 不要 举着 思考 猪头 不听 不看 不说 猴子 炸弹 睡觉 筋斗云 火箭 救护车 便便'.split(
        ' ',
      ),
    ];
    expect(table).toHaveLength(69);
    for (const name of table) expect(read(`[${name}]`)).toMatch(/^\p{Emoji}\ufe0f?$/u);
  });

  test('leave other brackets alone', () => {
    for (const text of [
      '[图片]',
      '[]',
      '[大笑',
      '大笑]',
      '[[大笑]',
      '[大 笑]',
      '[toString]',
      '[constructor]',
    ])
      expect(read(text)).toBe(text === '[[大笑]' ? '[😄' : text);
  });
});
