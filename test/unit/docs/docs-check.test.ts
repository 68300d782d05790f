import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PRIVACY_APIS } from '../../../scripts/lib/checks/privacy-apis';
import { checkDocuments } from '../../../scripts/lib/docs-check';

const ROOT = path.resolve(__dirname, '../../..');

test('everything that the documents name exists', () => {
  expect(checkDocuments(ROOT)).toEqual([]);
});

test('the table of message kinds has each behaviour of the survey once, in order', () => {
  const rows = readFileSync(path.join(ROOT, 'docs/message-kinds.md'), 'utf8').matchAll(
    /^\| (\d+) \|/gm,
  );
  const range = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => from + i);
  expect([...rows].map(([, number]) => Number(number))).toEqual([
    ...range(33, 34),
    ...range(38, 39),
    ...range(41, 66),
    ...range(68, 76),
    ...range(118, 139),
  ]);
});

test('the page on going live has a row for each function of the privacy guide', () => {
  const { declared } = JSON.parse(readFileSync(path.join(ROOT, 'ci/privacy.json'), 'utf8')) as {
    declared: Record<string, string>;
  };
  const page = readFileSync(path.join(ROOT, 'docs/how-to/go-live.md'), 'utf8');
  const rows = page.matchAll(/^\| `(\w+)` \| ([^|]+) \|/gm);
  expect([...rows].map(([, name, guide]) => [name, guide]).sort()).toEqual(
    Object.keys(declared)
      .map((name) => [name, PRIVACY_APIS[name]?.guide])
      .sort(),
  );
});

describe('a document with a wrong reference', () => {
  let root = '';

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'docs-check-'));
    write('package.json', JSON.stringify({ scripts: { start: '', 'build:h5': '' } }));
    write('docs/guide.md', '# The `guide`, twice\n## Again\n## Again\n```\n# not a heading\n```\n');
    write('src/app.ts', '');
    write('test/unit/app.test.ts', '');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const write = (name: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  };
  const problemsOf = (text: string, name = 'README.md') => {
    write(name, text);
    return checkDocuments(root).map(({ where, problem }) => `${where} ${problem}`);
  };

  it.each([
    ['a broken link', '\n[a](docs/gone.md)', 'README.md:2 the link docs/gone.md leads nowhere'],
    [
      'a missing anchor',
      '[a](docs/guide.md#gone)',
      'README.md:1 docs/guide.md#gone: no heading has this anchor',
    ],
    [
      'an anchor of a code block',
      '[a](docs/guide.md#not-a-heading)',
      'README.md:1 docs/guide.md#not-a-heading: no heading has this anchor',
    ],
    ['a picture', '![a](docs/gone.png)', 'README.md:1 the link docs/gone.png leads nowhere'],
    [
      'an unknown command',
      '`npm run build:weapp`',
      'README.md:1 package.json has no script "build:weapp"',
    ],
    [
      'an unknown command in a code block',
      '```sh\nnpm run --silent gone\n```',
      'README.md:2 package.json has no script "gone"',
    ],
    ['a missing npm script test', 'npm test', 'README.md:1 package.json has no script "test"'],
    ['a path', 'see `src/gone.ts`', 'README.md:1 there is no src/gone.ts'],
  ])('is reported for %s', (_what, text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it('is reported for a missing test in its table', () => {
    expect(problemsOf('| a | unit/app, integration/gone |', 'docs/connection.md')).toEqual([
      'docs/connection.md:1 there is no test integration/gone',
    ]);
  });

  describe('a row of the seed map', () => {
    const proof = (row: string) => {
      write('test/unit/app.test.ts', "// `gone`\n * gone\nit('keeps a promise', () => {});\n");
      return problemsOf(`| seed | here | test |\n|---|---|---|\n${row}`, 'docs/seed-map.md').map(
        (problem) => problem.replace('docs/seed-map.md:3 ', ''),
      );
    };

    it.each([
      ['with the words of its test', '| a | b | unit/app: "keeps a promise" |'],
      ['with two words', '| a | b | unit/app: "keeps", "promise"; unit/app: "it" |'],
      ['that says "missing"', '| a | missing: nobody shows it | - |'],
      ['that is a fact of the server', '| a | not of the client | - |'],
    ])('%s is valid', (_what, row) => {
      expect(proof(row)).toEqual([]);
    });

    it.each([
      [
        'whose words are not in the test',
        '| a | b | unit/app: "keeps another promise" |',
        'unit/app does not say "keeps another promise"',
      ],
      [
        'whose second words are not in the test',
        '| a | b | unit/app: "keeps", "another" |',
        'unit/app does not say "another"',
      ],
      [
        'whose words are in comments only',
        '| a | b | unit/app: "gone" |',
        'unit/app does not say "gone"',
      ],
      [
        'that names a test without words',
        '| a | b | unit/app |',
        '"unit/app" is not a test with its words, path: "words"',
      ],
      [
        'whose second test has no words',
        '| a | b | unit/app: "keeps"; unit/app |',
        '"unit/app" is not a test with its words, path: "words"',
      ],
      [
        'without a test',
        '| a | b | - |',
        'a row without a test says "missing" or "not of the client"',
      ],
      [
        'with an empty cell',
        '| a | b | |',
        'a row without a test says "missing" or "not of the client"',
      ],
    ])('%s is invalid', (_what, row, problem) => {
      expect(proof(row)).toEqual([problem]);
    });

    it('that names a folder or a missing file is invalid', () => {
      expect(proof('| a | b | unit/gone: "keeps" |')).toContain('there is no test file unit/gone');
      write('test/unit/folder/app.test.ts', '');
      expect(proof('| a | b | unit/folder: "keeps" |')).toEqual([
        'there is no test file unit/folder',
      ]);
    });
  });

  it.each([
    ['| 1 | a | comes later: with teams | - |', []],
    ['| 1 | a | does not apply: a browser has none | - |', []],
    ['| 1 | a | done | unit/app: "keeps a promise" |', []],
    ['| 1 | a | done | - |', ['a row without a test says "comes later" or "does not apply"']],
    ['| 1 | a | missing | - |', ['a row without a test says "comes later" or "does not apply"']],
    ['| 1 | a | done | unit/app: "gone" |', ['unit/app does not say "gone"']],
  ])('a row of the message kinds, %s: %j', (row, problems) => {
    write('test/unit/app.test.ts', "it('keeps a promise', () => {});\n");
    const text = `| # | behaviour | state | test |\n|---|---|---|---|\n${row}`;
    expect(problemsOf(text, 'docs/message-kinds.md')).toEqual(
      problems.map((problem) => `docs/message-kinds.md:3 ${problem}`),
    );
  });

  it('has no problem when all references exist', () => {
    const text = [
      '[a](docs/guide.md) [b](docs/guide.md#the-guide-twice) [c](docs/guide.md#again-1) [d](#here)',
      '# Here',
      '[web](https://example.com/gone) `src/app.ts` `src/` npm start, `npm run build:h5`',
      '```md\n[a](docs/gone.md)\n```',
    ].join('\n');
    expect(problemsOf(text)).toEqual([]);
  });
});
