import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkComments } from '../../../scripts/lib/comment-references';

const ROOT = path.resolve(__dirname, '../../..');

test('every citation in the comments of the code resolves', () => {
  expect(checkComments(ROOT)).toEqual([]);
});

describe('a comment', () => {
  let root = '';

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'comment-references-'));
    write('docs/yunxin-protocol.md', '# Protocol\n## 3 Messages\n### 3.2 Commands\n');
    write('docs/seed-map.md', '# Seed map\n## Seed 001: sign in\n');
    write('docs/decisions/009-sockets.md', '');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const write = (name: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  };
  const problemsOf = (code: string) => {
    write('src/app.ts', code);
    return checkComments(root).map(({ where, problem }) => `${where} ${problem}`);
  };

  it.each([
    ['a document', '// docs/seed-map.md'],
    ['a section', '/** A fact (docs/yunxin-protocol.md, section 3.2). */'],
    ['two sections', '/** Facts: docs/yunxin-protocol.md, sections 3 and 3.2. */'],
    [
      'a wrapped section',
      '/**\n * The wire protocol (docs/yunxin-protocol.md,\n * section 3.2).\n */',
    ],
    ['a seed', '// docs/seed-map.md, seed 001'],
    ['a decision', '// docs/decisions/009, decision 009'],
    ['no document, outside of a comment', "const text = 'docs/gone.md, seed 007';"],
  ])('may cite %s', (_what, code) => {
    expect(problemsOf(code)).toEqual([]);
  });

  it.each([
    ['a document', '\n// docs/gone.md', 'src/app.ts:2 there is no docs/gone.md'],
    [
      'a document behind code',
      'f(); /' + '/ docs/gone.md',
      'src/app.ts:1 there is no docs/gone.md',
    ],
    [
      'a section',
      '// docs/yunxin-protocol.md, section 3.9',
      'src/app.ts:1 docs/yunxin-protocol.md has no section 3.9',
    ],
    [
      'the second of two sections, on the next line',
      '/**\n * docs/yunxin-protocol.md,\n * sections 3.2 and 4.\n */',
      'src/app.ts:1 docs/yunxin-protocol.md has no section 4',
    ],
    ['a seed', '// docs/seed-map.md, seed 007', 'src/app.ts:1 docs/seed-map.md has no seed 007'],
    ['a decision', '// decision 010', 'src/app.ts:1 there is no decision 010'],
    [
      'the wire protocol',
      '// wire protocol 3.2',
      'src/app.ts:1 the wire protocol is cited without docs/yunxin-protocol.md',
    ],
    [
      'a seed and no document',
      '// As seed 001 says',
      'src/app.ts:1 "seed 001" is cited without docs/seed-map.md',
    ],
    ['a shape', '/** Shape M20. */', 'src/app.ts:1 "Shape M20" is not in the repository'],
  ])('may not cite %s that the repository does not have', (_what, code, problem) => {
    expect(problemsOf(code)).toEqual([problem]);
  });
});
