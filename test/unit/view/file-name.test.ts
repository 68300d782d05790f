import { extensionOf, fileTypeOf, shortName, sizeText } from '@/components/format/file-name';
import { oneLine } from '@/components/format/one-line';

describe('the name of a file', () => {
  test.each([
    ['report.pdf', 20, 'report.pdf'],
    ['Minutes of the meeting of the board 3.docx', 24, 'Minutes of t…oard 3.docx'],
    ['二〇二六年第三季度销售情况汇总表最终版.xlsx', 24, '二〇二六年第…最终版.xlsx'],
    ['x'.repeat(40), 12, 'xxxxx…xxxxxx'],
    ['👨‍👩‍👧‍👦'.repeat(20), 12, '👨‍👩‍👧‍👦👨‍👩‍👧‍👦…👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦'],
    ['no-extension.that-is-much-too-long-to-be-one', 16, 'no-extens…be-one'],
    ['', 10, ''],
    ['\u200b\u200b', 10, ''],
  ])('%j in %i columns is %j', (name, columns, short) => {
    expect(shortName(name, columns)).toBe(short);
  });

  test('is never wider than asked for, keeps the extension, and stays quick for a long name', () => {
    for (const letter of ['a', '汉', '😀', 'e\u0301'])
      for (const length of [1, 9, 30, 200, 1_000_000]) {
        const short = shortName(`${letter.repeat(length)}.docx`, 20);
        expect(short.length).toBeLessThanOrEqual(40);
        if (length <= 200 && letter !== '😀' && letter !== 'e\u0301')
          expect(short).toMatch(/\.docx$/);
      }
  });

  test('shows no character that hides or reverses a part of it', () => {
    expect(oneLine('invoice\u202excod.exe')).toBe('invoicexcod.exe');
    expect(oneLine('a\u0000b\u200bc\n d\u2028e\ufeff')).toBe('abc d e');
  });
});

test.each([
  ['a.PDF', '', 'pdf', 'pdf'],
  ['a.tar.gz', '', 'gz', 'zip'],
  ['a', '.xlsx', 'xlsx', 'excel'],
  ['a.exe', 'pdf', 'exe', 'other'],
  ['a.', 'pptx', 'pptx', 'slides'],
  ['', '', '', 'other'],
  ['a.b c', '', '', 'other'],
  ['a', '../../x', '', 'other'],
  ['a.constructor', '', '', 'other'],
])('%j with the field %j has the extension %j, type %s', (name, ext, extension, type) => {
  expect(extensionOf(name, ext)).toBe(extension);
  expect(fileTypeOf(extension)).toBe(type);
});

test.each([
  [0, ''],
  [-1, ''],
  [NaN, ''],
  [1, '1 B'],
  [1023, '1023 B'],
  [1024, '1 KB'],
  [1536, '1.5 KB'],
  [1_048_575, '1 MB'],
  [123_456_789, '118 MB'],
  [2 ** 40, '1 TB'],
])('%d bytes are %j', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
