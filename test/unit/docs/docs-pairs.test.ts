import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkPairs } from '../../../scripts/lib/docs-pairs';

const ROOT = path.resolve(__dirname, '../../..');

test('every page has its Chinese page, in step with it', () => {
  expect(checkPairs(ROOT)).toEqual([]);
});

describe('a Chinese page', () => {
  let root = '';

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'docs-pairs-'));
    write('docs/other.md', '# Other\n## Start now\n');
    write('docs/zh-CN/other.md', '# 其他\n## 开始\n');
    write('docs/decisions/001-english.md', '# Why\n');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const write = (name: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  };
  const problems = (untranslated: Record<string, string> = {}) =>
    checkPairs(root, untranslated).map(({ where, problem }) => `${where} ${problem}`);
  const problemsOf = (english: string, chinese: string) => {
    write('docs/page.md', english);
    write('docs/zh-CN/page.md', chinese);
    return problems();
  };

  it.each<[what: string, english: string, chinese: string, problem: string]>([
    [
      'a heading less',
      '# A\n## B\n',
      '# 甲\n',
      'docs/zh-CN/page.md:1 heading 2 has level none, that of docs/page.md 2',
    ],
    [
      'a heading more',
      '# A\n',
      '# 甲\n\n## 乙\n',
      'docs/zh-CN/page.md:3 heading 2 has level 2, that of docs/page.md none',
    ],
    [
      'a heading of another level',
      '# A\n## B\n',
      '# 甲\n### 乙\n',
      'docs/zh-CN/page.md:2 heading 2 has level 3, that of docs/page.md 2',
    ],
    [
      'a table less',
      '# A\n| a |\n|---|\n',
      '# 甲\n',
      'docs/zh-CN/page.md:1 the section has 0 tables and not 1',
    ],
    [
      'a row less',
      '# A\n| a |\n|---|\n| b |\n| c |\n',
      '# 甲\n| 一 |\n|---|\n| 二 |\n',
      'docs/zh-CN/page.md:2 the table has 1 rows and not 2',
    ],
    [
      'a column more',
      '# A\n| a |\n|---|\n| b |\n',
      '# 甲\n| 一 |\n|---|\n| 二 | 三 |\n',
      'docs/zh-CN/page.md:4 the row has 2 cells and not 1',
    ],
    [
      'a cell without its name',
      '# A\n| `a \\| b` or c |\n|---|\n',
      '# 甲\n| 或丙 |\n|---|\n',
      'docs/zh-CN/page.md:2 cell 1: lacks the name a \\| b',
    ],
    [
      'a cell with another name',
      '# A\n| a | b |\n|---|---|\n',
      '# 甲\n| 一 | `二` |\n|---|---|\n',
      'docs/zh-CN/page.md:2 cell 2: has a name of its own: 二',
    ],
    [
      'a cell with another number',
      '# A\n| 1,500 ms |\n|---|\n',
      '# 甲\n| 1,000 毫秒 |\n|---|\n',
      'docs/zh-CN/page.md:2 cell 1: lacks 1,500',
    ],
    [
      'a code block less',
      'a\n```sh\nls\n```\n',
      '一\n',
      'docs/zh-CN/page.md:1 the section has 0 code blocks and not 1',
    ],
    [
      'a code block in another language',
      '```sh\nls\n```\n',
      '```ts\nls\n```\n',
      'docs/zh-CN/page.md:1 the code block is "ts" and not "sh"',
    ],
    [
      'other code',
      '```sh\nls\nls -a\n```\n',
      '```sh\nls\nls -b\n```\n',
      'docs/zh-CN/page.md:3 the line of code is not: ls -a',
    ],
    [
      'a line of code less',
      '```sh\nls\nls -a\n```\n',
      '```sh\nls\n```\n',
      'docs/zh-CN/page.md:1 the code block has 1 lines and not 2',
    ],
    [
      'an address that looks like a comment changed',
      '```ts\nopen("https://a");\n```\n',
      '```ts\nopen("https://b");\n```\n',
      'docs/zh-CN/page.md:2 the line of code is not: open("https://a");',
    ],
    [
      'a line of a drawing less',
      '```\na\nb\n```\n',
      '```\n一\n```\n',
      'docs/zh-CN/page.md:1 the code block has 1 lines and not 2',
    ],
    [
      'a command less',
      'npm run size\n',
      '一\n',
      'docs/zh-CN/page.md:1 lacks the name npm run size',
    ],
    [
      'a name less, in another section',
      '# A\n## B\n`close()` and\n`open()`\n',
      '# 甲\n`open()`\n## 乙\n`close()`\n',
      'docs/zh-CN/page.md:3 lacks the name open()',
    ],
    ['another number', '5 s\n', '4 秒\n', 'docs/zh-CN/page.md:1 lacks the number 5 of the section'],
    ['a link less', '[a](other.md)\n', '一\n', 'docs/zh-CN/page.md:1 lacks the link docs/other.md'],
    [
      'a link to the English page',
      '[a](other.md)\n',
      '[一](../other.md)\n',
      'docs/zh-CN/page.md:1 has a link of its own: English docs/other.md',
    ],
    [
      'a link to another heading',
      '[a](other.md#start-now)\n',
      '[一](other.md#其他)\n',
      'docs/zh-CN/page.md:1 lacks the link docs/other.md heading 2',
    ],
    [
      'another address in a table',
      '| [a](https://a.example) |\n|---|\n',
      '| [一](https://b.example) |\n|---|\n',
      'docs/zh-CN/page.md:1 lacks the link https://a.example',
    ],
  ])('with %s is reported', (_what, english, chinese, problem) => {
    expect(problemsOf(english, chinese)).toContain(problem);
  });

  it('in step is not reported', () => {
    const english = [
      '# A page',
      'See [the start](other.md#start-now), [why](decisions/001-english.md), [below](#b) and `npm run size`: 5 s.',
      '## B',
      '| a | `b` 3 |\n|:--|---|\n| c | d |',
      '```sh\nls -a   # all\n```\n```ts\nopen(); // now\n```\n```\na -> b\n```',
    ].join('\n');
    const chinese = [
      '# 页面',
      '`npm run size` 需 5 秒：[下文](#乙)、[开始](other.md#开始)、[原因](../decisions/001-english.md)。',
      '## 乙',
      '| 一 | 3 个 `b` |\n|---|---|\n| 丙 | 丁 |',
      '```sh\nls -a   # 全部\n```\n```ts\nopen(); // 立即\n```\n```\n甲 -> 乙\n```',
    ].join('\n');
    expect(problemsOf(english, chinese)).toEqual([]);
  });

  it('that is missing is reported, unless it is listed', () => {
    write('docs/how-to/page.md', '# A\n');
    expect(problems()).toEqual(['docs/how-to/page.md there is no docs/zh-CN/how-to/page.md']);
    expect(problems({ 'docs/how-to/page.md': 'no time' })).toEqual([]);
  });

  it('that is listed as missing and exists is reported', () => {
    expect(problems({ 'docs/other.md': 'no time' })).toEqual([
      'docs/other.md is listed as untranslated and is translated',
    ]);
    expect(problems({ 'docs/gone.md': 'no time' })).toEqual([
      'docs/gone.md is listed as untranslated and does not exist',
    ]);
  });

  it('without an English page is reported, but for the index', () => {
    write('docs/zh-CN/README.md', '# 文档\n');
    write('docs/zh-CN/alone.md', '# 甲\n');
    expect(problems()).toEqual(['docs/zh-CN/alone.md there is no docs/alone.md']);
  });
});
