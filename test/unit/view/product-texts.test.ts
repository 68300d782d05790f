import { type Entry, fill, textsOf } from '@/i18n';
import { zhCN } from '@/i18n/zh-CN';
import { PRODUCT_TEXTS } from '@/product-texts';
import { sourceFiles } from './source-files';

const placeholders = (entry: Entry) =>
  [...(typeof entry === 'string' ? entry : entry.other).matchAll(/\{(\w+)\}/g)]
    .map(([, name]) => name)
    .sort();

/** Every key with its Chinese text: those of the app, and of each sub-package with the name of its catalogue. */
function allTexts(): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, text] of Object.entries(zhCN)) texts.set(key, text);
  for (const { text: source } of sourceFiles('texts.ts')) {
    const name = /textsOf(?:<\w+>)?\(\s*'([^']+)'/.exec(source)?.[1];
    if (name === undefined) continue;
    const chinese = source.slice(0, source.indexOf('const en'));
    for (const [, quoted, plain, text = ''] of chinese.matchAll(
      /^ {2}(?:'([^']+)'|(\w+)):\s*\n?\s*'([^']*)'/gm,
    ))
      texts.set(`${name}:${quoted ?? plain ?? ''}`, text);
  }
  return texts;
}

test('a text of the product replaces a text that exists, with the same placeholders', () => {
  const texts = allTexts();
  expect(texts.get('chat:title.typing')).toBe('对方正在输入…');
  expect(texts.size).toBeGreaterThan(700);
  const wrong = Object.values(PRODUCT_TEXTS).flatMap((overrides) =>
    Object.entries(overrides).filter(([key, entry]) => {
      const text = texts.get(key);
      return (
        text === undefined ||
        JSON.stringify(placeholders(entry ?? '')) !== JSON.stringify(placeholders(text))
      );
    }),
  );
  expect(wrong).toEqual([]);
});

test('a text of the product is shown in its language, and in traditional Chinese by way of the simplified', () => {
  const overrides = PRODUCT_TEXTS as Record<string, Record<string, Entry>>;
  Object.assign(overrides['zh-CN'] ?? {}, { 'sample:greeting': '登录{name}' });
  const texts = textsOf('sample', { 'zh-CN': { greeting: '你好' }, en: { greeting: 'Hello' } });
  expect(texts('zh-CN')('greeting', { name: '本' })).toBe('登录本');
  expect(texts('zh-TW')('greeting', { name: '本' })).toBe('登入本');
  expect(texts('en')('greeting')).toBe('Hello');
  delete overrides['zh-CN']?.['sample:greeting'];
  expect(texts('zh-CN')('greeting')).toBe('你好');
  expect(fill('x', {})).toBe('x');
});
